import type { ChildProcess } from 'node:child_process'
import type { FlowEvent } from '@lijian/contracts/system'
import { LIMITS } from '@lijian/database'
import { Cable, forkSource, freePort, proxyTo, testTemporal, until, type TestTemporal } from '@lijian/testing'
import { Client, Connection } from '@temporalio/client'
import { defaultPayloadConverter } from '@temporalio/common'
import { Relay, type RelayOptions } from './relay'
import { flowId, flows, Outbox, told } from './testing/outbox'

let temporal: TestTemporal
let outbox: Outbox
const relays: Relay[] = []
const children: ChildProcess[] = []

beforeAll(async () => {
  temporal = await testTemporal()
})
afterAll(() => temporal.close())
beforeEach(async () => {
  outbox = await Outbox.open()
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(relays.splice(0).map((relay) => relay.stop()))
  await outbox.close()
})

let runs = 0
/** Clients are told apart by test: the Temporal server is shared. */
const freshClient = () => `till-${process.pid}-${Date.now().toString(36)}-${++runs}`

function relay(differs: Partial<RelayOptions> = {}): Relay {
  const made = new Relay({
    databaseUrl: outbox.url,
    client: temporal.client,
    taskQueue: 'relay-test',
    flows,
    inFlight: 16,
    ...differs,
  })
  relays.push(made)
  return made
}

/** The arguments of each signal in a workflow's history, in order. */
async function signals(client: string, serial: string): Promise<{ version: number }[][]> {
  const history = await temporal.client.workflow.getHandle(flowId(client, serial)).fetchHistory()
  return (history.events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
    signal ? [(signal.input?.payloads ?? []).map((payload) => defaultPayloadConverter.fromPayload(payload))] : [],
  ) as { version: number }[][]
}
const versions = async (client: string, serial: string) =>
  (await signals(client, serial)).map((args) => args.map(({ version }) => version))
/** Each once, however often it was handed over: where an answer came too late, the relay hands over again. */
const heard = async (client: string, serial: string) => [...new Set((await versions(client, serial)).flat())]

test('a hold and its result that are there together travel in one signal that carries the result', async () => {
  const client = freshClient()
  await outbox.put(
    { snapshot: told({ client, serial: 'S1', version: 1 }), delayMs: 60_000 },
    { snapshot: told({ client, serial: 'S1', version: 2 }) },
  )
  const one = relay()
  one.start()
  await one.drain()
  expect(await versions(client, 'S1')).toEqual([[2]])
})

test('a hold waits for its moment', async () => {
  const client = freshClient()
  await outbox.put({ snapshot: told({ client, serial: 'S1' }), delayMs: 60_000 })
  await outbox.put({ snapshot: told({ client, serial: 'S2' }) })
  const one = relay()
  one.start()
  await until(async () => (await outbox.serials()).length === 1)
  await one.stop()
  expect(await outbox.serials()).toEqual(['S1'])
})

test('an older event that must be kept is not lost behind a newer one', async () => {
  const client = freshClient()
  await outbox.put(
    { snapshot: told({ client, serial: 'S1', version: 1 }) },
    { snapshot: told({ client, serial: 'S1', version: 2, keep: true }) },
    { snapshot: told({ client, serial: 'S1', version: 3 }) },
  )
  const one = relay()
  one.start()
  await one.drain()
  expect(await versions(client, 'S1')).toEqual([[3, 2]])
})

test('events that come one after the other arrive in order', async () => {
  const client = freshClient()
  const one = relay()
  one.start()
  for (const version of [1, 2, 3]) {
    await outbox.put({ snapshot: told({ client, serial: 'S1', version }) })
    await one.drain()
  }
  expect(await versions(client, 'S1')).toEqual([[1], [2], [3]])
})

/** A row that says itself how its flow is told; client and serial order it among its neighbours. */
const event = (client: string, differs: Partial<FlowEvent>) => ({
  ...{
    client,
    serial: 'S1',
    version: 1,
    start: [7],
    summary: 'one of a test',
    attributes: [],
    body: { state: 'done' },
  },
  ...differs,
})

test('a flow that hears nothing after its start starts once, also when it is handed over twice', async () => {
  const client = freshClient()
  const workflowId = `once/${client}`
  const attributes = [{ name: 'LijianState', type: 'KEYWORD' as const, value: 'reversed' }]
  const one = relay()
  one.start()
  for (const _ of [1, 2]) {
    const snapshot = event(client, { signal: 'none', reuse: 'never', attributes })
    await outbox.put({ snapshot, workflowId, workflowType: 'anotherOfATest' })
    await one.drain()
  }
  const { runId, searchAttributes } = await temporal.client.workflow.getHandle(workflowId).describe()
  expect(runId).toBeTruthy()
  expect(searchAttributes).toMatchObject({ LijianState: ['reversed'] })
  const { events } = await temporal.client.workflow.getHandle(workflowId).fetchHistory()
  expect(events?.filter((e) => e.workflowExecutionSignaledEventAttributes)).toEqual([])
  expect(one.stats()).toMatchObject({ delivered: 2, refused: 0 })
})

