import fc from 'fast-check'
import { inChinese } from '../system/chinese'
import { parseRouting } from './routing-parse'
import { routeResultRequest } from './route-request'
import example from '../examples/routing.example.json'
import { placesOf } from '../marketing/testing/whole-campaign'

const valid = {
  timeZone: 'Asia/Shanghai',
  channels: [
    {
      code: 'CH-A',
      dailyAmount: 1000,
      cards: [{ issuer: 'ICBC', cardType: 'debit', costPpm: 2500, costMax: 2000 }, { costPpm: 5500 }],
    },
  ],
  mids: [
    {
      code: 'MID-1',
      channel: 'CH-A',
      serviceHours: [
        ['07:00', '09:00'],
        ['22:00', '02:00'],
      ],
      allowedMerchants: ['M1'],
    },
  ],
  pools: [
    {
      code: 'P-A',
      mids: ['MID-1'],
      order: 'cost',
      minSuccess: { ppm: 900000, window: 200, minSamples: 30 },
      minCreditMinusDebit: -5,
    },
  ],
  merchants: [{ merchant: 'M1', routes: [{ method: 'wechat', type: 'qr', pools: ['P-A'] }] }],
}
type Document = typeof valid
const errorsOf = (change: (document: Document) => void) => {
  const document = structuredClone(valid)
  change(document)
  const parsed = parseRouting(document)
  return parsed.ok ? [] : parsed.errors.map(({ path, message }) => `${path}: ${message}`)
}

test('the document of DESIGN §5 is valid, and what is absent has its default', () => {
  expect(errorsOf(() => undefined)).toEqual([])
  const parsed = parseRouting({ ...valid, $schema: './routing.schema.json' })
  expect(parsed).toMatchObject({
    ok: true,
    routing: { channels: [{ status: 'active' }], mids: [{ priority: 0 }], pools: [{ order: 'cost' }] },
  })
})

test.each<[string, (document: Document) => void, string]>([
  [
    'a MID of no channel',
    (d) => (d.mids[0]!.channel = 'CH-X'),
    'mids[0].channel: expected a channel of this document, found "CH-X"',
  ],
  [
    'a pool of no MID',
    (d) => d.pools[0]!.mids.push('MID-9'),
    'pools[0].mids[1]: expected a MID of this document, found "MID-9"',
  ],
  [
    'a MID twice in a pool',
    (d) => d.pools[0]!.mids.push('MID-1'),
    'pools[0].mids[1]: expected each once, found "MID-1" again',
  ],
  [
    'a route to no pool',
    (d) => (d.merchants[0]!.routes[0]!.pools = ['P-X']),
    'merchants[0].routes[0].pools[0]: expected a pool of this document, found "P-X"',
  ],
  [
    'a code twice',
    (d) => d.channels.push(d.channels[0]!),
    'channels[1].code: expected each channel once, found CH-A at channels[0] too',
  ],
  [
    'a way twice',
    (d) => d.merchants[0]!.routes.push(d.merchants[0]!.routes[0]!),
    'merchants[0].routes[1]: expected each method and type once, found wechat qr at merchants[0].routes[0] too',
  ],
  [
    'hours that overlap past midnight',
    (d) => d.mids[0]!.serviceHours.push(['01:00', '03:00']),
    'mids[0].serviceHours[2]: expected ranges that do not overlap, found one that meets mids[0].serviceHours[1]',
  ],
  [
    'an empty range',
    (d) => d.mids[0]!.serviceHours.push(['10:00', '10:00']),
    'mids[0].serviceHours[2]: expected an end after the start, found 10:00 to 10:00',
  ],
  [
    'no time',
    (d) => d.mids[0]!.serviceHours.push(['9:00', '25:00']),
    'mids[0].serviceHours[2][0]: expected a time such as "07:00" or "24:00", found "9:00"',
  ],
  [
    'min above max',
    (d) => Object.assign(d.channels[0]!, { perTransaction: { min: 5, max: 4 } }),
    'channels[0].perTransaction.max: expected at least min (5), found 4',
  ],
  [
    'a card row twice',
    (d) => d.channels[0]!.cards.push({ costPpm: 1 }),
    'channels[0].cards[2]: expected each issuer, card type and scheme once, found those of channels[0].cards[1]',
  ],
  [
    'more samples than are looked at',
    (d) => (d.pools[0]!.minSuccess.minSamples = 201),
    'pools[0].minSuccess.minSamples: expected at most window (200), found 201',
  ],
  [
    'ratioFrom alone',
    (d) => Object.assign(d.pools[0]!, { ratioFrom: 5 }),
    'pools[0].ratioFrom: expected only beside maxCreditPpm',
  ],
  [
    'a zone that is none',
    (d) => (d.timeZone = 'Asia/Beijing'),
    'timeZone: expected a time zone such as "Asia/Shanghai", found "Asia/Beijing"',
  ],
  [
    'a key that nobody knows',
    (d) => Object.assign(d.mids[0]!, { colour: 'red' }),
    'mids[0].colour: unknown key "colour"',
  ],
  [
    'a rate above 100 %',
    (d) => (d.channels[0]!.cards[1]!.costPpm = 1_000_001),
    'channels[0].cards[1].costPpm: expected at most 1000000, found 1000001',
  ],
])('%s is told with its path', (_name, change, said) => {
  expect(errorsOf(change)).toContain(said)
})

