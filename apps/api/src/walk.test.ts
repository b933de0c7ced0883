import fc from 'fast-check'
import { campaign, merchant } from './testing/documents'
import { FOUND } from './testing/walk/cases'
import { operations, type Operation } from './testing/walk/operations'
import { requests, type WalkRequest } from './testing/walk/request'
import { Walker } from './testing/walk/walker'
import { testApi, type TestApi } from './testing/test-api'
import { routing } from './testing/twice-requests'
import { Scene } from './testing/twice-scene'

/**
 * Walks the committed OpenAPI document: random and boundary requests for each operation with each kind of key. `LIJIAN_WALK=<seed>` walks
 * other requests; `./lijian test --thorough` walks more, by a seed of the day.
 */
const SCALE = Number(process.env.LIJIAN_TEST_FC_SCALE ?? 1)
const SEED = Number(process.env.LIJIAN_WALK ?? (SCALE > 1 ? Date.now() % 2 ** 31 : 20_261_201))
/** Of an operation: with all scopes, with each single scope that opens it, with each key that does not. */
const RUNS = { all: 20, one: 4, refused: 1 }

let api: TestApi
let scene: Scene
let walker: Walker
beforeAll(async () => {
  api = await testApi()
  scene = await Scene.open(api)
  await scene.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await scene.agreed('maker', 'PUT', '/v1/partners/CCB', { name: 'CCB' })
  await scene.ask('maker', 'PUT', '/v1/card-groups/VIP', { code: 'VIP', name: 'VIP', bins: ['622166'] })
  await scene.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign({ budget: { amount: 100_000_000 } }))
  await scene.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
  await scene.agreed('maker', 'PUT', '/v1/routing', routing('first'))
  await scene.pay('PAID-1')
  await scene.hold('HELD-1')
  await scene.route('ROUTE-1')
  await scene.proposal('CCB')
  await scene.case('PAID-1')
  walker = await Walker.open(api)
})
afterAll(async () => {
  if (walker === undefined) return
  process.stdout.write(
    `walk: ${operations.length} operations × ${Object.keys(walker.keys).length} keys, ${walker.requests} requests, ${walker.slow} slow ones sent again, seed ${SEED}\n`,
  )
  await walker.close()
  await scene.sql.end()
  await api.stop()
})

const named = (id: string) => operations.find((one) => one.id === id)!

test('the document names every operation once, with scopes', () => {
  expect(operations.length).toBeGreaterThan(100)
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length)
})

test('what walks have found once is mended', async () => {
  for (const { operation, key, request, why } of FOUND) {
    await walker.forgetChanges()
    expect({ why, faults: await walker.faultsOf(named(operation), key, request) }).toEqual({ why, faults: [] })
  }
})

/** What is wrong, smallest request first. */
async function walk(operation: Operation, key: string, numRuns: number): Promise<string | undefined> {
  let faults: string[] = []
  let running: Promise<unknown> = Promise.resolve()
  const isRight = async (request: WalkRequest) => {
    await walker.forgetChanges()
    const found = await walker.faultsOf(operation, key, request)
    if (found.length > 0) faults = found
    return found.length === 0
  }
  const property = fc.asyncProperty(requests(operation), (request) => {
    const one = isRight(request)
    running = one
    return one
  })
  const { failed, counterexample } = await fc.check(property, { numRuns, seed: SEED, interruptAfterTimeLimit: 20_000 })
  // fast-check leaves at its time limit, with a request on its way: what that one changes is not the next operation's doing.
  await running
  return failed
    ? `${faults.join('; ')}\n  ${JSON.stringify({ operation: operation.id, key, request: counterexample?.[0] })}`
    : undefined
}

/** All refused, so they may go at once, and nothing at all may change. */
async function refused(operation: Operation, keys: string[]): Promise<string[]> {
  const some = fc.sample(requests(operation), { numRuns: Math.ceil(keys.length * RUNS.refused * SCALE), seed: SEED })
  await walker.forgetChanges()
  const found: string[] = []
  await Promise.all(
    some.map(async (request, i) => {
      const key = keys[i % keys.length]!
      for (const fault of await walker.faultsOf(operation, key, request, { alone: false }))
        found.push(`${fault}\n  ${JSON.stringify({ operation: operation.id, key, request })}`)
    }),
  )
  return [...found, ...(await walker.changes())]
}

test.each(operations.map((one) => [one.id, one] as const))('%s', async (_id, operation) => {
  const closed = Object.keys(walker.keys).filter((key) => walker.refusalOf(operation, key) !== undefined)
  const found = closed.length === 0 ? [] : await refused(operation, closed)
  for (const key of Object.keys(walker.keys).filter((one) => !closed.includes(one))) {
    const fault = await walk(operation, key, key === 'all' ? RUNS.all : RUNS.one)
    if (fault !== undefined) found.push(fault)
  }
  expect(found.join('\n')).toBe('')
})
