import { hash } from 'node:crypto'
import { compareFlows, FLOW_CHECKS, type CheckResult } from '@lijian/verification'
import { forkSource, freePort } from '@lijian/testing'
import { openStage, type Stage } from '@lijian/worker/testing/stage'
import { verify } from './cli'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const pay = async (serial: string, outcome?: 'success' | 'failure') => {
  await stage.http.query({ serial, merchant: 'M1', amount: 10_000, paymentMethod: 'qr' })
  if (outcome !== undefined) await stage.http.result(serial, { outcome, paid: 8500 })
}
const drained = () => stage.worker.relay.drain()
const environment = () => ({
  DATABASE_URL: stage.config.databaseUrl,
  TEMPORAL_ADDRESS: stage.config.temporalAddress,
  LIJIAN_TASK_QUEUE: stage.config.taskQueue,
})
const compared = async (lookAgainMs = 0): Promise<Record<string, CheckResult['wrong']>> => {
  const results = await compareFlows({
    databaseUrl: stage.config.databaseUrl,
    temporal: stage.temporalClient,
    taskQueue: stage.config.taskQueue,
    lookAgainMs,
  })
  return Object.fromEntries(results.map(({ name, wrong }) => [name, wrong]))
}
const agreement = Object.fromEntries(FLOW_CHECKS.map((name) => [name, []]))

test('./lijian verify: the books of a running stage agree, a line per check, as the application’s login', async () => {
  for (const serial of ['S1', 'S2', 'S3']) await pay(serial, 'success')
  await pay('F1', 'failure')
  await pay('H1')
  await drained()
  const lines: string[] = []
  expect(await verify([], environment(), (line) => lines.push(line))).toBe(0)
  expect(lines.at(-1)).toMatch(/^the books agree \(46 checks in \d+\.\d s\)$/)
  expect(lines[0]).toMatch(/^debits = credits +3 rows +[\d,]+ ms {2}ok$/)
  expect(lines.slice(0, -1).filter((line) => !line.endsWith('  ok'))).toEqual([])
  const said: string[] = []
  expect(await verify(['--json', '--since', '2020-01-01'], environment(), (line) => said.push(line))).toBe(0)
  expect(JSON.parse(said.join('\n'))).toMatchObject({ agrees: true, since: '2020-01-01', checks: { length: 46 } })
})

test('holds and workflows: each side without the other is named; what waits in the outbox is not', async () => {
  await pay('H2')
  await drained()
  expect(await compared(10_000)).toEqual(agreement)
  const workflow = stage.temporalClient.workflow.getHandle(`transaction/${stage.client}/H2`)
  await workflow.terminate('by hand')
  expect(await compared()).toEqual({ ...agreement, [FLOW_CHECKS[0]]: [{ workflow: workflow.workflowId }] })
  // The relay's next news starts it again: until then it waits in the outbox.
  await stage.sql.query(
    `INSERT INTO outbox (lane, client, serial, workflow_id, workflow_type, snapshot, ready_at)
     VALUES (0, $1, 'H2', $2, 'marketingTransaction', '{}', now() + interval '1 hour')`,
    [stage.client, workflow.workflowId],
  )
  expect(await compared()).toEqual(agreement)
  await stage.sql.query(`DELETE FROM outbox`)
  // A hold whose row is gone, as the owner could do it.
  await pay('H3')
  await drained()
  await stage.sql.query(`DELETE FROM marketing_transaction WHERE serial = 'H3'`)
  expect(await compared()).toEqual({
    [FLOW_CHECKS[0]]: [{ workflow: workflow.workflowId }],
    [FLOW_CHECKS[1]]: [{ workflow: `transaction/${stage.client}/H3` }],
  })
})

