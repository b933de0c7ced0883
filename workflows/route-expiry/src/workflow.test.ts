import { join } from 'node:path'
import { recordHistory, replayHistories, testTemporal, testWorkflowBundle, type TestTemporal } from '@lijian/testing'
import { Worker, type WorkflowBundle } from '@temporalio/worker'
import { routeExpiryWorkflowId, WORKFLOW_TYPE } from './contract'

const HISTORIES = join(__dirname, '..', 'histories')
const taskQueue = `route-expiry-${process.pid}-${Date.now()}`

let temporal: TestTemporal
let bundle: WorkflowBundle
beforeAll(async () => {
  temporal = await testTemporal()
  bundle = await testWorkflowBundle(require.resolve('./workflow'))
})
afterAll(() => temporal.close())

/** Each call gets the next of the list; an Error is thrown. */
async function sweep(name: string, found: (number | Error)[]): Promise<{ ended: number; limits: number[] }> {
  const limits: number[] = []
  const worker = await Worker.create({
    connection: temporal.native,
    taskQueue,
    workflowBundle: bundle,
    activities: {
      expireRoutes: async ({ limit }: { limit: number }) => {
        limits.push(limit)
        const next = found.shift()!
        if (next instanceof Error) throw next
        return next
      },
    },
  })
  return worker.runUntil(async () => {
    const workflowId = `${routeExpiryWorkflowId(taskQueue)}/${name}`
    const flow = await temporal.client.workflow.start(WORKFLOW_TYPE, { workflowId, taskQueue, args: [] })
    const ended = await flow.result()
    await recordHistory(temporal.client, workflowId, join(HISTORIES, `${name}.json`))
    return { ended, limits }
  })
}

test('nothing is due: one look', async () => expect(await sweep('nothing', [0])).toEqual({ ended: 0, limits: [500] }))

test('more is due than fits into one round: again, until a round is not full', async () =>
  expect(await sweep('many', [500, 500, 7])).toEqual({ ended: 1007, limits: [500, 500, 500] }))

test('PostgreSQL is away: tried again, and nothing is forgotten', async () =>
  expect(await sweep('away', [500, new Error('PostgreSQL is away'), 3])).toEqual({
    ...{ ended: 503, limits: [500, 500, 500] },
  }))

test('every kept history still fits the code', async () => {
  const results = await replayHistories(HISTORIES, bundle)
  expect(results.map(({ workflowId, error }) => [workflowId, error?.message])).toEqual(
    ['away', 'many', 'nothing'].map((name) => [name, undefined]),
  )
})
