import { ApiKeys } from '@lijian/management'
import type { ProposalAnswer, Scope } from '@lijian/contracts'
import { dataSource } from '@lijian/persistence'
import { DECIDE_UPDATE, fundingWorkflowId, type FundingSnapshot } from '@lijian/workflow-partner-funding'
import { openHouse, until, type House } from './testing/house'

let house: House
const keys: Record<string, { id: string; key: string }> = {}
beforeAll(async () => {
  house = await openHouse()
  const source = await dataSource(house.config.databaseUrl, { poolSize: 1 }).initialize()
  const scopes: Record<string, Scope[]> = {
    maker: ['partners', 'funding.make'],
    checker: ['funding.check'],
    reader: ['read'],
    both: ['funding.make', 'funding.check'],
  }
  for (const [name, may] of Object.entries(scopes))
    keys[name] = await new ApiKeys(source).make({ client: house.client, name, scopes: may })
  await source.destroy()
  await until(async () => (await ask('reader', 'GET', '/v1/partners')).status === 200)
})
afterAll(() => house.close())

async function ask(who: string, method: string, path: string, body?: object): Promise<{ status: number; body: never }> {
  const headers = { authorization: `Bearer ${keys[who]!.key}`, ...(body ? { 'content-type': 'application/json' } : {}) }
  const reply = await fetch(house.apiUrl + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  return { status: reply.status, body: (await reply.json()) as never }
}
const receipt = (bankReference: string) => ({ amount: 1000, valueDate: '2026-11-01', bankReference, evidence: 'x' })
// Ids of proposals are this database's own, workflow ids the server's: an old run of another test is passed over.
const fresh = (minimum: number) => house.sql.query(`ALTER SEQUENCE proposal_id_seq RESTART WITH ${minimum}`)

test('a receipt waits in Temporal; the maker and a key that may not are refused there too; the checker ends it', async () => {
  await fresh(Date.now() % 1e9)
  await ask('maker', 'PUT', '/v1/partners/CCB', { name: 'CCB' })
  const made = (await ask('both', 'POST', '/v1/partners/CCB/receipts', receipt('R1'))).body as ProposalAnswer
  const flow = house.temporalClient.workflow.getHandle(fundingWorkflowId(made.id))
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
  const flow = house.temporalClient.workflow.getHandle(fundingWorkflowId(made.id))
  await until(() =>
    flow.describe().then(
      ({ status }) => status.name === 'COMPLETED',
      () => false,
    ),
  )
  const metrics = await (await fetch(`http://127.0.0.1:${house.config.metricsPort}/metrics`)).text()
  expect(metrics).toContain('lijian_proposals_open')
})
