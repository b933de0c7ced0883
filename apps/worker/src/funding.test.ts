import { NOW_SIGNAL } from '@lijian/flow-kit'
import { Pool } from 'pg'
import { makeDecisionProof, makeKeyPerson, spendDecisionProof } from '@lijian/identity'
import { decisionProofKey } from '@lijian/privacy'
import type { LijianError } from '@lijian/contracts/system'
import type { CycleAnswer } from '@lijian/contracts/finance'
import type { ProposalAnswer, Scope } from '@lijian/contracts/people'
import { dataSource } from '@lijian/database'
import { DECIDE_UPDATE, approvalWorkflowId, type ApprovalSnapshot } from '@lijian/workflow-approval'
import { CONFIRM_UPDATE, cycleWorkflowId, type CycleSnapshot } from '@lijian/workflow-partner-cycle'
import { until } from '@lijian/testing'
import { openStage, type Stage } from './testing/stage'
import { ticksWorkflowId } from './ticks'

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
  const source = await dataSource(stage.databaseUrl, { poolSize: 1 }).initialize()
  const scopes: Record<string, Scope[]> = {
    maker: ['partners', 'funding.make'],
    checker: ['funding.check'],
    reader: ['read'],
    both: ['funding.make', 'funding.check'],
  }
  for (const [name, may] of Object.entries(scopes))
    keys[name] = await makeKeyPerson(source, {
      client: stage.client,
      login: `${name}-${stage.client.toLowerCase()}`,
      name,
      scopes: may,
    })
  await source.destroy()
  await until(async () => (await ask('reader', 'GET', '/v1/partners')).status === 200)
})
afterAll(() => stage.close())