test('what waits for people has its workflow too: a date to be cleared, a proposal, a statement', async () => {
  // Ids of their own: other tests share the Temporal server.
  const waits = [
    `INSERT INTO clearing_run (business_date, settlement_date, requested_by) VALUES ('2001-02-03', '2001-02-05', 'x')`,
    `INSERT INTO proposal (id, kind, subject, body, hash, state, maker) OVERRIDING SYSTEM VALUE VALUES (770077, 'receipt', 'CCB', '{}', '', 'proposed', 'x')`,
    `INSERT INTO partner_cycle (partner, cycle, campaign, period, from_date, to_date, campaigns, state, opening_fen, charged_fen, returned_fen, collected_fen,
       adjusted_fen, closing_fen, carried_fen, due_fen, lines, statement_rows, statement_sha256)
     VALUES ('VERIFY', 'month', '', '2001-02', '2001-02-01', '2001-02-28', '{}', 'issued', 0, 0, 0, 0, 0, 0, 0, 0, '[]', 0, '')`,
  ]
  const before = await compared()
  for (const sql of waits) await stage.sql.query(sql)
  const ids = ['clearing/2001-02-03', 'funding/770077', 'cycle/VERIFY/month/2001-02']
  expect(await compared()).toEqual({
    ...before,
    [FLOW_CHECKS[0]]: [...before[FLOW_CHECKS[0]]!, ...ids.map((workflow) => ({ workflow }))],
  })
  for (const table of ['clearing_run', 'proposal', 'partner_cycle']) await stage.sql.query(`DELETE FROM ${table}`)
  // The other way round: workflows that run for a row that is not there.
  const { workflow } = stage.temporalClient
  for (const [i, workflowId] of ids.entries())
    await workflow.start(['clearingDay', 'partnerFunding', 'partnerCycle'][i]!, {
      workflowId,
      taskQueue: stage.config.taskQueue,
      args: [
        { businessDate: '2001-02-03', proposal: 770077, id: 1, partner: 'VERIFY', cycle: 'month', period: '2001-02' },
      ],
    })
  const orphans = async () => (await compared(0))[FLOW_CHECKS[1]]!.map((row) => row['workflow'])
  for (let i = 0; i < 40 && (await orphans()).length < ids.length + 1; i++)
    await new Promise((go) => setTimeout(go, 250))
  expect(await orphans()).toEqual(expect.arrayContaining(ids))
  for (const id of ids) await workflow.getHandle(id).terminate('by the test')
})

test('what disagrees is printed and ends with 1', async () => {
  const lines: string[] = []
  expect(await verify([], environment(), (line) => lines.push(line))).toBe(1)
  const text = lines.join('\n')
  expect(text).toMatch(/^counters = sum of what transactions and routes hold and use .* DISAGREES: \d/m)
  expect(text).toContain(`{"workflow":"transaction/${stage.client}/H2"}`)
  expect(lines.at(-1)).toMatch(/^the books do NOT agree: 3 of 46 checks/)
})

test('Temporal away: said, and counted only with --strict', async () => {
  const away = { ...environment(), TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` }
  await stage.sql.query(`UPDATE counter SET held_fen = 1500, held_count = 1, used_fen = 4500, used_count = 3`)
  await stage.sql.query(`DELETE FROM marketing_transaction WHERE serial = 'H2'`)
  const lines: string[] = []
  expect(await verify([], away, (line) => lines.push(line))).toBe(0)
  expect(lines.filter((line) => line.includes('not checked: Temporal at'))).toHaveLength(2)
  expect(lines.at(-1)).toContain('2 not checked')
  expect(await verify(['--strict'], away, () => undefined)).toBe(1)
})

async function run(
  words: string[],
  environment: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  const child = forkSource(require.resolve('./cli'), environment, words)
  let said = ''
  child.stderr!.on('data', (piece: Buffer) => (said += String(piece)))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, said }
}

test('bad usage and a database that is away are exit code 2 and one line', async () => {
  expect(await run(['--since', '2026-02-30'], environment())).toEqual({
    code: 2,
    said: 'verify: --since: found "2026-02-30"; expected a date such as 2026-11-24\n',
  })
  expect(await run(['--sinec'], environment())).toEqual({
    code: 2,
    said: 'verify: unknown word "--sinec"; ./lijian verify --help\n',
  })
  const nowhere = { ...environment(), DATABASE_URL: `postgres://a:b@127.0.0.1:${await freePort()}/x` }
  const { code, said } = await run([], nowhere)
  expect(code).toBe(2)
  expect(said).toMatch(/^verify: PostgreSQL: .*ECONNREFUSED.*\n$/)
})

test('a sealed text that no key opens is named by its place', async () => {
  const said = async () => {
    const lines: string[] = []
    await verify([], { ...environment(), LIJIAN_ACCOUNT_KEY: hash('sha256', 'account') }, (line) => lines.push(line))
    return lines.filter((line) => /sealed|partners/.test(line)).join('\n')
  }
  expect(await said()).toMatch(/^sealed texts open with a key of LIJIAN_ACCOUNT_KEY .*  ok$/m)
  await stage.sql.query(`INSERT INTO partner (code, name, contacts) VALUES ('LOST', 'Lost', '\\x07')`)
  expect(await said()).toMatch(/DISAGREES: 1\n.*"contacts of partners","row":"LOST"/)
  await stage.sql.query(`DELETE FROM partner WHERE code = 'LOST'`)
})
