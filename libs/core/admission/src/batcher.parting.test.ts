import { Client } from 'pg'
import type { Admission } from './admission'
import { Lanes, outcomes, say, take } from './testing/lane'

let lanes: Lanes
let lane: Admission
beforeEach(async () => {
  lanes = await Lanes.open()
  lane = lanes.lane()
})
afterEach(() => lanes.close())

const soon = <T>(answer: Promise<T>, ms: number): Promise<T | 'late'> =>
  Promise.race([answer, new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), ms))])

describe('a decision that cannot be written', () => {
  test.each<[string, string]>([
    ['U+0000', 'a\u0000b'],
    ['half of a surrogate pair', '\ud800'],
  ])('%s: it alone is refused, wherever it stands in the batch', async (_what, text) => {
    for (const place of [0, 7, 19]) {
      const works = Array.from({ length: 20 }, (_, i) =>
        lane.run(i === place ? say(text, `bad-${place}`) : say('fine', `good-${place}-${i}`)),
      )
      const told = await outcomes(works)
      expect(told.filter((one) => one === 'taken')).toHaveLength(19)
      expect(told[place]).toBe('invalid_request')
      expect(await lanes.used(`bad-${place}`)).toBe(0)
    }
    const { rows } = await lanes.sql.query<{ n: number }>('SELECT count(*)::int AS n FROM outbox')
    expect(rows).toEqual([{ n: 57 }])
  })

  test('several of them, and what they share with the others: exactly the good ones are counted', async () => {
    const works = Array.from({ length: 40 }, (_, i) => lane.run(i % 7 === 3 ? say('\u0000', 'K') : say('fine', 'K')))
    const told = await outcomes(works)
    expect(told.map((one, i) => (one === 'taken') === (i % 7 !== 3))).toEqual(told.map(() => true))
    expect(await lanes.used('K')).toBe(told.filter((one) => one === 'taken').length)
  })

  test('a key that cannot be looked up', async () => {
    const bad = { ...take('K'), transactions: [{ client: 'T', serial: 'a\u0000' }] }
    expect(await outcomes([lane.run(take('K')), lane.run(bad), lane.run(take('K'))])).toEqual([
      'taken',
      'invalid_request',
      'taken',
    ])
  })

  test('our own fault is told without the data, and alone', async () => {
    const ours = {
      decide: (view: Parameters<ReturnType<typeof take>['decide']>[0]) => {
        view.counters.move('K', { heldCount: -5 })
        return () => 'done'
      },
    }
    const told = await outcomes([lane.run(take('L')), lane.run(ours), lane.run(take('L'))])
    expect(told[0]).toBe('taken')
    expect(told[2]).toBe('taken')
    expect(told[1]).toMatch(/^PostgreSQL refused a decision: SQLSTATE 23\d\d\d, /)
    expect(told[1]).not.toContain('-5')
  })

  test('what throws in the middle of its decision has changed nothing for the others', async () => {
    const half = take('K')
    const broken = {
      decide: (view: Parameters<ReturnType<typeof take>['decide']>[0]) => {
        half.decide(view)
        throw new TypeError('undefined is not a function')
      },
    }
    const told = await outcomes([lane.run(take('K')), lane.run(broken), lane.run(take('K'))])
    expect(told).toEqual(['taken', 'undefined is not a function', 'taken'])
    expect(await lanes.used('K')).toBe(2)
  })
})

