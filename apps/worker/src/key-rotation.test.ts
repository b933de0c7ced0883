import { hash } from 'node:crypto'
import { LijianClient, type Payment } from '@lijian/client'
import { cardToken, customerToken, identityToken } from '@lijian/privacy'
import { openStage, type Stage } from './testing/stage'

const [OLD, NEW] = ['token of before', 'token'].map((name) => Buffer.from(hash('sha256', name), 'hex')) as [Buffer, Buffer] // prettier-ignore
const PAN = '6222021234567890128'
const PHONE = '13800000000'

let stage: Stage
beforeAll(async () => {
  const list = `${OLD.toString('hex')},new:${NEW.toString('hex')}@2020-01-01`
  stage = await openStage({ environment: { LIJIAN_TOKEN_KEY: list } })
})
afterAll(() => stage.close())

const factsOf = async (serial: string) => {
  const { rows } = await stage.sql.query<{ facts: Record<string, unknown> }>(
    `SELECT (record -> 'facts') - 'at' AS facts FROM marketing_transaction WHERE serial = $1`,
    [serial],
  )
  return rows[0]!.facts
}

test('both doors know card, customer and identities under each token key', async () => {
  const door = LijianClient.temporal({
    client: stage.temporalClient,
    clientCode: stage.client,
    apiKey: stage.apiKey,
    taskQueue: stage.config.taskQueue,
    tokenKey: [NEW, OLD],
    queryTimeoutMs: 10_000,
  })
  const payment = { merchant: 'M1', amount: 10_000, paymentMethod: 'qr', card: { pan: PAN }, customer: '张三', identities: { phone: PHONE } } // prettier-ignore
  await stage.http.query({ ...payment, serial: 'H' } as Payment)
  await door.query({ ...payment, serial: 'T' } as Payment)
  const facts = await factsOf('H')
  expect(await factsOf('T')).toEqual(facts)
  expect(facts).toMatchObject({ cardToken: cardToken(NEW, PAN), customerToken: customerToken(NEW, '张三') })
  expect(facts['earlier']).toEqual({
    [cardToken(NEW, PAN)]: [cardToken(OLD, PAN)],
    [customerToken(NEW, '张三')]: [customerToken(OLD, '张三')],
    [identityToken(NEW, 'phone', PHONE)]: [identityToken(OLD, 'phone', PHONE)],
  })
})
