import { parseRouting, routeRef } from '@lijian/contracts/routing'
import { CounterBook, routeOwner } from '@lijian/limits'
import { compileRouting } from './compile'
import { FRESH } from './health'
import { selectRoute } from './select'
import type { PoolHealth, RoutePayment, SelectionOptions } from './types'

type Loose = Record<string, unknown>
interface Parts {
  timeZone?: string
  channel?: Loose
  mid?: Loose
  pool?: Loose
}

/** One channel, one MID, one pool, one merchant. */
function routingOf({ timeZone = 'Asia/Shanghai', channel = {}, mid = {}, pool = {} }: Parts) {
  const parsed = parseRouting({
    timeZone,
    channels: [{ code: 'CH', ...channel }],
    mids: [{ code: 'MID', channel: 'CH', ...mid }],
    pools: [{ code: 'P', mids: ['MID'], ...pool }],
    merchants: [{ merchant: 'M1', routes: [{ method: 'wechat', type: 'qr', pools: ['P'] }] }],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return compileRouting(parsed.routing, 1)
}
const payment = (changed: Partial<RoutePayment> = {}): RoutePayment => ({
  client: 'T',
  serial: 'S',
  merchant: 'M1',
  method: 'wechat',
  type: 'qr',
  amountFen: 1000,
  atMs: Date.parse('2026-11-25T12:00:00+08:00'),
  ...changed,
})
function ask(parts: Parts, changed: Partial<RoutePayment> = {}, options: Partial<SelectionOptions> = {}) {
  const { route, refusals } = selectRoute(routingOf(parts), payment(changed), {
    counters: new CounterBook(),
    drawKey: Buffer.alloc(32, 7),
    explain: true,
    ...options,
  })
  return route === undefined ? refusals.map(({ of = '', reason }) => `${of} ${reason}`.trim()).join() : route
}
const EVERYWHERE = ['channel', 'mid', 'pool'] as const

describe.each(EVERYWHERE)('of a %s', (of) => {
  test.each([
    ['the least amount', 100, undefined, true],
    ['a fen less', 99, 'amount_below_minimum', false],
    ['the greatest amount', 5000, undefined, true],
    ['a fen more', 5001, 'amount_above_maximum', false],
  ])('%s', (_name, amountFen, reason, served) => {
    const found = ask({ [of]: { perTransaction: { min: 100, max: 5000 } } }, { amountFen })
    if (served) expect(found).toMatchObject({ mid: 'MID' })
    else expect(found).toBe(`${of} ${reason}`)
  })

  test.each([
    ['22:00-02:00', '21:59:59.999', false],
    ['22:00-02:00', '22:00:00', true],
    ['22:00-02:00', '23:59:59.999', true],
    ['22:00-02:00', '00:00:00', true],
    ['22:00-02:00', '01:59:59.999', true],
    ['22:00-02:00', '02:00:00', false],
    ['22:00-24:00', '23:59:59.999', true],
    ['22:00-24:00', '00:00:00', false],
    ['12:00-00:00', '23:59:59.999', true],
    ['12:00-00:00', '00:00:00', false],
    ['09:00-09:30 10:00-11:00', '09:30:00', false],
    ['09:00-09:30 09:30-11:00', '09:30:00', true],
    ['00:00-24:00', '00:00:00', true],
  ])('open %s, at %s: %s', (hours, clock, served) => {
    const serviceHours = hours.split(' ').map((range) => range.split('-'))
    const found = ask({ [of]: { serviceHours } }, { atMs: Date.parse(`2026-11-25T${clock}+08:00`) })
    if (served) expect(found).toMatchObject({ mid: 'MID' })
    else expect(found).toBe(`${of} outside_hours`)
  })

  test('its day is filled to the last fen, and to the last payment', () => {
    const routing = routingOf({ [of]: { dailyAmount: 2000, dailyCount: 3 } })
    const counters = new CounterBook()
    const pay = (serial: string, amountFen: number) =>
      selectRoute(routing, payment({ serial, amountFen }), { counters, drawKey: Buffer.alloc(32) }).route?.mid
    expect(pay('A', 2001)).toBeUndefined()
    expect(pay('B', 1999)).toBe('MID')
    expect(pay('C', 2)).toBeUndefined()
    expect(pay('D', 1)).toBe('MID')
    const byCount = routingOf({ [of]: { dailyCount: 1 } })
    const times = ['A', 'B'].map(
      (serial) =>
        selectRoute(byCount, payment({ serial, atMs: 0 }), { counters, drawKey: Buffer.alloc(32) }).route?.mid,
    )
    expect(times).toEqual(['MID', undefined])
  })
})

describe('a zone whose clocks are changed (New York, 2026)', () => {
  const open = (hours: [string, string], at: string) =>
    typeof ask({ timeZone: 'America/New_York', mid: { serviceHours: [hours] } }, { atMs: Date.parse(at) }) === 'object'

  test('an hour that is left out in spring is never open; the one after it is', () => {
    for (const at of ['2026-03-08T06:59:59Z', '2026-03-08T07:00:00Z']) expect(open(['02:00', '03:00'], at)).toBe(false)
    expect(open(['03:00', '04:00'], '2026-03-08T07:00:00Z')).toBe(true)
    // The day before has it.
    expect(open(['02:00', '03:00'], '2026-03-07T07:00:00Z')).toBe(true)
  })

  test('an hour that comes twice in autumn is open twice', () => {
    const times = ['04:59:59Z', '05:00:00Z', '05:59:59Z', '06:00:00Z', '06:59:59Z', '07:00:00Z']
    const found = times.map((at) => open(['01:00', '02:00'], `2026-11-01T${at}`))
    expect(found).toEqual([false, true, true, true, true, false])
  })

  test('its day has 25 hours, and one limit', () => {
    const routing = routingOf({ timeZone: 'America/New_York', mid: { dailyCount: 1 } })
    const counters = new CounterBook()
    const times = ['2026-11-01T03:59:59Z', '2026-11-01T04:00:00Z', '2026-11-02T04:59:59Z', '2026-11-02T05:00:00Z']
    const served = times.map((at) => {
      const one = payment({ serial: at, atMs: Date.parse(at) })
      return selectRoute(routing, one, { counters, drawKey: Buffer.alloc(32) }).route !== undefined
    })
    expect(served).toEqual([true, true, false, true])
  })
})

test.each([
  ['440300', '440305', true],
  ['440300', '440300', true],
  ['440300', '440400', false],
  ['440300', undefined, false],
  ['440305', '440300', false],
  ['440000', '440305', true],
  ['31', '310101', true],
  ['31', '320101', false],
])('a MID of region %s and a payment of %s: %s', (region, ofPayment, served) => {
  const found = ask({ mid: { region } }, ofPayment === undefined ? {} : { region: ofPayment })
  if (served) expect(found).toMatchObject({ mid: 'MID' })
  else expect(found).toBe('region')
})

const ROWS = [
  { issuer: 'ICBC', costPpm: 4000 },
  { issuer: 'ICBC', cardType: 'debit', costPpm: 6000 },
  { issuer: 'ICBC', cardType: 'debit', scheme: 'unionpay', costPpm: 7000 },
  { cardType: 'debit', scheme: 'unionpay', costPpm: 3000 },
]
test.each([
  ['ICBC', 'debit', 'unionpay', 7],
  ['ICBC', 'debit', 'visa', 6],
  ['ICBC', 'debit', undefined, 6],
  // The issuer counts before both others together.
  ['ICBC', undefined, 'unionpay', 4],
  ['ICBC', 'credit', 'unionpay', 4],
  ['ABC', 'debit', 'unionpay', 3],
  // What is not known fits only a row that does not name it.
  ['ABC', 'debit', undefined, undefined],
  [undefined, 'debit', 'unionpay', 3],
  ['ICBC', undefined, undefined, 4],
  [undefined, undefined, undefined, undefined],
])('the most specific row for %s %s %s costs %s fen of 1,000', (issuer, cardType, scheme, costFen) => {
  const found = ask({ channel: { cards: ROWS } }, { issuer, cardType, scheme })
  if (costFen === undefined) expect(found).toBe('card_not_supported')
  else expect(found).toMatchObject({ costFen })
})

test.each([
  [{ costPpm: 2_500 }, 199, 0],
  [{ costPpm: 2_500 }, 200, 1],
  [{ costPpm: 2_500, costMin: 8 }, 200, 8],
  [{ costPpm: 2_500, costMax: 2_000 }, 10_000_000, 2_000],
  [{ costPpm: 1_000_000 }, 9_999_999_999_999, 9_999_999_999_999],
])('%j on %s fen costs %s', (row, amountFen, costFen) =>
  expect(ask({ channel: { cards: [row] } }, { amountFen })).toMatchObject({ costFen }),
)

test('the first filter that fails is the reason, in the documented order', () => {
  const closed = { status: 'suspended', serviceHours: [['01:00', '02:00']], perTransaction: { min: 2000 } }
  const card = { cardToken: 'tok', cardType: 'credit', issuer: 'ICBC' }
  const channel: Loose = { ...closed, cards: [{ issuer: 'CCB', costPpm: 1 }], cardDailyCount: 1, dailyCount: 1 }
  const mid: Loose = { ...closed, region: '310000', industry: '5812', allowedMerchants: ['M9'], cardDailyCount: 1 }
  const steps: [string, () => unknown][] = [
    ['excluded', () => delete changed.exclude],
    ['channel suspended', () => delete channel['status']],
    ['mid suspended', () => delete mid['status']],
    ['merchant_not_allowed', () => delete mid['allowedMerchants']],
    ['region', () => (changed.region = '310101')],
    ['industry', () => (changed.industry = '5812')],
    ['channel outside_hours', () => delete channel['serviceHours']],
    ['mid outside_hours', () => delete mid['serviceHours']],
    ['channel amount_below_minimum', () => delete channel['perTransaction']],
    ['mid amount_below_minimum', () => (mid['perTransaction'] = { max: 999 })],
    ['mid amount_above_maximum', () => delete mid['perTransaction']],
    ['card_not_supported', () => (changed.issuer = 'CCB')],
    ['channel card_limit_exhausted', () => delete channel['cardDailyCount']],
    ['mid card_limit_exhausted', () => delete mid['cardDailyCount']],
    ['channel limit_exhausted', () => delete channel['dailyCount']],
  ]
  const changed: Partial<RoutePayment> = { ...card, exclude: ['MID'] }
  const counters = new CounterBook()
  const whole = { channel: { cardDailyCount: 1, dailyCount: 1 }, mid: { cardDailyCount: 1 } }
  expect(ask(whole, { serial: 'BEFORE', ...card }, { counters })).toMatchObject({ mid: 'MID' })
  for (const [reason, repair] of steps) {
    // A card that has paid once is known to both counters, which count with what was set when it paid.
    expect(ask({ channel, mid }, changed, { counters })).toBe(reason)
    repair()
  }
  expect(ask({ channel, mid }, changed, { counters })).toMatchObject({ mid: 'MID' })
})

test('an unknown card has no limit of its own', () => {
  const counters = new CounterBook()
  const parts = { mid: { cardDailyCount: 1 } }
  for (const serial of ['A', 'B', 'C']) expect(ask(parts, { serial }, { counters })).toMatchObject({ charges: [] })
  expect(ask(parts, { serial: 'D', cardToken: 'tok' }, { counters })).toMatchObject({ charges: [{ count: 1 }] })
  expect(ask(parts, { serial: 'E', cardToken: 'tok' }, { counters })).toBe('mid card_limit_exhausted')
  expect(ask(parts, { serial: 'F', cardToken: 'kot' }, { counters })).toMatchObject({ mid: 'MID' })
  // The same card under a newer token key.
  expect(ask(parts, { serial: 'G', cardToken: 'new', earlier: ['tok'] }, { counters })).toBe('mid card_limit_exhausted')
})

test('a merchant, method or type that is not in the document has no route', () => {
  for (const changed of [{ merchant: 'M9' }, { method: 'alipay' }, { type: 'app' }])
    expect(ask({}, changed)).toBe('no_route')
})

describe('pools that are out for their success rate', () => {
  const parsed = parseRouting({
    timeZone: 'Asia/Shanghai',
    channels: [{ code: 'CH' }],
    mids: ['A', 'B'].map((code) => ({ code, channel: 'CH' })),
    pools: ['A', 'B'].map((code) => ({
      code: `P-${code}`,
      mids: [code],
      minSuccess: { ppm: 900_000, window: 20, minSamples: 5 },
    })),
    merchants: [{ merchant: 'M1', routes: [{ method: 'wechat', type: 'qr', pools: ['P-A', 'P-B'] }] }],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  const routing = compileRouting(parsed.routing, 1)
  const OUT: PoolHealth = { recent: '0000011111', out: true, probes: '' }
  const route = (serial: string, health: Record<string, PoolHealth>) =>
    selectRoute(routing, payment({ serial }), {
      counters: new CounterBook(),
      drawKey: Buffer.from('test'),
      health: (pool: string) => health[pool] ?? FRESH,
    })

  test('one payment in twenty probes each of them, drawn apart; the rest goes on to the next', () => {
    const N = 20_000
    let [ofA, ofB, ofBoth] = [0, 0, 0]
    for (let i = 0; i < N; i++) {
      const a = route(`S${i}`, { 'P-A': OUT })
      expect(a.route!.mid).toBe(a.route!.probe ? 'A' : 'B')
      if (!a.route!.probe) expect(a.refusals).toEqual([{ pool: 'P-A', reason: 'success_rate', ratePpm: 500_000 }])
      const isA = a.route!.probe
      if (isA) ofA++
      // With both out the first is asked to probe first: B's probes are seen where A's are not.
      const both = route(`S${i}`, { 'P-A': OUT, 'P-B': OUT }).route!
      if (both.probe && both.mid === 'B') ofB++
      if (!both.probe) ofBoth++
      if (!both.probe) expect(both.mid).toBe('A')
    }
    const isAbout = (found: number, share: number) =>
      expect(Math.abs(found - N * share)).toBeLessThan(5 * Math.sqrt(N * share * (1 - share)))
    isAbout(ofA, 1 / 20)
    isAbout(ofB, (19 / 20) * (1 / 20))
    isAbout(ofBoth, (19 / 20) ** 2)
  })

  test('the same payment asks again in the same way', () => {
    for (let i = 0; i < 100; i++)
      expect(route(`S${i}`, { 'P-A': OUT }).route).toEqual(route(`S${i}`, { 'P-A': OUT }).route)
  })
})

test('a part of routing is suspended under the name by which it is counted', () => {
  expect(routeRef('mids', 'M-1')).toBe(routeOwner('mid', 'M-1'))
  expect(routeRef('channels', 'C-1')).toBe(routeOwner('channel', 'C-1'))
  expect(routeRef('pools', 'P-1')).toBe(routeOwner('pool', 'P-1'))
})