describe('a row that somebody keeps locked', () => {
  beforeEach(async () => {
    await outcomes(['A', 'B', 'C', 'S'].map((key) => lane.run(take(key))))
  })

  test('stops nobody else, and what needs it goes on when it is free', async () => {
    const rounds = async (before: () => void): Promise<number> => {
      const tookMs: number[] = []
      for (let i = 0; i < 15; i++) {
        before()
        const started = performance.now()
        const told = await outcomes([lane.run(take('B')), lane.run(take('C')), lane.run(take('S'))])
        expect(told).toEqual(Array(3).fill('taken'))
        tookMs.push(performance.now() - started)
      }
      return tookMs.sort((a, b) => a - b)[7]!
    }
    const freeMs = await rounds(() => undefined)
    const session = await lanes.locking('A')
    const behind = [lane.run(take('A')), lane.run(take('A', 'S'))]
    // The first batch finds out; from then on nobody waits.
    await outcomes([lane.run(take('B'))])
    const besideMs = await rounds(() => behind.push(lane.run(take('A'))))
    // Once in half a second one of them joins the queue of those who wait for the row, and holds what it has taken.
    // Whoever waits for the row waits longer than this; a busy machine slows both.
    expect(besideMs).toBeLessThan(75 + 3 * freeMs)
    expect(await soon(Promise.race(behind), 0)).toBe('late')
    expect(lane.isAway).toBe(false)
    await session.query('ROLLBACK')
    expect(await outcomes(behind)).toEqual(behind.map(() => 'taken'))
    expect(await lanes.allUsed('A', 'B', 'C', 'S')).toEqual([18, 32, 31, 32])
  })

  test('a payment that nobody waits for any more never takes its place', async () => {
    const session = await lanes.locking('A')
    let isOver = false
    const late = lane.run({ ...take('A'), abandoned: () => isOver })
    const kept = lane.run(take('A'))
    expect(await soon(late, 300)).toBe('late')
    isOver = true
    await session.query('ROLLBACK')
    expect(await outcomes([kept])).toEqual(['taken'])
    expect(await lanes.used('A')).toBe(2)
  })

  test('a row that is inserted and not committed: the others get through in smaller batches', async () => {
    const session = await lanes.session()
    await session.query('BEGIN')
    await session.query(`INSERT INTO counter (key, limit_version) VALUES ('N', 1)`)
    const behind = lane.run(take('N'))
    const others = Array.from({ length: 20 }, (_, i) => lane.run(take(`O${i}`)))
    expect(await soon(outcomes(others), 5000)).toEqual(others.map(() => 'taken'))
    expect(await soon(behind, 0)).toBe('late')
    await session.query('ROLLBACK')
    expect(await outcomes([behind])).toEqual(['taken'])
  })

  test('a table that somebody locks whole: it is read and written when it is free', async () => {
    const session = await lanes.session()
    await session.query('BEGIN')
    await session.query('LOCK TABLE marketing_transaction IN ACCESS EXCLUSIVE MODE')
    const behind = Array.from({ length: 5 }, (_, i) =>
      lane.run({ ...take('A'), transactions: [{ client: 'T', serial: `S${i}` }] }),
    )
    expect(await soon(Promise.race(behind), 500)).toBe('late')
    expect(lane.isAway).toBe(false)
    await session.query('ROLLBACK')
    expect(await outcomes(behind)).toEqual(behind.map(() => 'taken'))
    expect(await lanes.used('A')).toBe(6)
  })

  test('two who lock in the other order: no deadlock stops the lane, and each place is taken once', async () => {
    const session = await lanes.locking('B')
    const works = [lane.run(take('A', 'B')), lane.run(take('A')), lane.run(take('C'))]
    expect(await soon(works[2]!, 1000)).toBe('taken')
    // Waits for A while it holds B; a batch that waited for B with A in hand would now be in a deadlock.
    await session.query('SELECT 1 FROM counter WHERE key = $1 FOR UPDATE', ['A'])
    await session.query('COMMIT')
    expect(await outcomes(works)).toEqual(['taken', 'taken', 'taken'])
    expect(await lanes.allUsed('A', 'B', 'C')).toEqual([3, 2, 2])
  })
})

test('the ordinary way: one statement per batch, and no more', async () => {
  await lane.warm()
  await outcomes([lane.run(take('K'))])
  const query = jest.spyOn(Client.prototype, 'query')
  for (let i = 0; i < 5; i++) await outcomes(Array.from({ length: 10 }, () => lane.run(take('K'))))
  expect(query).toHaveBeenCalledTimes(5)
  query.mockRestore()
})

test('every place is taken once, and not one more, by two lanes that are in each other’s way', async () => {
  const other = lanes.lane()
  const works = Array.from({ length: 200 }, (_, i) => (i % 2 ? lane : other).run(take('K', `card-${i % 5}`)))
  expect(new Set(await outcomes(works))).toEqual(new Set(['taken']))
  expect(await lanes.used('K')).toBe(200)
})
