import { Cable } from '@lijian/testing'
import type { Admission } from './admission'
import { Lanes, outcomes, take } from './testing/lane'

let lanes: Lanes
let cable: Cable
let lane: Admission
beforeEach(async () => {
  lanes = await Lanes.open()
  cable = await Cable.to(lanes.url)
  lane = lanes.lane({ databaseUrl: cable.url })
  await lane.warm()
})
afterEach(async () => {
  cable.mend()
  cable.thaw()
  await lanes.close()
  await cable.close()
})

/** Every told place is taken; of the untold, as many as may have been committed. */
async function expectTaken(key: string, told: readonly string[]): Promise<void> {
  const used = await lanes.used(key)
  const taken = told.filter((one) => one === 'taken').length
  expect(used).toBeGreaterThanOrEqual(taken)
  expect(used).toBeLessThanOrEqual(told.length)
}
const eventually = async (isSo: () => boolean, ms: number): Promise<number> => {
  const started = performance.now()
  while (!isSo()) {
    if (performance.now() - started > ms) throw new Error(`not within ${ms} ms`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return performance.now() - started
}

test('a lost reply: its own batch is unavailable, and nobody else', async () => {
  const told: string[] = []
  for (let round = 0; round < 8; round++) {
    let toLose = round % 2
    cable.loseReply((bytes) => bytes.includes('businessDate') && toLose-- > 0)
    const first = outcomes([lane.run(take('K'))])
    // Past the turn of the event loop in which the first batch leaves.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    const others = outcomes(Array.from({ length: 5 }, () => lane.run(take('K'))))
    const batches = [await first, await others]
    const lost = batches.filter((batch) => batch.every((one) => one === 'unavailable'))
    // Whichever of the two answered first.
    expect(lost).toHaveLength(round % 2)
    told.push(...batches.flat())
    // A busy machine may need longer for the answer than the half second after which PostgreSQL counts as away.
    await eventually(() => !lane.isAway, 10_000)
  }
  expect(cable.lostReplies).toBe(4)
  // PostgreSQL had done it: whoever asked is told "unavailable", and undoes it.
  expect(await lanes.used('K')).toBe(told.length)
})

test('dead connections that nobody reports: new ones are used as soon as the first is found out', async () => {
  cable.halfOpen()
  const hanging = outcomes([lane.run(take('K'))])
  const started = performance.now()
  const answers: string[] = []
  while (answers.at(-1) !== 'taken' && performance.now() - started < 10_000) {
    answers.push(...(await outcomes([lane.run(take('K'))])))
  }
  expect(performance.now() - started).toBeLessThan(6000)
  await expectTaken('K', [...answers, ...(await hanging)])
  for (let i = 0; i < 8; i++) expect(await outcomes([lane.run(take('L'))])).toEqual(['taken'])
})

test('a server that is slow to begin: the probe waits, and what can wait is written', async () => {
  cable.cut()
  expect(await outcomes([lane.run(take('K'))])).toEqual(['unavailable'])
  await eventually(() => lane.isAway, 10_000)
  cable.mend()
  cable.slowStart(1500)
  await eventually(() => !lane.isAway, 10_000)
  expect(await outcomes([lane.run(take('K')), lane.run(take('K'))])).toEqual(['taken', 'taken'])
  expect(lane.isAway).toBe(false)
  expect(await lanes.used('K')).toBe(2)
})

test('refused: everybody is told at once, and it works again when PostgreSQL is back', async () => {
  cable.cut()
  const started = performance.now()
  const told = await outcomes(Array.from({ length: 100 }, () => lane.run(take('K'))))
  expect(new Set(told)).toEqual(new Set(['unavailable']))
  expect(performance.now() - started).toBeLessThan(1000)
  await eventually(() => lane.isAway, 10_000)
  cable.mend()
  await eventually(() => !lane.isAway, 10_000)
  expect(await outcomes([lane.run(take('K'))])).toEqual(['taken'])
})

test('every connection is taken by somebody else: what waits stays in the queue and goes on', async () => {
  const taken = await Promise.all(Array.from({ length: 4 }, () => lane.pool.connect()))
  const works = Array.from({ length: 10 }, () => lane.run(take('K')))
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(lane.isAway).toBe(false)
  for (const client of taken) client.release()
  expect(new Set(await outcomes(works))).toEqual(new Set(['taken']))
  expect(await lanes.used('K')).toBe(10)
})

test('a checkout that timed out puts its batch back', async () => {
  const taken = await Promise.all(Array.from({ length: 4 }, () => lane.pool.connect()))
  lane.pool.options.connectionTimeoutMillis = 200
  let isOver = false
  const works = Array.from({ length: 5 }, () => lane.run(take('K')))
  const late = lane.run({ ...take('K'), abandoned: () => isOver })
  await new Promise((resolve) => setTimeout(resolve, 500))
  isOver = true
  for (const client of taken) client.release()
  expect(await outcomes(works)).toEqual(works.map(() => 'taken'))
  expect(await Promise.race([late, Promise.resolve('dropped')])).toBe('dropped')
  expect(await lanes.used('K')).toBe(5)
})

test('a statement that takes too long is not PostgreSQL away', async () => {
  const slow = lanes.lane({ databaseUrl: `${lanes.url}?statement_timeout=300` })
  await outcomes([slow.run(take('K'))])
  await lanes.sql.query(
    `CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1); RETURN NULL; END $$`,
  )
  await lanes.sql.query('CREATE TRIGGER dawdles AFTER UPDATE ON counter FOR EACH STATEMENT EXECUTE FUNCTION dawdle()')
  expect(await outcomes([slow.run(take('K'))])).toEqual(['unavailable'])
  expect(slow.isAway).toBe(false)
  await lanes.sql.query('DROP TRIGGER dawdles ON counter')
  expect(await outcomes([slow.run(take('K'))])).toEqual(['taken'])
  expect(await lanes.used('K')).toBe(2)
})

test.each<[string, () => void]>([
  ['cut', () => cable.cut()],
  ['frozen', () => cable.freeze()],
])(
  'closes in time while PostgreSQL is %s, and tells whoever waits',
  async (_how, break_) => {
    break_()
    const works = outcomes(Array.from({ length: 10 }, () => lane.run(take('K'))))
    const started = performance.now()
    await lane.close()
    expect(performance.now() - started).toBeLessThan(9500)
    expect(new Set(await works)).toEqual(new Set(['unavailable']))
  },
  180_000,
)