test('hours that touch, and a day in parts past midnight, do not overlap', () =>
  expect(
    errorsOf(
      (d) => (d.mids[0]!.serviceHours = [['22:00', '02:00'], ['02:00', '03:00'], ['03:00', '22:00']]), // prettier-ignore
    ),
  ).toEqual([]))

test('whatever stands at any place of a document, the answer is a document or errors, in Chinese too, never an exception', () => {
  const places = placesOf(example).length
  let wrong = 0
  fc.assert(
    fc.property(fc.nat({ max: places - 1 }), fc.jsonValue(), (at, value) => {
      const document: unknown = structuredClone(example)
      const { holder, key } = placesOf(document)[at]!
      holder[key] = value
      const parsed = parseRouting(document)
      if (parsed.ok) return
      wrong++
      expect(parsed.errors.length).toBeGreaterThan(0)
      for (const { message } of parsed.errors) {
        const plain = inChinese(message).replace(/"(?:[^"\\]|\\.)*"?/g, '')
        expect(plain).not.toMatch(/expected|found|such as|at least|already|unknown key/)
      }
    }),
    { numRuns: 500 },
  )
  expect(wrong).toBeGreaterThan(100)
  fc.assert(fc.property(fc.jsonValue(), (json) => expect(parseRouting(json).ok).toBe(false)))
})

test.each([
  [{ outcome: 'success' }, true],
  [{ outcome: 'failure' }, true],
  [{ outcome: 'failure', failure: 'timeout' }, true],
  [{ outcome: 'success', failure: 'channel_error' }, false],
  [{ outcome: 'failure', failure: 'bad luck' }, false],
])('a result %j is valid: %s', (result, valid) =>
  expect(routeResultRequest.safeParse({ mid: 'M', ...result }).success).toBe(valid),
)

test('every error at once, each also in Chinese', () => {
  const document = structuredClone(valid)
  document.mids[0]!.channel = 'CH-X'
  document.pools[0]!.mids.push('MID-9')
  document.timeZone = 'nowhere'
  const parsed = parseRouting(document)
  if (parsed.ok) throw new Error('it is not valid')
  expect(parsed.errors).toHaveLength(3)
  for (const { message } of parsed.errors) expect(inChinese(message)).toMatch(/[一-鿿]/)
})

test('thresholds of card usage: each scheme once, each with a month or a day; what is absent has its default', () => {
  const parsed = (cardUsage: unknown) => parseRouting({ ...valid, cardUsage })
  expect(parsed({})).toMatchObject({
    routing: { cardUsage: { thresholds: [{ month: 200 }], nearPpm: 800_000, cardsOver: 1, remindHours: 24 } },
  })
  expect(parsed({ thresholds: [{ scheme: 'visa', day: 9 }, { month: 100 }] })).toMatchObject({ ok: true })
  expect(parsed({ thresholds: [{ month: 5 }, { scheme: 'visa' }, { month: 6 }], cardsOver: 0 })).toMatchObject({
    errors: [
      { path: 'cardUsage.cardsOver' },
      { path: 'cardUsage.thresholds[1]', message: 'expected "month", "day" or both' },
      { path: 'cardUsage.thresholds[2]', message: 'expected each scheme once, found that of cardUsage.thresholds[0]' },
    ],
  })
})
