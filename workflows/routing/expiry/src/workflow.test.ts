import { workflowStage } from '@lijian/testing'
import { routeExpiryWorkflowId, WORKFLOW_TYPE } from './contract'

const stage = workflowStage('route-expiry', __dirname)
const { taskQueue } = stage

/** Each call gets the next of the list; an Error is thrown. */
async function sweep(name: string, found: (number | Error)[]): Promise<{ ended: number; limits: number[] }> {
  const limits: number[] = []
  const activities = {
    expireRoutes: async ({ limit }: { limit: number }) => {
      limits.push(limit)
      const next = found.shift()!
      if (next instanceof Error) throw next
      return next
    },
  }
  return stage.play(activities, async () => {
    const workflowId = `${routeExpiryWorkflowId(taskQueue)}/${name}`
    const flow = await stage.client.workflow.start(WORKFLOW_TYPE, { workflowId, taskQueue, args: [] })
    const ended = await flow.result()
    await stage.record(workflowId, name)
    return { ended, limits }
  })
}

test('nothing is due: one look', async () => expect(await sweep('nothing', [0])).toEqual({ ended: 0, limits: [500] }))

test('more is due than fits into one round: again, until a round is not full', async () =>
  expect(await sweep('many', [500, 500, 7])).toEqual({ ended: 1007, limits: [500, 500, 500] }))

test('PostgreSQL is away: tried again, and nothing is forgotten', async () =>
  expect(await sweep('away', [500, new Error('PostgreSQL is away'), 3])).toEqual({
    ended: 503,
    limits: [500, 500, 500],
  }))

test('every kept history still fits the code', async () => {
  expect(await stage.replayed()).toEqual(['away', 'many', 'nothing'])
})
