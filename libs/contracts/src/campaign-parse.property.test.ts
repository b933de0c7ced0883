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
const PLACE_OF_AT_LEAST = placesOf(example).findIndex(({ key }) => key === 'atLeast')

function rewritten(campaign: unknown): string {
  const parsed = parseCampaign(JSON.parse(JSON.stringify(campaign)))
  return parsed.ok ? JSON.stringify(parsed.campaign) : JSON.stringify(parsed.errors)
}

test('whatever stands at any place of a document, the answer is a campaign or a list of errors, never an exception', () =>
  fc.assert(
    fc.property(fc.nat({ max: PLACES - 1 }), fc.jsonValue(), (at, value) => {
      const document: unknown = structuredClone(example)
      const { holder, key } = placesOf(document)[at]!
      holder[key] = value
      const parsed = parseCampaign(document)
      // Compared as JSON text: "-0" is valid JSON, is parsed to -0 and written as 0; the two are the same amount.
      if (parsed.ok) expect(rewritten(parsed.campaign)).toBe(JSON.stringify(parsed.campaign))
      else expect(parsed.errors.length).toBeGreaterThan(0)
    }),
    // Found once in fifty runs: minus nought, at the first tier's atLeast.
    { numRuns: 2_000, examples: [[PLACE_OF_AT_LEAST, -0]] },
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
