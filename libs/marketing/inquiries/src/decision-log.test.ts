import type { Campaign, Merchant } from '@lijian/contracts/marketing'
import { dropDecisionsBefore } from '@lijian/database'
import { Pool } from 'pg'
import { CatalogService } from '@lijian/catalog'
import { Explainer, type ExplainedTransaction } from './explainer'
import { Cable, lockRows, until } from '@lijian/testing'
import { campaign, Stage } from '@lijian/transactions/testing/stage'

const KEY = Buffer.alloc(32)
const MERCHANT: Merchant = { id: 'M1', name: '面馆', status: 'active', fees: { default: { ppm: 6000 } } }

let stage: Stage
let pool: Pool
let cable: Cable | undefined
afterEach(async () => {
  await pool.end()
  // Whatever a test has left frozen would be waited for.
  cable?.thaw()
  await stage.close()
  await cable?.close()
  cable = undefined
})

async function open(campaigns: Campaign[]): Promise<Awaited<ReturnType<Stage['transactions']>>> {
  stage = await Stage.open(campaigns, [MERCHANT])
  pool = new Pool({ connectionString: stage.url, max: 2 })
  return stage.transactions()
}

const explained = (serial: string, drawKeys = [KEY]): Promise<ExplainedTransaction> =>
  new Explainer({ pool, drawKeys }).explain('T', serial)
const lines = ({ explanation }: ExplainedTransaction, language: 'en' | 'zh-CN' = 'en'): string[] =>
  explanation.text.map((said) => said[language])

