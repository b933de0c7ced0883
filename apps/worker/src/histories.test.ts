import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { testTemporal, until, type TestTemporal } from '@lijian/testing'
import { transactionWorkflowId } from '@lijian/workflow-transaction'
import { WorkflowNotFoundError } from '@temporalio/client'
import { forgetting } from './activities/erasure'

let temporal: TestTemporal
beforeAll(async () => void (temporal = await testTemporal()))
afterAll(() => temporal.close())

const client = `C'${randomUUID()}`
/** Nobody works on its queue, so it runs until it is ended. */
const start = (serial: string) =>
  temporal.client.workflow.start('marketingTransaction', {
    workflowId: transactionWorkflowId(client, serial),
    taskQueue: `nobody-${client}`,
    args: [{ card: 'cd_of_somebody' }],
  })
const listed = async (serial: string) => {
  const query = `WorkflowId = "${transactionWorkflowId(client, serial)}"`
  return (await temporal.client.workflow.count(query)).count
}

/** It takes Temporal half a minute. */
async function gone(forget: () => Promise<{ going: number }>): Promise<void> {
  while ((await forget()).going > 0) await sleep(1000)
}

test('Temporal removes every run that is closed, and one that is open stays and is told', async () => {
  const runs = []
  for (let n = 0; n < 3; n++) {
    const handle = await start('TWICE')
    runs.push({ handle, runId: handle.firstExecutionRunId })
    await handle.terminate()
  }
  await start('OPEN')
  const other = await start('OTHER')
  await other.terminate()
  await until(async () => (await listed('TWICE')) === 3)

  const forget = forgetting({ connection: temporal.connection, namespace: 'default' })
  const payments = ['TWICE', 'OPEN', 'NEVER'].map((serial) => [client, serial] as const)
  const first = await forget(payments)
  expect(first).toEqual({ found: 4, open: 1, going: 3, keptDays: expect.any(Number) })
  expect(first.keptDays).toBeGreaterThan(0)
  // Told to remove again what it removes already, Temporal says yes again.
  await gone(() => forget(payments))
  for (const { handle, runId } of runs) {
    const one = temporal.client.workflow.getHandle(handle.workflowId, runId)
    await expect(one.fetchHistory()).rejects.toThrow('NOT_FOUND')
  }
  await until(async () => (await listed('TWICE')) === 0)
  expect((await other.fetchHistory()).events).not.toEqual([])

  const open = temporal.client.workflow.getHandle(transactionWorkflowId(client, 'OPEN'))
  expect((await open.fetchHistory()).events).not.toEqual([])
  await open.terminate()
  expect(await forget(payments)).toMatchObject({ found: 1, open: 0, going: 1 })
  await gone(() => forget(payments))
  await expect(open.describe()).rejects.toThrow(WorkflowNotFoundError)
  expect(await forget(payments)).toMatchObject({ found: 0, open: 0, going: 0 })
}, 240_000)
