import { hash } from 'node:crypto'
import type { ErasureAnswer, ProposalAnswer } from '@lijian/contracts/people'
import { Proposals } from '@lijian/approvals'
import { dataSource } from '@lijian/database'
import { erasureKind, Erasures } from '@lijian/erasure'
import { makeKeyPerson } from '@lijian/identity'
import { cardToken, customerToken, identityTokens } from '@lijian/privacy'
import { brokenInvariants } from '@lijian/verification'
import { erasureWorkflowId } from '@lijian/workflow-erasure'
import { transactionWorkflowId } from '@lijian/workflow-transaction'
import { Pool } from 'pg'
import { until } from '@lijian/testing'
import { databaseFiles, keptFiles, keptFlows, keptRows, type Kept } from './testing/everything-kept'
import { openStage, type Stage } from './testing/stage'

/** Passes the Luhn check; belongs to nobody. */
const PAN = '6222020000000000026'
const OTHER = '6227001234567890014'
const CUSTOMER = 'C-erased-7'
const PHONE = '13800138000'
const PLANTED = ['backtest_lines', 'bill_line', 'card_over', 'card_usage', 'counter', 'group_page', 'marketing_transaction', 'route'] // prettier-ignore

let stage: Stage
/** By what they are: plain, tokens under each key, fingerprints of members in hexadecimal and as bytes, digits of the card. */
let needles: string[]
const keys: Record<string, string> = {}
beforeAll(async () => {
  stage = await openStage({
    webhook: true,
    environment: {
      LIJIAN_EARLY_CLOSE: 'on',
      // Its business date is tomorrow: another house on the same Temporal clears today's.
      LIJIAN_CUT_OFF: '00:01',
      LIJIAN_TOKEN_KEY: `old:${hash('sha256', 'token of old')},new:${hash('sha256', 'token of new')}@2026-01-01`,
    },
    routing: {
      timeZone: 'Asia/Shanghai',
      channels: [{ code: 'CH-A' }],
      mids: [{ code: 'MID-1', channel: 'CH-A', allowedMerchants: ['M1'], limits: { perCardDay: { count: 9 } } }],
      pools: [{ code: 'P-A', mids: ['MID-1'] }],
      merchants: [{ merchant: 'M1', routes: [{ method: 'unionpay', type: 'qr', pools: ['P-A'] }] }],
      cardUsage: { thresholds: [{ month: 2 }], nearPpm: 800_000, remindHours: 24 },
    },
  })
  // Ids of flows are those of rows, and several houses share a Temporal.
  const from = 1000 + (Date.now() % 1e9)
  for (const table of ['erasure', 'proposal'])
    await stage.sql.query(`ALTER TABLE ${table} ALTER COLUMN id RESTART WITH ${from}`)
  const tokens = stage.config.tokenKeys.flatMap(({ key }) => [
    cardToken(key, PAN),
    customerToken(key, CUSTOMER),
    identityTokens(key, { phone: PHONE }).phone!,
  ])
  expect(tokens).toHaveLength(6)
  const members = tokens.map((token) => hash('sha256', token).slice(0, 32))
  const bytes = members.map((member) => Buffer.from(member, 'hex').toString('latin1'))
  needles = [PAN, CUSTOMER, PHONE, '622202******0026', '"last4": "0026"', '"last4":"0026"', ...tokens, ...members, ...bytes] // prettier-ignore
  const source = await dataSource(stage.databaseUrl, { poolSize: 1 }).initialize()
  for (const name of ['anna', 'bo']) {
    const login = `${name}-${stage.client.toLowerCase()}`
    const scopes = ['cases', 'card-groups', 'campaigns.make', 'read'] as const
    keys[name] = (await makeKeyPerson(source, { client: stage.client, login, name, scopes: [...scopes] })).key
  }
  await source.destroy()
  await until(async () => (await ask('anna', 'GET', '/v1/erasures')).status === 200)
  const limits = [
    { per: ['card'], period: 'month', count: 5000 },
    { per: ['customer'], period: 'day', count: 5000 },
    { per: ['phone'], period: 'day', count: 5000 },
  ]
  await stage.sql.query(
    `INSERT INTO campaign_version (code, version, document, state, maker, checker)
     SELECT code, 2, jsonb_set(document::jsonb, '{offers,0,rule,limits}', $1)::json, state, maker, checker FROM campaign_version`,
    [JSON.stringify(limits)],
  )
  await stage.sql.query(`UPDATE campaign SET live_version = 2, latest_version = 2`)
  await stage.sql.query(`INSERT INTO config_change (kind, code) VALUES ('campaign', 'CCB-Q4')`)
})
afterAll(() => stage.close())