async function logged(transactions: { unloggedCount: number }): Promise<void> {
  for (let tries = 0; transactions.unloggedCount > 0; tries++) {
    if (tries > 400) throw new Error('not logged within 20 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** 满100减15 at M1. */
const DINING = campaign({ offers: [{ ...campaign().offers[0]!, merchants: ['M1'] } as Campaign['offers'][number]] })

test('a connection that broke under way: explained by the log, and nothing is held; also where nothing is logged', async () => {
  await open([{ ...DINING, budget: { amount: 100_000 } } as Campaign])
  cable = await Cable.to(stage.patientUrl)
  for (const [serial, logs] of [
    ['S1', 'bound'],
    ['S2', 'none'],
  ] as const) {
    const transactions = await stage.transactions({ databaseUrl: cable.url, now: Date.now, logs })
    const ask = (one: string) => stage.ask(one, 10_000, {}, { receivedAtMs: Date.now(), deadlineMs: 10_000 })
    await transactions.query(ask(`W-${serial}`))
    const release = await lockRows(stage.url, 'counter')
    const lost = transactions.query(ask(serial))
    const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
    await until(async () => (await stage.sql.query(waiting)).rowCount! > 0)
    cable.sever()
    expect(await lost).toMatchObject({ reasons: [{ reason: 'unavailable' }] })
    await until(
      async () => (await pool.query(`SELECT FROM marketing_transaction WHERE serial = $1`, [serial])).rowCount === 1,
    )
    await release()
    await logged(transactions)
    const answer = await explained(serial)
    const source = logs === 'none' ? 'transaction' : 'decision_log'
    expect(answer).toMatchObject({ state: 'no_offer', explanation: { source, because: 'unavailable' } })
    expect(lines(answer).join('\n')).toContain('it holds nothing under this serial')
    await transactions.close()
  }
})

test('keeps nothing where no offer came into question, unless told to', async () => {
  const quiet = await open([DINING])
  const all = await stage.transactions({ logs: 'all' })
  const none = await stage.transactions({ logs: 'none' })
  await quiet.query(stage.ask('S1', 10_000, { merchant: 'M2' }))
  await all.query(stage.ask('S2', 10_000, { merchant: 'M2' }))
  await none.query(stage.ask('S3', 9_999))
  await logged(all)
  await logged(quiet)
  const { rows } = await stage.sql.query('SELECT serial FROM decision_log')
  expect(rows).toEqual([{ serial: 'S2' }])
})

test('an answer that did not wait is kept with its cause; while PostgreSQL is away what does not fit is counted', async () => {
  await open([DINING])
  cable = await Cable.to(stage.url)
  const lost: Record<string, number> = {}
  let written = 0
  const transactions = await stage.transactions({
    databaseUrl: cable.url,
    now: Date.now,
    log: {
      waitingMax: 5,
      onWritten: (count) => (written += count),
      onLost: (count, why) => (lost[why] = (lost[why] ?? 0) + count),
    },
  })
  const now = () => ({ receivedAtMs: Date.now(), deadlineMs: 60 })
  await transactions.query(stage.ask('W0', 10_000, {}, { receivedAtMs: Date.now() }))
  cable.freeze()
  expect(await transactions.query(stage.ask('S1', 10_000, {}, now()))).toMatchObject({
    reasons: [{ reason: 'deadline' }],
  })
  for (let n = 0; n < 8; n++) await transactions.query(stage.ask(`N${n}`, 9_999, {}, now()))
  expect(lost).toEqual({ full: 4 })
  cable.thaw()
  await logged(transactions)
  expect(written).toBe(5)
  const answer = await explained('N0')
  expect(answer.explanation.verdict).toBe('same')
  const late = await explained('S1')
  expect(late).toMatchObject({ state: 'no_offer', explanation: { source: 'transaction', verdict: 'same' } })
  expect(late.explanation.earlier).toMatchObject([{ because: 'deadline' }])
  expect(lines(late).join('\n')).toContain('the answer came too late to be used: the hold was undone')
  // Ended while PostgreSQL is away: what could not be written is counted too.
  cable.cut()
  await transactions.query(stage.ask('N9', 9_999, {}, now()))
  await transactions.close()
  expect(lost).toEqual({ full: 4, database: 1 })
})

test('an answer that cannot be written is lost alone', async () => {
  await open([DINING])
  const lost: Record<string, number> = {}
  const transactions = await stage.transactions({
    logs: 'all',
    log: { onLost: (count, why) => (lost[why] = (lost[why] ?? 0) + count) },
  })
  const merchants = ['M2', 'M\u0000', 'M3', 'M4', 'M5']
  await Promise.all(merchants.map((merchant, i) => transactions.query(stage.ask(`S${i}`, 10_000, { merchant }))))
  await logged(transactions)
  const { rows } = await stage.sql.query('SELECT serial FROM decision_log ORDER BY serial')
  expect(rows).toEqual(['S0', 'S2', 'S3', 'S4'].map((serial) => ({ serial })))
  expect(lost).toEqual({ database: 1 })
})

test('days that are too old are dropped whole, by several at once', async () => {
  const transactions = await open([DINING])
  for (const [n, day] of ['2026-11-23', '2026-11-24', '2026-11-25'].entries()) {
    stage.nowMs = Date.parse(`${day}T23:59:59Z`)
    await transactions.query(stage.ask(`S${n}`, 9_999))
    await logged(transactions)
  }
  await stage.sql.query(`UPDATE installation_setting SET value = '1' WHERE name = 'decision_log_days'`)
  const dropped = await Promise.all([dropDecisionsBefore(pool, '2026-11-25'), dropDecisionsBefore(pool, '2026-11-25')])
  expect([...new Set(dropped.flat())].sort()).toEqual(['decision_log_20261123', 'decision_log_20261124'])
  const { rows } = await stage.sql.query('SELECT serial FROM decision_log')
  expect(rows).toEqual([{ serial: 'S2' }])
})

test('processes with the same documents write one snapshot; a change writes another', async () => {
  await open([DINING])
  await stage.transactions()
  const count = async () => (await stage.sql.query('SELECT 1 FROM catalog_snapshot')).rowCount
  expect(await count()).toBe(1)
  await stage.sql.query(`INSERT INTO suspension (ref, suspended_by) VALUES ('CCB-Q4/FOOD', 'm')`)
  await stage.sql.query(`INSERT INTO config_change (kind, code) VALUES ('campaign', 'CCB-Q4')`)
  await stage.refresh()
  expect(await count()).toBe(2)
  const other = new CatalogService({ databaseUrl: stage.url, drawKey: Buffer.alloc(32, 1) })
  await other.start()
  await other.stop()
  expect(await count()).toBe(3)
})
