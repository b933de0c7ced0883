import type { ErasurePlace } from '@lijian/contracts/people'
import { workflowStage } from '@lijian/testing'
import { erasureWorkflowId, WORKFLOW_TYPE, type PlaceDone } from './contract'

const stage = workflowStage('erasure', __dirname)
const { taskQueue } = stage

type Told = Partial<Record<ErasurePlace, (Partial<PlaceDone> | Error)[]>>
const asked: string[] = []
beforeEach(() => void (asked.length = 0))

/** Each place answers the next of its list, and is done when the list is over. */
const activities = (told: Told) => ({
  erasePlace: async ({ place }: { place: ErasurePlace }): Promise<PlaceDone> => {
    asked.push(place)
    const next = told[place]?.shift() ?? {}
    if (next instanceof Error) throw next
    return { place, state: 'done', rows: 1, ...next }
  },
  certifyErasure: async () => {
    asked.push('certificate')
    return 'ab'.repeat(32)
  },
})

/** Others on the same server have erasures of the same number. */
let n = Date.now() % 1e12
const erased = (name: string, told: Told) =>
  stage.play(activities(told), async () => {
    const id = ++n
    const workflowId = erasureWorkflowId(id)
    const args = [{ erasure: id, lookEveryMs: 20 }]
    const result = await stage.client.workflow.execute(WORKFLOW_TYPE, { workflowId, taskQueue, args })
    await stage.record(workflowId, name)
    return result
  })

const ALL = ['groups', 'books', 'decisions', 'bills', 'flows']

test('every place once, in order, and then the certificate; PostgreSQL was away before', async () => {
  expect(await erased('done', { groups: [new Error('PostgreSQL is away')] })).toEqual({
    state: 'certified',
    sha256: 'ab'.repeat(32),
    rows: expect.any(Number),
  })
  expect(asked).toEqual(['groups', ...ALL, 'certificate'])
})

test('a place that the law keeps, and a payment that is not over, are waited for; the others are not asked again', async () => {
  const held = { state: 'waits', rows: 0, until: '2027-12-31', untilMs: 1 } as const
  const open = { state: 'waits', rows: 0, open: 2 } as const
  const early = { state: 'waits', rows: 0 } as const
  await erased('waited', { books: [open, open], bills: [early, early, held], flows: [early, early] })
  expect(asked.slice(0, 5)).toEqual(ALL)
  expect(asked.filter((place) => place === 'groups' || place === 'decisions')).toHaveLength(2)
  expect(asked.filter((place) => place === 'books')).toHaveLength(3)
  expect(asked.filter((place) => place === 'bills')).toHaveLength(4)
  expect(asked.at(-1)).toBe('certificate')
})

test('every recorded history replays', async () => {
  expect(await stage.replayed()).toEqual(['done', 'waited'])
})