async function ask(who: string, method: string, path: string, body?: object): Promise<{ status: number; body: never }> {
  const headers = { authorization: `Bearer ${keys[who]!.key}`, ...(body ? { 'content-type': 'application/json' } : {}) }
  const reply = await fetch(stage.apiUrl + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  return { status: reply.status, body: (await reply.json()) as never }
}
async function proofOf(who: string, update: string, subject: number, argument: object): Promise<string> {
  const { status, body } = await ask(who, 'POST', '/v1/decision-proofs', { update, subject, argument })
  expect(status).toBe(200)
  return (body as { proof: string }).proof
}
async function partner(code: string): Promise<void> {
  const { id, hash } = (await ask('maker', 'PUT', `/v1/partners/${code}`, { name: code })).body as ProposalAnswer
  expect((await ask('checker', 'POST', `/v1/proposals/${id}/approve`, { hash })).status).toBe(200)
}
const receipt = (bankReference: string) => ({ amount: 1000, valueDate: '2026-11-01', bankReference, evidence: 'x' })
// Ids of proposals are this database's own, workflow ids the server's: an old run of another test is passed over.
const fresh = (minimum: number) => stage.sql.query(`ALTER SEQUENCE proposal_id_seq RESTART WITH ${minimum}`)

test('a receipt waits in Temporal; the maker and a key that may not are refused there too; the checker ends it', async () => {
  await fresh(Date.now() % 1e9)
  await partner('CCB')
  const made = (await ask('both', 'POST', '/v1/partners/CCB/receipts', receipt('R1'))).body as ProposalAnswer
  const flow = stage.temporalClient.workflow.getHandle(approvalWorkflowId(made.id, made.kind))
  await until(() =>
    flow.describe().then(
      () => true,
      () => false,
    ),
  )
  const approval = { hash: made.hash, decision: 'approve' }
  const prove = (who: string, argument: object) => proofOf(who, 'partner-funding.decide', made.id, argument)
  const send = (argument: object, options: { updateId?: string } = {}) =>
    flow.executeUpdate<ApprovalSnapshot, [object]>(DECIDE_UPDATE, { args: [argument], ...options }).then(
      ({ state }) => state,
      (error: { cause?: { type?: string; message?: string } }) => `${error.cause?.type}: ${error.cause?.message}`,
    )
  const decide = async (who: string, hash = made.hash) =>
    send({ ...approval, hash, proof: await prove(who, { ...approval, hash }) })

  // Whoever reaches Temporal knows ids of keys and the hash; the first is what such a one sent before there were proofs.
  const nobody = 'proof: expected what POST /v1/decision-proofs answers the person who decides'
  expect(await send({ ...approval, by: keys['checker']!.id })).toBe(`invalid_request: ${nobody}`)
  const expected = /^forbidden: proof: expected one for exactly this decision/
  expect(await send({ ...approval, proof: 'dp1.e30.e30' })).toMatch(expected)
  const checkers = await prove('checker', approval)
  expect(await send({ hash: made.hash, decision: 'reject', reason: 'no', proof: checkers })).toMatch(expected)
  expect(await send({ ...approval, by: keys['checker']!.id, proof: checkers })).toMatch(expected)
  const decision = { update: 'partner-funding.decide', subject: made.id, argument: approval }
  const key = decisionProofKey(stage.config.accountKeys[0]!.key)
  const { proof: old } = makeDecisionProof(key, decision, keys['checker']!.id, Date.now() - 600_000)
  expect(await send({ ...approval, proof: old })).toMatch(/^forbidden: proof: it has expired/)
  const ofTokenKey = decisionProofKey(stage.config.tokenKeys[0]!.key)
  const { proof: foreign } = makeDecisionProof(ofTokenKey, decision, keys['checker']!.id, Date.now())
  expect(await send({ ...approval, proof: foreign })).toMatch(expected)
  expect((await ask('reader', 'GET', `/v1/proposals/${made.id}`)).body).toMatchObject({ state: 'proposed' })

  expect(await decide('both')).toMatch(/^maker_is_checker/)
  expect((await ask('reader', 'POST', '/v1/decision-proofs', decision)).status).toBe(403)
  const { proof: readers } = makeDecisionProof(key, decision, keys['reader']!.id, Date.now())
  expect(await send({ ...approval, proof: readers })).toMatch(/^forbidden: No API key/)
  expect(await decide('checker', 'ab'.repeat(32))).toMatch(/^changed_since/)
  const approved = await Promise.all([1, 2].map(() => send({ ...approval, proof: checkers }, { updateId: 'once' })))
  expect(approved).toEqual(['approved', 'approved'])
  expect(await flow.result()).toMatchObject({ state: 'approved' })
  expect((await ask('reader', 'GET', '/v1/partners/CCB')).body).toMatchObject({ balance: 1000 })
  const { rows } = await stage.sql.query('SELECT decision, person FROM decision_proof WHERE spent_by LIKE $1', [
    `${approvalWorkflowId(made.id, made.kind)}/once`,
  ])
  expect(rows).toEqual([{ decision: `partner-funding.decide/${made.id}`, person: keys['checker']!.id }])
})

test('a proof is spent once, by one update, also of several at once; the same update may come again', async () => {
  const decision = { update: 'partner-cycle.confirm', subject: 1, argument: {} }
  const keyOfProofs = decisionProofKey(stage.config.accountKeys[0]!.key)
  const proofs = [0, 1].map(() => makeDecisionProof(keyOfProofs, decision, 'ak', 1_000).proof)
  const db = new Pool({ connectionString: stage.config.databaseUrl })
  const spend = (spentBy: string, proof = proofs[0], askedAtMs = 1_000) =>
    spendDecisionProof(decision, { db, keys: [keyOfProofs], proof, spentBy, askedAtMs }).catch(
      (error: LijianError) => error.detail,
    )
  const by = await Promise.all(['a', 'b', 'c', 'd'].map((update) => spend(update)))
  expect(by.filter((one) => one === 'ak')).toHaveLength(1)
  const winner = ['a', 'b', 'c', 'd'][by.indexOf('ak')]!
  expect(await spend(winner, proofs[0], 1e15)).toBe('ak')
  expect(await spend('e')).toMatch('it was used')
  expect(await spend('e', proofs[1], 301_001)).toMatch('it has expired')
  expect(await spend('e', proofs[1], 300_000)).toBe('ak')
  await expect(stage.sql.query('DELETE FROM decision_proof')).rejects.toThrow()
  await db.end()
})

test('approved over HTTP, its flow ends', async () => {
  const made = (await ask('maker', 'POST', '/v1/partners/CCB/receipts', receipt('R2'))).body as ProposalAnswer
  await ask('checker', 'POST', `/v1/proposals/${made.id}/approve`, { hash: made.hash })
  const flow = stage.temporalClient.workflow.getHandle(approvalWorkflowId(made.id, made.kind))
  await until(() =>
    flow.describe().then(
      ({ status }) => status.name === 'COMPLETED',
      () => false,
    ),
  )
  const metrics = await (await fetch(`http://127.0.0.1:${stage.config.metricsPort}/metrics`)).text()
  expect(metrics).toContain('lijian_proposals_open')
})

test('a statement is issued by the flow of every hour, confirmed in Temporal, and closed when it is paid', async () => {
  await stage.http.query({ serial: 'C1', merchant: 'M1', amount: 10_000, paymentMethod: 'qr' })
  await stage.http.result('C1', { outcome: 'success', paid: 8500 })
  // The month of the payment, and everything until its end, is closed.
  await stage.sql.query(
    `INSERT INTO business_day (business_date) SELECT (date_trunc('month', max(business_date)) + interval '1 month - 1 day')::date FROM journal`,
  )
  await stage.sql.query(`ALTER SEQUENCE partner_cycle_id_seq RESTART WITH ${Date.now() % 1e9}`)
  const { config, temporalClient } = stage
  await temporalClient.workflow.getHandle(ticksWorkflowId('cycles', config.taskQueue)).signal(NOW_SIGNAL)
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
  const key = decisionProofKey(stage.config.accountKeys[0]!.key)
  const confirmed = { update: 'partner-cycle.confirm', subject: cycle.id, argument: {} }
  const proofs = {
    reader: makeDecisionProof(key, confirmed, keys['reader']!.id, Date.now()).proof,
    checker: await proofOf('checker', 'partner-cycle.confirm', cycle.id, {}),
  }
  const confirm = (who: 'reader' | 'checker') =>
    flow.executeUpdate<CycleSnapshot, [object]>(CONFIRM_UPDATE, { args: [{ proof: proofs[who] }] }).then(
      ({ state }) => state,
      (error: { cause?: { type?: string } }) => error.cause?.type,
    )
  expect([await confirm('reader'), await confirm('checker')]).toEqual(['forbidden', 'confirmed'])
  await partner(cycle.partner)
  const body = { cycle: cycle.id, ...receipt('R3'), amount: 1_500 }
  const made = (await ask('maker', 'POST', `/v1/partners/${cycle.partner}/collections`, body)).body as ProposalAnswer
  await ask('checker', 'POST', `/v1/proposals/${made.id}/approve`, { hash: made.hash })
  expect(await flow.result()).toMatchObject({ state: 'closed' })
})
