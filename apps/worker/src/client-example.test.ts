import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { transactionWorkflowId } from '@lijian/workflow-transaction'
import { until } from '@lijian/testing'
import { openStage, type Stage } from './testing/stage'

const client = dirname(require.resolve('@lijian/client/package.json'))
const example = join(client, 'src', 'examples', 'one-payment.ts')

type Example = (
  settings: { baseUrl: string; apiKey: string },
  payment: { serial: string; merchant: string; amount: number; pan: string },
  pay: (amountFen: number) => Promise<boolean>,
) => Promise<string>

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('the example of the README of sdk/typescript runs, and the README quotes it word by word', async () => {
  const { onePayment } = (await import(example)) as { onePayment: Example }
  const settings = { baseUrl: stage.apiUrl, apiKey: stage.apiKey }
  const payment = { merchant: 'M1', amount: 10_000, pan: '6227001234567890014' }
  const paid: number[] = []
  const pay = (succeeds: boolean) => async (amountFen: number) => {
    paid.push(amountFen)
    return succeeds
  }
  // An offer of 15.00 off; below 100.00 there is none.
  expect(await onePayment(settings, { ...payment, serial: 'E1' }, pay(true))).toBe('E1: confirmed, 1500 fen off')
  expect(await onePayment(settings, { ...payment, serial: 'E2' }, pay(false))).toBe('E2: cancelled, 1500 fen off')
  expect(await onePayment(settings, { ...payment, serial: 'E3', amount: 9999 }, pay(true))).toBe(
    'E3: no_offer, 0 fen off',
  )
  expect(paid).toEqual([8500, 8500, 9999])
  await until(async () => {
    const handle = stage.temporalClient.workflow.getHandle(transactionWorkflowId(stage.client, 'E1'))
    return (await handle.describe().catch(() => undefined))?.status.name === 'COMPLETED'
  })
  const readme = await readFile(join(client, 'README.md'), 'utf8')
  expect(readme).toContain((await readFile(example, 'utf8')).trim())
})