async function ask<Answer>(
  who: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer & { status: number }> {
  const isFile = typeof body === 'string'
  const type = isFile ? (path.endsWith('/payments') ? 'application/x-ndjson' : 'text/plain') : 'application/json'
  const answer = await fetch(stage.apiUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${keys[who] ?? stage.apiKey}`,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
  })
  return { ...((await answer.json()) as object), status: answer.status } as never
}
const good = async <Answer extends { status: number }>(asked: Promise<Answer>): Promise<Answer> => {
  const answer = await asked
  if (answer.status >= 300) throw new Error(JSON.stringify(answer))
  return answer
}
const payment = (serial: string, differs: object = {}) => ({
  ...{ serial, merchant: 'M1', amount: 20_000, paymentMethod: 'qr', card: { pan: PAN }, customer: CUSTOMER },
  identities: { phone: PHONE },
  ...differs,
})

const holding = (kept: readonly Kept[]): string[] =>
  [
    ...new Set(kept.filter(({ text }) => needles.some((needle) => text.includes(needle))).map(({ name }) => name)),
  ].sort()
const tables = async () => holding(await keptRows(stage)).map((name) => name.replace('public.', ''))

/** An offer, no offer, a call that comes again after the end, a refund, routes, a card too often, groups, a bill, a back-test, a wish that was refused. */
async function plant(): Promise<void> {
  const { http, door, sql } = stage
  // Until the limits are in memory.
  for (let n = 0; !(await tables()).includes('counter'); n++) {
    await http.query(payment(`P-${n}-x`))
    await http.result(`P-${n}-x`, { outcome: 'success', paid: 18_500 })
  }
  await http.query(payment('E1-a'))
  await http.result('E1-a', { outcome: 'success', paid: 18_500, card: { pan: PAN } })
  await http.refund('E1-a', { serial: 'E1-a-R', amount: 5000 })
  await http.refundResult('E1-a', 'E1-a-R', { outcome: 'success' })
  await door.query(payment('E2-b'))
  await door.result('E2-b', { outcome: 'success', paid: 18_500, card: { pan: PAN } })
  await http.query(payment('E3-c', { amount: 100 }))
  await door.query(payment('E4-d', { amount: 100 }))
  await http.query(payment('OTHER-d', { card: { pan: OTHER }, customer: 'C-other', identities: {} }))
  await http.result('OTHER-d', { outcome: 'success', paid: 18_500 })
  for (let n = 0; n < 9 && !(await tables()).includes('card_over'); n++) {
    const card = { pan: PAN }
    const route = { serial: `R${n}-r`, merchant: 'M1', method: 'unionpay', type: 'qr', amount: 1000, card }
    await ask('system', 'POST', '/v1/routes', route)
    await ask('system', 'POST', `/v1/routes/R${n}-r/result`, { mid: 'MID-1', outcome: 'success' })
  }
  await good(ask('anna', 'PUT', '/v1/card-groups/VIP', { code: 'VIP', name: 'VIP cards' }))
  await good(ask('anna', 'POST', '/v1/card-groups/VIP/imports', `${PAN}\n${OTHER}\n`))
  await good(ask('anna', 'PUT', '/v1/customer-groups/NEW', { code: 'NEW', name: 'new customers' }))
  await good(ask('anna', 'POST', '/v1/customer-groups/NEW/imports', `${CUSTOMER}\n`))
  await sql.query(`SET session_replication_role = replica;
    INSERT INTO bill_line (source, client, line_key, file_id, line_no, business_date, kind, state, serial, card, amount_fen)
    VALUES ('upstream', '${stage.client}', 'L1', 0, 1, '2020-01-01', 'payment', 'matched', 'E1-a', '622202******0026', 20000);
    SET session_replication_role = DEFAULT`)
  const backtest = { serial: 'B-a', campaigns: [{ code: 'CCB-Q4' }] }
  const { id } = await ask<{ id: number }>('anna', 'POST', '/v1/backtests', backtest)
  const tried = { ...payment('B1-a'), at: '2026-03-01T12:00:00+08:00' }
  await good(ask('anna', 'PUT', `/v1/backtests/${id}/payments`, `${JSON.stringify(tried)}\n`))
  const refused = await ask<ProposalAnswer>('anna', 'POST', '/v1/erasures', { person, legalBasis: 'PIPL 47' })
  await good(ask('bo', 'POST', `/v1/proposals/${refused.id}/reject`, { hash: refused.hash, reason: 'wrong person' }))
  await until(async () => (await tables()).some((name) => name.startsWith('decision_log_')))
  await flowsAreOver()
  const { rows } = await sql.query<{ date: string }>('SELECT max(business_date)::text AS date FROM journal')
  const early = await good(
    stage.finance<ProposalAnswer>('POST', '/v1/clearing-runs', { date: rows[0]!.date, early: true }),
  )
  await good(stage.checker('POST', `/v1/proposals/${early.id}/approve`, { hash: early.hash }))
  await until(async () => (await keptFiles(stage.config.clearingDir!)).some(({ text }) => text.includes('E1-a')))
  // Its flow has ended, and another run of the same id begins.
  await door.query(payment('E2-b'))
  await until(async () => (await runsOf('E2-b')).length === 2)
  await flowsAreOver()
  await sql.query('ANALYZE')
}
const person = { pan: PAN, customer: CUSTOMER, phone: PHONE }

async function runsOf(serial: string): Promise<string[]> {
  const runs: string[] = []
  const query = `WorkflowId = '${transactionWorkflowId(stage.client, serial)}'`
  for await (const { runId } of stage.temporalClient.workflow.list({ query })) runs.push(runId)
  return runs
}
const flowsAreOver = () =>
  until(async () => {
    const query = `TaskQueue = '${stage.config.taskQueue}' AND WorkflowType = 'marketingTransaction' AND ExecutionStatus = 'Running'`
    return (await stage.temporalClient.workflow.count(query)).count === 0
  })

const sums = async () => {
  const { rows } = await stage.sql.query(
    `SELECT (SELECT json_agg(j ORDER BY id) FROM journal j) AS journal, (SELECT json_agg(d ORDER BY account, business_date) FROM account_day d) AS days,
       (SELECT json_agg(l ORDER BY l) FROM (SELECT split_part(key, '|', 1) || sum(used_count) || ' ' || sum(used_fen) AS l FROM counter GROUP BY split_part(key, '|', 1)) c) AS used`,
  )
  return rows[0] as object
}

test('a person is planted at every door, erased by two people, and found nowhere; the books agree', async () => {
  await plant()
  const rows = await tables()
  expect(rows).toEqual(expect.arrayContaining([...PLANTED, 'pg_catalog.pg_statistic']))
  expect(rows.filter((name) => !PLANTED.includes(name) && !/^decision_log_\d+$|^pg_catalog\./.test(name))).toEqual([])
  await until(async () => holding(await keptFlows(stage)).length >= 2)
  expect(holding(await databaseFiles(stage))).not.toEqual([])
  expect(await brokenInvariants(stage.sql)).toEqual({})
  const before = await sums()

  const asked = await ask<ProposalAnswer>('anna', 'POST', '/v1/erasures', { person, legalBasis: 'PIPL 47' })
  expect(asked).toMatchObject({ status: 202, kind: 'erasure' })
  expect(holding([{ name: 'answer', text: JSON.stringify(asked) }])).toEqual([])
  const { erasure } = asked.body as { erasure: number }
  const approve = `/v1/proposals/${asked.id}/approve`
  expect((await ask('anna', 'POST', approve, { hash: asked.hash })).status).toBe(403)
  expect(await ask('bo', 'POST', approve, { hash: asked.hash })).toMatchObject({ status: 200, state: 'approved' })
  const isDone = async () => {
    const found = await ask<ErasureAnswer>('anna', 'GET', `/v1/erasures/${erasure}`)
    return found.state === 'done' && found
  }
  // Temporal takes half a minute to remove a history.
  const done = await until(isDone).catch(() => until(isDone))
  expect(done.places.map(({ place, state, rows }) => [place, state, rows > 0])).toEqual(
    ['groups', 'books', 'decisions', 'bills', 'flows'].map((place) => [place, 'done', true]),
  )
  expect(done.certificate!.text).toContain('legal basis: PIPL 47')
  expect(done.certificate!.text).toMatch(/flows of messages that were refused, until Temporal removes them \d+ day/)

  expect(await sums()).toEqual(before)
  expect(await brokenInvariants(stage.sql)).toEqual({})
  const flow = stage.temporalClient.workflow.getHandle(erasureWorkflowId(erasure))
  expect(await flow.result()).toMatchObject({ state: 'certified', sha256: done.certificate!.sha256 })
  const told = stage.receiver.received.map((one) => ({ name: 'webhook', text: JSON.stringify(one) }))
  const logged = stage.logs.map((text) => ({ name: 'log', text }))
  // What a transaction that still runs may see is written anew too.
  const database = () => databaseFiles(stage).then(holding)
  await until(async () => (await database()).length === 0)
  expect({
    rows: await tables(),
    flows: holding(await keptFlows(stage)),
    files: holding(await keptFiles(stage.config.clearingDir!)),
    logs: holding(logged),
    webhooks: holding(told),
  }).toEqual({ rows: [], flows: [], files: [], logs: [], webhooks: [] })

  // The other card goes on as it was, and the same card is a new one. What comes back of an erased payment finds its counters.
  const { key } = stage.config.tokenKeys.at(-1)!
  expect((await keptRows(stage)).some(({ text }) => text.includes(cardToken(key, OTHER)))).toBe(true)
  expect(await stage.http.refund('E1-a', { serial: 'E1-a-R2', amount: 15_000 })).toMatchObject({ serial: 'E1-a-R2' })
  await stage.http.refundResult('E1-a', 'E1-a-R2', { outcome: 'success' })
  expect(await stage.http.query(payment('NEW-e'))).toMatchObject({ state: 'held' })
  await stage.http.result('NEW-e', { outcome: 'failure' })
  expect(await brokenInvariants(stage.sql)).toEqual({})
}, 200_000)

test('while the card goes on paying nothing is lost: each payment is of the stranger or of the new card, and the books agree', async () => {
  const pool = new Pool({ connectionString: stage.databaseUrl, max: 2 })
  pool.on('error', () => undefined)
  const proposals = new Proposals(pool, { erasure: erasureKind })
  const tokenKeys = stage.config.tokenKeys.map(({ key }) => key)
  const erasures = new Erasures(pool, proposals, { tokenKeys, timeZone: 'Asia/Shanghai' })
  const asked = await erasures.request({ person: { pan: PAN }, legalBasis: 'PIPL 47', heldBack: [] }, 'anna')
  const { erasure } = asked.body as { erasure: number }
  await stage.sql.query(`UPDATE erasure SET state = 'running', begun_at = now() WHERE id = $1`, [erasure])
  await stage.http.query(payment('W-w'))
  await stage.http.result('W-w', { outcome: 'success', paid: 18_500 })
  const paying = [1, 2].map(async (lane) => {
    for (let n = 0; n < 30; n++) {
      const serial = `W${lane}-${n}-w`
      await stage.http.query(payment(serial, { amount: n % 5 === 0 ? 100 : 20_000 }))
      if (n % 5 === 0) continue
      await stage.http.result(serial, n % 3 === 0 ? { outcome: 'failure' } : { outcome: 'success', paid: 18_500 })
    }
  })
  const forget = async () => ({ found: 0, open: 0, going: 0, keptDays: 1 })
  const done = await until(async () => {
    const found = await erasures.erasePlace(erasure, 'books', forget).catch((error: { code?: string }) => {
      // It was changed meanwhile.
      if (error.code !== '40001') throw error
    })
    return found?.state === 'done' && found
  })
  await Promise.all(paying)
  expect(done.rows).toBeGreaterThan(0)
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await pool.end()
})
