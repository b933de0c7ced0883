import { brokenInvariants } from '@lijian/verification'
import { campaign, Stage } from './testing/stage'

// What one request meets must not be met by those beside it in its batch.

let stage: Stage
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})

const offerAt = (merchant: string, code: string) =>
  campaign({ code, budget: { amount: 1_000_000 } }, { code: `${code}-FOOD`, merchants: [merchant] })

test.each<[string, string]>([
  ['U+0000', 'U\u0000'],
  ['half of a surrogate pair', 'U\ud800'],
])(
  'a result whose text has %s: it alone is refused; results and queries beside it are answered',
  async (_what, text) => {
    stage = await Stage.open([campaign({ budget: { amount: 1_000_000 } })])
    const transactions = await stage.transactions()
    const serials = Array.from({ length: 6 }, (_, i) => `S${i}`)
    for (const serial of serials) await transactions.query(stage.ask(serial, 10_000))
    const results = serials.map((serial, i) =>
      transactions.result(stage.outcome(serial, 'success', { upstreamSerial: i === 2 ? text : 'U1' })),
    )
    const queries = serials.map((serial) => transactions.query(stage.ask(`${serial}q`, 10_000)))
    const told = await Promise.allSettled(results)
    expect(told.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    expect(told[2]).toMatchObject({ reason: { code: 'invalid_request' } })
    expect((await Promise.all(queries)).map(({ state }) => state)).toEqual(serials.map(() => 'held'))
    expect(await transactions.result(stage.outcome('S2', 'success', { upstreamSerial: 'U1' }))).toMatchObject({
      state: 'confirmed',
    })
  },
)

test('a locked budget stops only its own payments, each told at its deadline, and a result that needs it is kept', async () => {
  stage = await Stage.open([offerAt('MA', 'A'), offerAt('MB', 'B'), offerAt('MC', 'C')])
  const transactions = await stage.transactions({ databaseUrl: stage.url, now: Date.now })
  const ask = (serial: string, merchant: string) =>
    transactions.query(stage.ask(serial, 10_000, { merchant }, { receivedAtMs: Date.now(), deadlineMs: 1000 }))
  for (const merchant of ['MA', 'MB', 'MC'])
    expect(await ask(`first-${merchant}`, merchant)).toMatchObject({ state: 'held' })
  await stage.sql.query('BEGIN')
  const locked = await stage.sql.query(`SELECT key FROM counter WHERE key LIKE 'A#%' FOR UPDATE`)
  expect(locked.rowCount).toBeGreaterThan(0)
  const result = transactions.result(stage.outcome('first-MA', 'success'))
  const answers: Record<string, Promise<{ state: string }>[]> = { MA: [], MB: [], MC: [] }
  for (let i = 0; i < 75; i++) {
    for (const merchant of ['MA', 'MB', 'MC']) answers[merchant]!.push(ask(`${merchant}-${i}`, merchant))
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  const held = async (merchant: string) =>
    (await Promise.all(answers[merchant]!)).filter(({ state }) => state === 'held').length
  expect(await held('MB')).toBeGreaterThan(70)
  expect(await held('MC')).toBeGreaterThan(70)
  // Those of the last second are not told yet.
  const early = await Promise.all(answers['MA']!.slice(0, 40))
  expect(early.map((answer) => answer)).toMatchObject(
    early.map(() => ({ state: 'no_offer', reasons: [{ reason: 'deadline' }] })),
  )
  expect(transactions.isAway).toBe(false)
  await stage.sql.query('ROLLBACK')
  expect(await result).toMatchObject({ state: 'confirmed' })
  await held('MA')
})
