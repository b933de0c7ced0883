import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import { encryptedDataConverter } from '@lijian/client'
import { loadConfig, payloadKeysOf } from '@lijian/config'
import { connectionTo } from '@lijian/outbox'
import { testTemporal, type TestTemporal, until } from '@lijian/testing'
import { transactionWorkflowId } from '@lijian/workflow-transaction'
import { Client, Connection, WorkflowUpdateFailedError } from '@temporalio/client'
import type { Payload } from '@temporalio/common'
import { startWorker } from './start'
import { certificates } from './testing/certificates'
import { openStage, type Stage } from './testing/stage'

// A real Temporal server behind TLS that demands a certificate of the client: the development server speaks no TLS itself.
const NAME = 'temporal.test'
let folder: string
let at: (name: string) => string
let temporal: TestTemporal
let door: Server
let address: string
const refusals: string[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lijian-tls-'))
  at = certificates(folder, NAME)
  temporal = await testTemporal()
  const [host, port] = temporal.address.split(':')
  const options = {
    key: readFileSync(at('server.key')),
    cert: readFileSync(at('server.pem')),
    ca: readFileSync(at('ca.pem')),
  }
  door = createServer({ ...options, requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] }, (socket) => {
    const inner = connectTcp(Number(port), host)
    const end = () => void (socket.destroy(), inner.destroy())
    inner.on('error', end).on('close', end).pipe(socket)
    socket.on('error', end).on('close', end).pipe(inner)
  })
  door.on('tlsClientError', (error: Error, socket: TLSSocket) => {
    refusals.push(error.message)
    socket.destroy()
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  address = `127.0.0.1:${(door.address() as { port: number }).port}`
})
afterAll(async () => {
  await new Promise((resolve) => {
    door.close(resolve)
  })
  await temporal.close()
  await rm(folder, { recursive: true, force: true })
})

const tls = () => ({
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: at('ca.pem'),
  TEMPORAL_TLS_CLIENT_CERT_PATH: at('client.pem'),
  TEMPORAL_TLS_CLIENT_KEY_PATH: at('client.key'),
  TEMPORAL_TLS_SERVER_NAME: NAME,
})
const KEYS = `new:${hash('sha256', 'payload')}@2020-01-01,later:${hash('sha256', 'later')}@2999-01-01`

test('outside development the worker does not start without TLS and payload keys, and says what to set', () => {
  const env = {
    ...{ DATABASE_URL: 'postgresql://x@127.0.0.1:1/x', TEMPORAL_ADDRESS: address, LIJIAN_PROFILE: 'cluster' },
    ...{
      LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
      LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
      LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
    },
  }
  const start = (more: object) => () => startWorker(loadConfig({ ...env, ...more }), undefined as never)
  expect(start({})).toThrow(/TEMPORAL_TLS: missing.*TEMPORAL_API_KEY[^]*LIJIAN_PAYLOAD_KEYS: missing/)
  expect(start({ LIJIAN_PAYLOAD_KEYS: KEYS })).toThrow(/^configuration:\n {2}TEMPORAL_TLS: missing[^\n]*$/)
  expect(start(tls())).toThrow(/^configuration:\n {2}LIJIAN_PAYLOAD_KEYS: missing[^\n]*$/)
  const open = { ...tls(), LIJIAN_PAYLOAD_KEYS: KEYS, LIJIAN_CODEC_HOST: '0.0.0.0' }
  expect(start(open)).toThrow(/LIJIAN_CODEC_HOST: is not loopback; set LIJIAN_CODEC_BEARERS/)
})

test('Temporal behind TLS refuses who has no certificate', async () => {
  const { TEMPORAL_TLS_SERVER_CA_CERT_PATH: temporalTlsCa, TEMPORAL_TLS_SERVER_NAME: temporalTlsServerName } = tls()
  const access = { temporalAddress: address, temporalTlsCa, temporalTlsServerName }
  await expect(
    Connection.connect({ ...connectionTo({ temporalAddress: address }), connectTimeout: 2000 }),
  ).rejects.toThrow()
  await expect(Connection.connect({ ...connectionTo(access), connectTimeout: 2000 })).rejects.toThrow()
  expect(refusals.join()).toContain('peer did not return a certificate')
  expect(() => connectionTo({ ...access, temporalTlsCa: '/none.pem' })).toThrow('/none.pem cannot be read: ENOENT')
})

describe('a worker behind both locks', () => {
  let stage: Stage
  beforeAll(async () => {
    const environment = { TEMPORAL_ADDRESS: address, LIJIAN_PROFILE: 'cluster', LIJIAN_PAYLOAD_KEYS: KEYS, ...tls() }
    stage = await openStage({ webhook: true, environment })
  })
  afterAll(() => stage.close())

  const payment = { merchant: 'M1', amount: 10_000, paymentMethod: 'qr' }

  test('carries a payment, over relay and over the Temporal door', async () => {
    await stage.http.query({ serial: 'L1', ...payment })
    await stage.http.result('L1', { outcome: 'success', paid: 8500 })
    // Its receiver is on this machine and speaks plain http, which is for development.
    const errors = () =>
      stage.sql.query<{ error: string }>(`SELECT last_error AS error FROM webhook_delivery WHERE serial = 'L1'`)
    const error = await until(async () => (await errors()).rows[0]?.error)
    expect(error).toBe('not sent: the address is not https')
    expect(stage.receiver.received).toEqual([])
    expect(await stage.door.query({ serial: 'L2', ...payment })).toMatchObject({ state: 'held' })
    expect(await stage.door.result('L2', { outcome: 'failure' })).toMatchObject({ state: 'cancelled' })
  })

  test('plain payloads are refused on the way in: update, signal and start; the flow goes on', async () => {
    await stage.door.query({ serial: 'L3', ...payment, deadlineMs: 10_000 })
    const [key, ...keys] = payloadKeysOf(stage.config)
    const sealing = encryptedDataConverter(key!, ...keys)
    const codec = sealing.payloadCodecs![0]!
    // Reads what is sealed, and seals nothing.
    const careless = { encode: (payloads: Payload[]) => Promise.resolve(payloads), decode: codec.decode.bind(codec) }
    const dataConverter = { ...sealing, payloadCodecs: [careless] }
    const plain = new Client({ connection: stage.temporal.connection, dataConverter }).workflow
    const id = transactionWorkflowId(stage.client, 'L3')
    const held = plain.getHandle(id)
    const said = held.executeUpdate('confirm', { args: [{ outcome: 'success', paid: 8500 }] })
    const refusal = await said.catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(WorkflowUpdateFailedError)
    expect((refusal as WorkflowUpdateFailedError).cause).toMatchObject({ type: 'invalid_request' })
    await held.signal('changed', { state: 'cancelled', version: 99 })
    const other = {
      workflowId: `${id}-start`,
      taskQueue: stage.config.taskQueue,
      args: [{ client: stage.client, serial: 'L4' }],
    }
    const started = await plain.start('marketingTransaction', other)
    const sealed = stage.temporalClient.workflow
    await expect(sealed.getHandle(other.workflowId).result()).rejects.toMatchObject({
      cause: { type: 'invalid_request', message: expect.stringContaining('expected an encrypted payload') as string },
    })
    expect(started.workflowId).toBe(other.workflowId)
    expect(await sealed.getHandle(id).query('state')).toMatchObject({ snapshot: { state: 'held' } })
    expect(await stage.door.result('L3', { outcome: 'success', paid: 8500 })).toMatchObject({ state: 'confirmed' })
  })
})
