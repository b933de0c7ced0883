import { until, workflowStage } from '@lijian/testing'
import { NOW_SIGNAL, RESUME_SIGNAL, SUSPEND_SIGNAL, TICKS_QUERY, type TicksView } from '@lijian/flow-kit'
import { ApplicationFailure } from '@temporalio/common'
import { TICKS_WORKFLOW_TYPE, WORKFLOW_TYPE, type ExpiryEnd } from './contract'

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
    const workflowId = `route-expiry/${taskQueue}/${name}`
    const flow = await stage.client.workflow.start(WORKFLOW_TYPE, { workflowId, taskQueue, args: [] })
    const { payments: ended } = (await flow.result()) as ExpiryEnd
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

describe('once a minute, in one flow', () => {
  const ticking = (name: string, input: object, expireRoutes: () => Promise<number>, body: TickingBody) =>
    stage.play({ expireRoutes }, async () => {
      const workflowId = `ticks/route-expiry/${taskQueue}/${name}`
      const started = await stage.client.workflow.start(TICKS_WORKFLOW_TYPE, { workflowId, taskQueue, args: [input] })
      const flow = stage.client.workflow.getHandle(workflowId)
      const view = () => flow.query<TicksView>(TICKS_QUERY)
      try {
        await body({ flow, view, first: started.firstExecutionRunId })
      } finally {
        await flow.terminate()
      }
    })
  type TickingBody = (it: {
    flow: ReturnType<typeof stage.client.workflow.getHandle>
    view: () => Promise<TicksView>
    first: string
  }) => Promise<void>

  test('what was missed is one round at once; the next comes with the minute, one that is asked for at once', () => {
    let rounds = 0
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString()
    return ticking(
      'missed',
      { after: hourAgo },
      async () => {
        rounds++
        return 2
      },
      async ({ flow, view }) => {
        const { next, last, state } = await until(async () => {
          const now = await view()
          return now.last !== null && now.next !== null && Date.parse(now.next) > Date.now() && now
        })
        expect(state).toBe('ticking')
        expect(last).toMatch(/: 2 payments whose reservation was over$/)
        expect(next).toMatch(/:00\.000Z$/)
        const before = rounds
        await flow.signal(NOW_SIGNAL)
        await until(() => rounds > before)
        // At most the round of a minute that began in the meantime.
        expect(rounds - before).toBeLessThan(3)
        const { raw } = await flow.describe()
        expect(raw.workflowExecutionInfo?.searchAttributes?.indexedFields).toHaveProperty('LijianState')
      },
    )
  })

  test('suspended it does nothing but what is asked for; resumed it goes on', () => {
    let rounds = 0
    const count = async () => {
      rounds++
      return 0
    }
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString()
    return ticking('suspended', { after: hourAgo, suspended: true }, count, async ({ flow, view }) => {
      await until(async () => (await view()).state === 'suspended')
      expect(rounds).toBe(0)
      await flow.signal(NOW_SIGNAL)
      await until(() => rounds === 1)
      expect(await view()).toMatchObject({ state: 'suspended' })
      await flow.signal(RESUME_SIGNAL)
      await until(async () => (await view()).state === 'ticking')
      await flow.signal(SUSPEND_SIGNAL)
      await until(async () => (await view()).state === 'suspended')
    })
  })

  test('a round that is refused for good does not end it, and another run goes on where this one stopped', () => {
    let rounds = 0
    const refused = async () => {
      if (++rounds === 1) throw ApplicationFailure.nonRetryable('refused')
      return 5
    }
    return ticking('run', { roundsInARun: 2 }, refused, async ({ flow, view, first }) => {
      await flow.signal(NOW_SIGNAL)
      await until(async () => (await view()).last?.includes('refused'))
      await flow.signal(NOW_SIGNAL)
      await until(async () => (await flow.describe()).runId !== first)
      expect(await view()).toMatchObject({ state: 'ticking', last: expect.stringContaining('5 payments') })
      const before = stage.client.workflow.getHandle(flow.workflowId, first)
      expect((await before.describe()).status.name).toBe('CONTINUED_AS_NEW')
      await stage.record(flow.workflowId, 'ticks', first)
    })
  })
})

test('every kept history still fits the code', async () => {
  expect(await stage.replayed()).toEqual(['away', 'many', 'nothing', 'ticks'])
})
