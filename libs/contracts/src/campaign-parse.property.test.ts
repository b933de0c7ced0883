import fc from 'fast-check'
import { parseCampaign } from './campaign-parse'
import example from './campaign.example.json'

type Place = { holder: Record<string, unknown>; key: string }

function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])])
}

const PLACES = placesOf(example).length

test('whatever stands at any place of a document, the answer is a campaign or a list of errors, never an exception', () =>
  fc.assert(
    fc.property(fc.nat({ max: PLACES - 1 }), fc.jsonValue(), (at, value) => {
      const document: unknown = structuredClone(example)
      const { holder, key } = placesOf(document)[at]!
      holder[key] = value
      const parsed = parseCampaign(document)
      if (parsed.ok) expect(parseCampaign(JSON.parse(JSON.stringify(parsed.campaign)))).toEqual(parsed)
      else expect(parsed.errors.length).toBeGreaterThan(0)
    }),
    { numRuns: 2_000 },
  ))

test('any JSON at all is answered', () =>
  fc.assert(fc.property(fc.jsonValue(), (json) => expect(parseCampaign(json).ok).toBe(false))))

test('a missing key is named, at whatever place, unless it is optional', () => {
  const optional = new Set([
    'to',
    'currency',
    'fundingCycle',
    'budget',
    'limits',
    'priority',
    'merchants',
    'window',
    'conditions',
    'refund',
    'from',
    'daily',
    'weekdays',
    'excludedWeekdays',
    'excludedDates',
    'amount',
    'paymentMethods',
    'cardTypes',
    'cardRegions',
    'schemes',
    'pinFree',
    'binGroups',
    'cardBlacklists',
    'cardWhitelists',
    'step',
    'policy',
    'restore',
    'count',
  ])
  placesOf(example).forEach(({ holder, key }, at) => {
    if (Array.isArray(holder) || key === 'amount' || key === 'count' || key === 'min' || key === 'max') return
    const document: unknown = structuredClone(example)
    delete placesOf(document)[at]!.holder[key]
    const parsed = parseCampaign(document)
    // The campaign's own `from` is needed, the window's is not.
    const needed = !optional.has(key) || (key === 'from' && 'timeZone' in holder)
    const named = !parsed.ok && parsed.errors.some(({ path }) => path === key || path.endsWith(`.${key}`))
    expect([key, parsed.ok, named]).toEqual([key, !needed, needed])
  })
})
