import { randomBytes } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { testDatabase } from '@lijian/testing'
import { KeyList, onlyKey, Sealer, verifyStandardWebhook, verifyWebhook } from '@lijian/privacy'
import type { FinalState } from '@lijian/workflow-transaction'
import { Pool } from 'pg'
import { ClientBook, deliverWebhook } from '@lijian/notifications'
import { Receiver } from './testing/receiver'

const sealer = new Sealer(new KeyList(onlyKey(randomBytes(32)), Date.now), () => randomBytes(12))
let pool: Pool
let drop: () => Promise<void>
let receiver: Receiver

beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  pool = new Pool({ connectionString: database.url })
  pool.on('error', () => undefined)
})
beforeEach(async () => {
  receiver = await new Receiver().open()
})
afterEach(() => receiver.close())
afterAll(async () => {
  await pool.end()
  await drop()
})

let clients = 0
async function client(url: string | null): Promise<string> {
  const code = `till-${++clients}`
  await pool.query(`INSERT INTO client (code, name, webhook_url, webhook_secret) VALUES ($1, 'till', $2, 'whsec')`, [
    code,
    url,
  ])
  return code
}
const final = (code: string, differs: Partial<FinalState> = {}): FinalState => ({
  about: 'transaction',
  client: code,
  serial: 'S1',
  version: 2,
  state: 'confirmed',
  merchant: 'M1',
  amountFen: 10000,
  discountFen: 1500,
  payableFen: 8500,
  feeFinalFen: 51,
  offers: ['FOOD'],
  businessDate: '2026-11-23',
  ...differs,
})
const deliver = (state: FinalState) =>
  deliverWebhook(state, { pool, clients: new ClientBook(pool, sealer), timeoutMs: 300, inside: true })
async function kept(code: string) {
  const { rows } = await pool.query(
    `SELECT serial, version, attempts, last_error AS error, delivered_at IS NOT NULL AS delivered
     FROM webhook_delivery WHERE client = $1 ORDER BY serial, version`,
    [code],
  )
  return rows as unknown[]
}

test('the body is what DESIGN calls the answer, in fen', async () => {
  await deliver(final(await client(receiver.url)))
  expect(receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    {
      type: 'transaction',
      serial: 'S1',
      version: 2,
      state: 'confirmed',
      merchant: 'M1',
      amount: 10000,
      discount: 1500,
      payable: 8500,
      fee: { final: 51 },
      offers: ['FOOD'],
      businessDate: '2026-11-23',
    },
  ])
})

test('a final state is delivered once, whoever asks again', async () => {
  const code = await client(receiver.url)
  await deliver(final(code))
  await deliver(final(code))
  expect(receiver.received).toHaveLength(1)
  expect(await kept(code)).toEqual([{ serial: 'S1', version: 2, attempts: 1, error: null, delivered: true }])
})

test('a reversal of the same serial is another notification', async () => {
  const code = await client(receiver.url)
  await deliver(final(code))
  await deliver(final(code, { about: 'reversal', originalSerial: 'S0', state: 'reversed' }))
  expect(receiver.received).toHaveLength(2)
})

test.each([
  [500, 'the receiver answered 500'],
  [301, 'the receiver answered 301'],
])('an answer of %i is a failed attempt', async (status, error) => {
  const code = await client(receiver.url)
  receiver.status = status
  await expect(deliver(final(code))).rejects.toThrow(error)
  await expect(deliver(final(code))).rejects.toThrow(error)
  expect(await kept(code)).toEqual([{ serial: 'S1', version: 2, attempts: 2, error, delivered: false }])
})

test('a receiver that is away, and one that says nothing', async () => {
  const away = await client('http://127.0.0.1:1/')
  await expect(deliver(final(away))).rejects.toThrow('not reached')
  const sockets: Socket[] = []
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
  const { port } = silent.address() as { port: number }
  const code = await client(`http://127.0.0.1:${port}/`)
  await expect(deliver(final(code))).rejects.toThrow('no answer within 300 ms')
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => silent.close(resolve))
})

test('a client without a webhook any more is left alone', async () => {
  const code = await client(null)
  await deliver(final(code))
  expect(await kept(code)).toEqual([])
})

test('while one secret follows the other both sign, and a receiver that knows either is content', async () => {
  const secrets = ['whsec_' + randomBytes(32).toString('base64'), 'the-secret-of-before']
  const code = await client(receiver.url)
  const [now, before] = secrets.map((secret) => sealer.seal(secret, `client/${code}/webhook`))
  const sent = async (until: string) => {
    await pool.query(
      `UPDATE client SET webhook_secret = NULL, webhook_sealed = $2, webhook_sealed_before = $3, webhook_before_until = now() + $4::interval WHERE code = $1`,
      [code, now, before, until],
    )
    await deliver(final(code, { version: ++versions }))
    const { headers, body } = receiver.received.at(-1)!
    const standard = headers as Parameters<typeof verifyStandardWebhook>[1]
    const clock = { nowSeconds: Number(headers['webhook-timestamp']) }
    return secrets.map((secret) => [
      verifyStandardWebhook(secret, standard, body, clock),
      verifyWebhook(secret, headers['lijian-signature']!, body, clock),
    ])
  }
  expect(await sent('1 hour')).toEqual([[true, true], [true, true]]) // prettier-ignore
  expect(await sent('-1 second')).toEqual([[true, true], [false, false]]) // prettier-ignore
})

test('a secret under a key that is not there fails the attempt, and it is tried again', async () => {
  const code = await client(receiver.url)
  const other = new Sealer(new KeyList(onlyKey(randomBytes(32), 'lost'), Date.now), () => randomBytes(12))
  await pool.query('UPDATE client SET webhook_secret = NULL, webhook_sealed = $2 WHERE code = $1', [
    code,
    other.seal('the-secret-of-before', `client/${code}/webhook`),
  ])
  await expect(deliver(final(code))).rejects.toThrow('key "lost", which is not in LIJIAN_ACCOUNT_KEY')
  expect(receiver.received).toEqual([])
})

let versions = 10
