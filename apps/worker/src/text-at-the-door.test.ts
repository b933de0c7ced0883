import { hash } from 'node:crypto'
import { encryptedDataConverter } from '@lijian/client'
import { signDoorCall } from '@lijian/privacy'
import { transactionWorkflowId } from '@lijian/workflow-transaction'
import { WithStartWorkflowOperation, Client, WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client'
import type { Payload } from '@temporalio/common'
import { openStage, type Stage } from './testing/stage'

/** 张三 in GBK; a client of another language may write such bytes into its JSON. */
const GBK = Buffer.from([0xd5, 0xc5, 0xc8, 0xfd])
const HERE = '@gbk@'
const CUT = '@cut@'

/** Writes what this client cannot say: other bytes where a text has `@gbk@`, half of the JSON where it has `@cut@`. */
const badBytes = (payload: Payload): Payload => {
  let data = Buffer.from(payload.data ?? [])
  for (let at = data.indexOf(HERE); at >= 0; at = data.indexOf(HERE))
    data = Buffer.concat([data.subarray(0, at), GBK, data.subarray(at + HERE.length)])
  const cut = data.indexOf(CUT)
  return { ...payload, data: cut < 0 ? data : data.subarray(0, cut) }
}
const careless = {
  encode: (payloads: Payload[]) => Promise.resolve(payloads.map(badBytes)),
  decode: (payloads: Payload[]) => Promise.resolve(payloads),
}

describe.each([
  ['encrypted', hash('sha256', 'payload')],
  ['plain', undefined],
])('%s payloads', (_name, payloadKey) => {
  let stage: Stage
  let client: Client
  beforeAll(async () => {
    stage = await openStage(payloadKey === undefined ? {} : { payloadKey })
    const encryption = payloadKey === undefined ? {} : encryptedDataConverter(Buffer.from(payloadKey, 'hex'))
    const payloadCodecs = [careless, ...(encryption.payloadCodecs ?? [])]
    client = new Client({ connection: stage.temporal.connection, dataConverter: { ...encryption, payloadCodecs } })
  })
  afterAll(() => stage.close())

  const start = (serial: string) =>
    new WithStartWorkflowOperation('marketingTransaction', {
      workflowId: transactionWorkflowId(stage.client, serial),
      taskQueue: stage.config.taskQueue,
      args: [{ client: stage.client, serial }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    })
  const update = (serial: string, ask: string, [argument]: unknown[]): Promise<unknown> => {
    const token = signDoorCall(stage.apiKey, { ask, client: stage.client, serial, argument }, Date.now())
    return client.workflow.executeUpdateWithStart(ask, {
      args: [argument, token],
      startWorkflowOperation: start(serial),
    })
  }
  const refusal = async (call: Promise<unknown>): Promise<unknown> => {
    const error: unknown = await call.catch((failure: unknown) => failure)
    if (!(error instanceof WorkflowUpdateFailedError) && !(error instanceof WorkflowFailedError)) throw error
    const cause = error.cause as Error & { type?: string }
    return `${cause.type}: ${cause.message}`
  }
  const payment = { merchant: 'M1', amount: 10_000, paymentMethod: 'qr' }

  test.each`
    wrong                                      | says
    ${{ terminal: HERE }}                      | ${'terminal: expected JSON in UTF-8'}
    ${{ facts: ['new_customer', `x${HERE}`] }} | ${'facts[1]: expected JSON in UTF-8'}
    ${{ terminal: CUT }}                       | ${'expected JSON in UTF-8'}
    ${{ terminal: 'T\u0000' }}                 | ${'terminal: expected text without control characters'}
    ${{ terminal: 'T\u0085' }}                 | ${'terminal: expected text without control characters'}
    ${{ terminal: 'T\ud800' }}                 | ${'terminal: expected text without control characters'}
    ${{ terminal: 'T', [`x${HERE}`]: 1 }}      | ${'?: expected JSON in UTF-8'}
  `('a query is refused: $says', async ({ wrong, says }) => {
    const serial = `W${Math.random()}`
    const said = await refusal(update(serial, 'query', [{ ...payment, ...(wrong as object) }]))
    expect(said).toMatch(`invalid_request: ${says as string}`)
    expect(await client.workflow.getHandle(transactionWorkflowId(stage.client, serial)).result()).toMatchObject({
      state: 'no_offer',
    })
  })

  test('a held payment outlives a result, a reversal and a signal that are refused', async () => {
    const id = transactionWorkflowId(stage.client, 'K1')
    await update('K1', 'query', [{ ...payment, deadlineMs: 10_000 }])
    const held = client.workflow.getHandle(id)
    await held.signal('changed', { state: 'cancelled', merchant: HERE, version: 99 })
    await held.signal('changed', { state: 'cancelled', merchant: CUT, version: 99 })
    const result = { outcome: 'success', paid: 8500, upstreamSerial: HERE }
    expect(await refusal(update('K1', 'confirm', [result]))).toBe(
      'invalid_request: upstreamSerial: expected JSON in UTF-8',
    )
    expect(await held.query('state')).toMatchObject({ snapshot: { state: 'held' } })
    expect(await update('K1', 'confirm', [{ ...result, upstreamSerial: '张三' }])).toMatchObject({ state: 'confirmed' })
    expect(await held.result()).toMatchObject({ state: 'confirmed' })
    const undo = client.workflow.start('reverseTransaction', {
      workflowId: `reversal/${stage.client}/K1-R`,
      taskQueue: stage.config.taskQueue,
      args: [{ kind: 'reversal', client: stage.client, serial: 'K1-R', originalSerial: `K1${HERE}` }],
    })
    expect(await refusal((await undo).result())).toBe('invalid_request: originalSerial: expected JSON in UTF-8')
  })

  test('a start whose input was cut off fails and is not tried for ever', async () => {
    const cut = await client.workflow.start('marketingTransaction', {
      workflowId: transactionWorkflowId(stage.client, 'K2'),
      taskQueue: stage.config.taskQueue,
      args: [{ client: stage.client, serial: CUT }],
    })
    expect(await refusal(cut.result())).toBe('invalid_request: expected JSON in UTF-8')
  })
})