test('a row that says itself how its flow is told: the newest version and its body', async () => {
  const client = freshClient()
  const row = (differs: Partial<FlowEvent>) => ({ snapshot: event(client, differs), workflowType: 'anotherOfATest' })
  await outbox.put(row({ version: 2, body: { state: 'later' } }), row({ version: 1 }))
  const one = relay()
  one.start()
  await one.drain()
  expect(await signals(client, 'S1')).toEqual([[{ version: 2, body: { state: 'later' } }]])
})

test('two relays at once hand over each transaction once', async () => {
  const client = freshClient()
  const serials = Array.from({ length: 120 }, (_, i) => `S${i}`)
  await outbox.put(...serials.map((serial) => ({ snapshot: told({ client, serial }) })))
  const [one, two] = [relay({ batch: 2 }), relay({ batch: 2 })]
  one.start()
  two.start()
  await one.drain()
  await Promise.all([one.stop(), two.stop()])
  expect(one.stats().delivered + two.stats().delivered).toBe(120)
  const sent = await Promise.all(serials.map((serial) => versions(client, serial)))
  expect(sent.every((signal) => JSON.stringify(signal) === '[[1]]')).toBe(true)
})

test('a relay that is killed in the middle loses nothing', async () => {
  const client = freshClient()
  const serials = Array.from({ length: 150 }, (_, i) => `S${i}`)
  await outbox.put(...serials.map((serial) => ({ snapshot: told({ client, serial }) })))
  const left = [120, 60]
  for (const rows of left) {
    const child = forkSource(require.resolve('./testing/relay-process'), {
      RELAY_DATABASE_URL: outbox.url,
      RELAY_TEMPORAL_ADDRESS: temporal.address,
    })
    children.push(child)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await until(async () => (await outbox.serials()).length <= rows)
    child.kill('SIGKILL')
    await ended
    expect((await outbox.serials()).length).toBeGreaterThan(0)
  }
  const last = relay()
  last.start()
  await last.drain()
  const sent = await Promise.all(serials.map((serial) => versions(client, serial)))
  expect(sent.filter((signal) => signal.length === 0)).toEqual([])
})

test('Temporal away, then back: the outbox keeps what waits and delivers it later', async () => {
  const client = freshClient()
  const port = await freePort()
  const connection = Connection.lazy({ address: `127.0.0.1:${port}` })
  const one = relay({ client: new Client({ connection }), timeoutMs: 500 })
  await outbox.put({ snapshot: told({ client, serial: 'S1' }) }, { snapshot: told({ client, serial: 'S2' }) })
  one.start()
  await until(async () => one.stats().away > 0)
  expect(await outbox.serials()).toEqual(['S1', 'S2'])
  expect(await one.backlog()).toMatchObject({ rows: 2 })
  const proxy = await proxyTo(temporal.address, port)
  await one.drain()
  for (const serial of ['S1', 'S2']) expect(await heard(client, serial)).toEqual([1])
  await one.stop()
  await connection.close()
  await proxy.close()
})

test('a transaction that Temporal refuses keeps its rows and does not block its neighbours', async () => {
  const client = freshClient()
  const lane = 7
  await outbox.put({ snapshot: told({ client, serial: 'POISON' }), workflowType: 'nobodyKnowsThis', lane })
  // A visibility attribute longer than the server takes: refused by the server, not by us.
  await outbox.put({ snapshot: told({ client, serial: 'LONG', merchant: 'M'.repeat(5000) }), lane })
  const neighbours = Array.from({ length: 20 }, (_, i) => `S${i}`)
  await outbox.put(...neighbours.map((serial) => ({ snapshot: told({ client, serial }), lane })))
  const one = relay({ batch: 4 })
  one.start()
  await until(async () => (await outbox.serials()).length === 2)
  expect(await outbox.serials()).toEqual(['POISON', 'LONG'])
  expect(one.stats()).toMatchObject({ delivered: 20, away: 0 })
  expect(one.stats().refused).toBeGreaterThanOrEqual(2)
})

test('lanes of a relay whose connections are dead go to another, and it comes back by itself', async () => {
  const client = freshClient()
  const cable = await Cable.to(outbox.url)
  const { connection, workflow } = temporal.client
  let goOn!: () => void
  const gate = new Promise<void>((resolve) => (goOn = resolve))
  let waiting = 0
  const signalWithStart = async (...asked: Parameters<typeof workflow.signalWithStart>) => {
    waiting++
    await gate
    return workflow.signalWithStart(...asked)
  }
  const sick = relay({
    databaseUrl: cable.url,
    client: { connection, workflow: { signalWithStart } } as unknown as Client,
    limits: { ...LIMITS.relay, statement: 800, silence: 1000, idleInTransaction: 2000 },
  })
  const put = (name: string) =>
    outbox.put(
      ...Array.from({ length: 8 }, (_, lane) => ({ snapshot: told({ client, serial: `${name}${lane}` }), lane })),
    )
  await put('A')
  sick.start()
  await until(async () => waiting === 8)
  // Its 8 lanes are locked by sessions whose client is gone.
  cable.halfOpen()
  goOn()
  const healthy = relay()
  healthy.start()
  await until(async () => (await outbox.serials()).length === 0)
  await healthy.stop()
  await put('B')
  await until(async () => (await outbox.serials()).length === 0)
  expect(waiting).toBeGreaterThanOrEqual(16)
  await sick.stop()
  await cable.close()
})
