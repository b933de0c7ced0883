import fc from 'fast-check'
import { parseCampaign } from './campaign-parse'
import { inChinese } from '../system/chinese'
import { placesOf, WHOLE_CAMPAIGN as whole } from './testing/whole-campaign'

const PLACES = placesOf(whole).length
const PLACE_OF_AT_LEAST = placesOf(whole).findIndex(({ key }) => key === 'atLeast')

test('the document that the properties start from is valid', () =>
  expect(parseCampaign(whole)).toMatchObject({ ok: true }))

function rewritten(campaign: unknown): string {
  const parsed = parseCampaign(JSON.parse(JSON.stringify(campaign)))
  return parsed.ok ? JSON.stringify(parsed.campaign) : JSON.stringify(parsed.errors)
}

test('whatever stands at any place of a document, the answer is a campaign or a list of errors, never an exception', () =>
  fc.assert(
    fc.property(fc.nat({ max: PLACES - 1 }), fc.jsonValue(), (at, value) => {
      const document: unknown = structuredClone(whole)
      const { holder, key } = placesOf(document)[at]!
      holder[key] = value
      const parsed = parseCampaign(document)
      // Compared as JSON text: "-0" is valid JSON, is parsed to -0 and written as 0; the two are the same amount.
      if (parsed.ok) expect(rewritten(parsed.campaign)).toBe(JSON.stringify(parsed.campaign))
      else expect(parsed.errors.length).toBeGreaterThan(0)
    }),
    // Found once in fifty runs: minus nought, at the first tier's atLeast.
    { numRuns: 300, examples: [[PLACE_OF_AT_LEAST, -0]] },
  ))

test('any JSON at all is answered', () =>
  fc.assert(fc.property(fc.jsonValue(), (json) => expect(parseCampaign(json).ok).toBe(false))))

test('a missing key is named, at whatever place, unless it is optional', () => {
  const optional = new Set(
    (
      '$schema to dayStart currency fundingCycle budget limits priority merchants subMerchants merchantGroups group base exclusive delivery ' +
      'rebateAfterDays rebateFrom funders window conditions refund from daily weekdays excludedWeekdays excludedDates dates ' +
      'dayTypes paymentMethods cardTypes cardRegions schemes pinFree binGroups cardBlacklists cardWhitelists issuers ' +
      'cardProducts excludedCardProducts terminals countries excludedCountries mccs regions customerGroups facts step every ' +
      'cap minPayable upTo id offers measure onShort policy restore void block'
    ).split(' '),
  )
  placesOf(whole).forEach(({ holder, key }, at) => {
    // Left out of this: what a neighbour needs (a limit's amount or count, a draw's ends or layers, the delivery that rebate days belong to).
    if (Array.isArray(holder) || ['amount', 'count', 'min', 'max', 'layers', 'delivery'].includes(key)) return
    const document: unknown = structuredClone(whole)
    delete placesOf(document)[at]!.holder[key]
    const parsed = parseCampaign(document)
    // What the campaign itself needs is optional further in: a window's `from`, an offer's own `funders`, a limit's `offers`.
    const needed = !optional.has(key) || ('timeZone' in holder && ['from', 'funders', 'offers'].includes(key))
    const named = !parsed.ok && parsed.errors.some(({ path }) => path === key || path.endsWith(`.${key}`))
    expect([key, parsed.ok, named]).toEqual([key, !needed, needed])
  })
})

test('every error of a broken document has its Chinese, with no English left outside quotes', () =>
  fc.assert(
    fc.property(fc.nat({ max: PLACES - 1 }), fc.jsonValue(), (at, value) => {
      const document: unknown = structuredClone(whole)
      const { holder, key } = placesOf(document)[at]!
      holder[key] = value
      const parsed = parseCampaign(document)
      for (const { message } of parsed.ok ? [] : parsed.errors) {
        const chinese = inChinese(message)
        expect(chinese).toMatch(/[\u4e00-\u9fff]/)
        expect(chinese.replace(/"(?:[^"\\]|\\.)*"/g, '')).not.toMatch(
          /expected|found|such as|\bor\b|least|most|nothing/,
        )
      }
    }),
    { numRuns: 300 },
  ))
