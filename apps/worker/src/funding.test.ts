import { ApiKeys } from '@lijian/identity'
import type { CycleAnswer } from '@lijian/contracts/finance'
import type { ProposalAnswer, Scope } from '@lijian/contracts/people'
import { dataSource } from '@lijian/database'
import { DECIDE_UPDATE, fundingWorkflowId, type FundingSnapshot } from '@lijian/workflow-partner-funding'
import { CONFIRM_UPDATE, cycleWorkflowId, issueScheduleId, type CycleSnapshot } from '@lijian/workflow-partner-cycle'
import { openStage, until, type Stage } from './testing/stage'

let stage: Stage
const keys: Record<string, { id: string; key: string }> = {}
beforeAll(async () => {
  stage = await openStage()
  // Workflow ids name the partner: one of this run's own.
  await stage.sql.query(
    `UPDATE campaign_version SET document = jsonb_set(document::jsonb, '{funders,0,partner}', to_jsonb($1::text))::json`,
    [stage.client],
  )
  await stage.sql.query(`INSERT INTO config_change (kind, code) VALUES ('campaign', 'CCB-Q4')`)
  const source = await dataSource(stage.config.databaseUrl, { poolSize: 1 }).initialize()
  const scopes: Record<string, Scope[]> = {
    maker: ['partners', 'funding.make'],
    checker: ['funding.check'],
    reader: ['read'],
    both: ['funding.make', 'funding.check'],
  }
  for (const [name, may] of Object.entries(scopes))
    keys[name] = await new ApiKeys(source).make({ client: stage.client, name, scopes: may })
  await source.destroy()
  await until(async () => (await ask('reader', 'GET', '/v1/partners')).status === 200)
})
afterAll(() => stage.close())

async function ask(who: string, method: string, path: string, body?: object): Promise<{ status: number; body: never }> {
  const headers = { authorization: `Bearer ${keys[who]!.key}`, ...(body ? { 'content-type': 'application/json' } : {}) }
  const reply = await fetch(stage.apiUrl + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  return { status: reply.status, body: (await reply.json()) as never }
}
const receipt = (bankReference: string) => ({ amount: 1000, valueDate: '2026-11-01', bankReference, evidence: 'x' })
// Ids of proposals are this database's own, workflow ids the server's: an old run of another test is passed over.
const fresh = (minimum: number) => stage.sql.query(`ALTER SEQUENCE proposal_id_seq RESTART WITH ${minimum}`)

test('a receipt waits in Temporal; the maker and a key that may not are refused there too; the checker ends it', async () => {
  await fresh(Date.now() % 1e9)
  await ask('maker', 'PUT', '/v1/partners/CCB', { name: 'CCB' })
  const made = (await ask('both', 'POST', '/v1/partners/CCB/receipts', receipt('R1'))).body as ProposalAnswer
  const flow = stage.temporalClient.workflow.getHandle(fundingWorkflowId(made.id))
  await until(() =>
    flow.describe().then(
      () => true,
      () => false,
    ),
  )
  const decide = (who: string, hash = made.hash) =>
    flow
      .executeUpdate<FundingSnapshot, [object]>(DECIDE_UPDATE, {
        args: [{ by: keys[who]!.id, hash, decision: 'approve' }],
      })
      .then(
        ({ state }) => state,
        (error: { cause?: { type?: string } }) => error.cause?.type,
      )
  expect(await decide('both')).toBe('maker_is_checker')
  expect(await decide('reader')).toBe('forbidden')
  expect(await decide('checker', 'ab'.repeat(32))).toBe('changed_since')
  expect(await decide('checker')).toBe('approved')
  expect(await flow.result()).toBe('approved')
  expect((await ask('reader', 'GET', '/v1/partners/CCB')).body).toMatchObject({ balance: 1000 })
})

test('approved over HTTP, its flow ends', async () => {
  const made = (await ask('maker', 'POST', '/v1/partners/CCB/receipts', receipt('R2'))).body as ProposalAnswer
  await ask('checker', 'POST', `/v1/proposals/${made.id}/approve`, { hash: made.hash })
  const flow = stage.temporalClient.workflow.getHandle(fundingWorkflowId(made.id))
  await until(() =>
    flow.describe().then(
      ({ status }) => status.name === 'COMPLETED',
      () => false,
    ),
  )
  const metrics = await (await fetch(`http://127.0.0.1:${stage.config.metricsPort}/metrics`)).text()
  expect(metrics).toContain('lijian_proposals_open')
})

test('a statement is issued by the flow that the schedule starts, confirmed in Temporal, and closed when it is paid', async () => {
  await stage.http.query({ serial: 'C1', merchant: 'M1', amount: 10_000, paymentMethod: 'qr' })
  await stage.http.result('C1', { outcome: 'success', paid: 8500 })
  // The month of the payment, and everything until its end, is closed.
  await stage.sql.query(
    `INSERT INTO business_day (business_date) SELECT (date_trunc('month', max(business_date)) + interval '1 month - 1 day')::date FROM journal`,
  )
  await stage.sql.query(`ALTER SEQUENCE partner_cycle_id_seq RESTART WITH ${Date.now() % 1e9}`)
  const { config, temporalClient } = stage
  const schedule = temporalClient.schedule.getHandle(issueScheduleId(config.taskQueue))
  const { spec, policies } = await schedule.describe()
  expect([spec.timezone, policies.overlap, policies.catchupWindow]).toEqual(['Asia/Shanghai', 'SKIP', 3_600_000])
  await schedule.trigger()
  const cycle = await until(async () => {
    const { body } = await ask('reader', 'GET', '/v1/partner-cycles')
    return (body as { cycles: CycleAnswer[] }).cycles.find(({ due }) => due > 0)
  })
  expect(cycle).toMatchObject({ partner: stage.client, cycle: 'month', due: 1_500, state: 'issued' })
  const flow = temporalClient.workflow.getHandle(cycleWorkflowId(cycle.partner, cycle.cycle, cycle.period))
  await until(() =>
    flow.describe().then(
      () => true,
      () => false,
    ),
  )
  const confirm = (who: string) =>
    flow.executeUpdate<CycleSnapshot, [object]>(CONFIRM_UPDATE, { args: [{ by: keys[who]!.id }] }).then(
      ({ state }) => state,
      (error: { cause?: { type?: string } }) => error.cause?.type,
    )
  expect([await confirm('reader'), await confirm('checker')]).toEqual(['forbidden', 'confirmed'])
  await ask('maker', 'PUT', `/v1/partners/${cycle.partner}`, { name: 'x' })
  const body = { cycle: cycle.id, ...receipt('R3'), amount: 1_500 }
  const made = (await ask('maker', 'POST', `/v1/partners/${cycle.partner}/collections`, body)).body as ProposalAnswer
  await ask('checker', 'POST', `/v1/proposals/${made.id}/approve`, { hash: made.hash })
  expect(await flow.result()).toBe('closed')
})
