import { LijianClient } from '@lijian/client'
import { ApiKeys, Clients } from '@lijian/identity'
import { dataSource } from '@lijian/database'
import { transactionWorkflowId } from '@lijian/workflow-transaction'
import { signDoorCall } from '@lijian/privacy'
import { openStage, type Stage } from './testing/stage'

// Two clients share one Temporal: each may choose any workflow id, and pays in its own name only.

let stage: Stage
let keys: Record<'other' | 'reader' | 'revoked', string>
beforeAll(async () => {
  stage = await openStage()
  const source = await dataSource(stage.config.databaseUrl, { poolSize: 1 }).initialize()
  await new Clients(source).put(`${stage.client}-b`, { name: 'another' })
  const make = (client: string, scope: 'transactions' | 'read') =>
    new ApiKeys(source).make({ client, name: 'x', scopes: [scope] })
  const revoked = await make(stage.client, 'transactions')
  await new ApiKeys(source).revoke(revoked.id)
  keys = {
    other: (await make(`${stage.client}-b`, 'transactions')).key,
    reader: (await make(stage.client, 'read')).key,
    revoked: revoked.key,
  }
  await source.destroy()
})
afterAll(() => stage.close())

const payment = (serial: string) => ({ serial, merchant: 'M1', amount: 10_000, paymentMethod: 'qr' })
const doorOf = (apiKey: string) =>
  LijianClient.temporal({
    client: stage.temporalClient,
    clientCode: stage.client,
    apiKey,
    taskQueue: stage.config.taskQueue,
    queryTimeoutMs: 10_000,
  })
const code = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: { code?: string; cause?: { type?: string } }) => error.code ?? error.cause?.type,
  )
const stored = async () =>
  (await stage.sql.query<{ n: number }>('SELECT count(*)::int AS n FROM marketing_transaction')).rows[0]!.n

test('who is not the client asks, reports and reverses nothing in its name', async () => {
  expect(await code(doorOf(keys.other).query(payment('N1')))).toBe('forbidden')
  expect(await code(doorOf(keys.reader).query(payment('N1')))).toBe('forbidden')
  expect(await code(doorOf(keys.revoked).query(payment('N1')))).toBe('unauthenticated')
  expect(await code(doorOf(stage.apiKey.slice(0, -1) + '!').query(payment('N1')))).toBe('unauthenticated')
  expect(await stored()).toBe(0)
  await stage.door.query(payment('N2'))
  expect(await code(doorOf(keys.other).result('N2', { outcome: 'failure' }))).toBe('forbidden')
  expect(await code(doorOf(keys.other).reversal('N2', 'N2-R'))).toBe('forbidden')
  // The right client is heard, also where somebody else has started the flow of its serial.
  expect(await stage.door.reversal('N2', 'N2-R')).toMatchObject({ state: 'reversed' })
})

test('a call without a token, or with the token of another call or another time, is refused', async () => {
  await stage.door.query(payment('N3'))
  const held = stage.temporalClient.workflow.getHandle(transactionWorkflowId(stage.client, 'N3'))
  const confirm = (...args: unknown[]) => code(held.executeUpdate('confirm', { args: args as [unknown] }))
  const paid = { outcome: 'success', paid: 8500 }
  const call = { ask: 'confirm', client: stage.client, serial: 'N3', argument: paid }
  const sign = (change: object = {}, atMs = Date.now()) => signDoorCall(stage.apiKey, { ...call, ...change }, atMs)
  expect(await confirm(paid)).toBe('unauthenticated')
  expect(await confirm(paid, 'dt1.a.1.b')).toBe('unauthenticated')
  const wrong = [{ serial: 'N4' }, { ask: 'query' }, { argument: { outcome: 'failure' } }, { client: 'x' }]
  for (const change of wrong) expect(await confirm(paid, sign(change))).toBe('unauthenticated')
  for (const away of [-600_000, 600_000])
    expect(await confirm(paid, sign({}, Date.now() + away))).toBe('unauthenticated')
  expect(await held.query('state')).toMatchObject({ snapshot: { state: 'held' } })
  // A history holds the token: it is good for the same call only, which has the same answer.
  const token = sign()
  expect(await confirm(paid, token)).toBe('done')
  const history = Buffer.from(JSON.stringify(await held.fetchHistory())).toString()
  expect(history).not.toContain(stage.apiKey)
})

test('a client that is bound to merchants pays at no other, and one with a cap holds no more, over this door too', async () => {
  const { sql, client, door } = stage
  const seen = () => new Promise((resolve) => setTimeout(resolve, 1500))
  await sql.query(`UPDATE client SET merchants = '{M1}', open_holds_max = 1 WHERE code = $1`, [client])
  await seen()
  expect(await code(door.query({ ...payment('B1'), merchant: 'M2' }))).toBe('merchant_not_allowed')
  expect(await door.query(payment('B2'))).toMatchObject({ state: 'held' })
  expect(await door.query(payment('B3'))).toMatchObject({ state: 'no_offer', reasons: [{ reason: 'open_holds' }] })
  expect(await door.result('B2', { outcome: 'failure' })).toMatchObject({ state: 'cancelled' })
  await seen()
  expect(await door.query(payment('B4'))).toMatchObject({ state: 'held' })
})
