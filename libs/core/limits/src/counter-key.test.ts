import fc from 'fast-check'
import {
  counterKey,
  counterOwner,
  dayCounterKey,
  fundsKey,
  fundsOwner,
  fundsPartner,
  isFundsKey,
  parseCounterKey,
  routeCounter,
  routeOwner,
  type RouteCounterKind,
} from './counter-key'

test.each`
  _case                                | key                                                               | expected
  ${'a limit for everybody'}           | ${counterKey('CCB-Q4#budget', '', 'total')}                       | ${'CCB-Q4#budget||total'}
  ${'a limit per card'}                | ${counterKey('CCB-Q4/OFF#id:card', 'tok_1', '2026-11')}           | ${'CCB-Q4/OFF#id:card|tok_1|2026-11'}
  ${'a prepaid balance'}               | ${fundsKey('CCB')}                                                | ${'@funds/CCB||total'}
  ${'a daily limit of a MID'}          | ${dayCounterKey(routeOwner('mid', 'M-1'), '2026-11-02')}          | ${'@route/mid/M-1|2026-11-02'}
  ${'payments of a card on a channel'} | ${counterKey(routeOwner('channel-card', 'C'), 't', '2026-11-02')} | ${'@route/channel-card/C|t|2026-11-02'}
`('$_case: $expected', ({ key, expected }) => expect(key).toBe(expected))

const hostile = fc.string({
  unit: fc.constantFrom('|', '||', ',', '/', '#', '@', '%', '', ' ', '\u0000', '立', '😀', 'a', '@funds/'),
})
const code = hostile.map((text) => text.replaceAll('|', ''))
const kinds: RouteCounterKind[] = ['channel', 'channel-card', 'mid', 'mid-card', 'pool', 'pool-credit', 'pool-debit']

test('what was put together comes apart again, whatever the values hold', () => {
  fc.assert(
    fc.property(code, hostile, code, (owner, values, period) => {
      const key = counterKey(owner, values, period)
      expect(parseCounterKey(key)).toEqual({ owner, values, period })
      expect(counterOwner(key)).toBe(owner)
    }),
  )
  fc.assert(
    fc.property(code, code, (owner, period) => {
      const key = dayCounterKey(owner, period)
      expect(parseCounterKey(key)).toEqual({ owner, period })
      expect(counterOwner(key)).toBe(owner)
    }),
  )
})

test('a partner and a part of routing come back out of their keys', () => {
  fc.assert(
    fc.property(code, (partner) => {
      expect(fundsPartner(fundsKey(partner))).toBe(partner)
      expect(counterOwner(fundsKey(partner))).toBe(fundsOwner(partner))
    }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...kinds), code, hostile, code, (kind, of, card, day) => {
      const owner = routeOwner(kind, of)
      for (const key of [owner, dayCounterKey(owner, day), counterKey(owner, card, day)])
        expect(routeCounter(key)).toEqual({ kind, code: of })
    }),
  )
})

test('counters of limits are neither balances nor routing', () => {
  const key = counterKey('CCB-Q4#budget', '@funds/CCB', 'total')
  expect([isFundsKey(key), fundsPartner(key), routeCounter(key)]).toEqual([false, undefined, undefined])
  expect(() => parseCounterKey('CCB-Q4#budget')).toThrow('not a counter key: CCB-Q4#budget')
})
