import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { campaignsOf, cardGroupsOf, merchantsOf, partnersOf, paymentsOf } from './examples'
import { UPSTREAM } from './types'

const dir = join(__dirname, '..', '..', '..', 'campaigns')
const luhn = (pan: string) =>
  [...pan]
    .reverse()
    .reduce((sum, c, i) => sum + (i % 2 ? (Number(c) * 2 > 9 ? Number(c) * 2 - 9 : Number(c) * 2) : Number(c)), 0) % 10

describe('examples', () => {
  const campaigns = campaignsOf(dir)
  const payments = paymentsOf(dir, 'R1')

  test('eleven campaigns are valid documents, each with a budget that the books can be checked by', () => {
    expect(campaigns.map(({ code }) => code)).toEqual([
      ...[
        'CCB-DINING',
        'CCB-FURNITURE',
        'CITY-VOUCHER',
        'CMB-CARWASH',
        'CEB-WEDNESDAY',
        'FEE-CUT-DEBIT',
        'FEE-WAIVER-SMALL',
      ],
      ...['PSBC-RANDOM', 'QUICKPASS-80', 'SPDB-MARKET', 'UNIONPAY-FUEL'],
    ])
    expect(campaigns.filter(({ budget }) => !budget)).toEqual([])
  })

  test('what the campaigns name exists', () => {
    const merchants = new Set(merchantsOf(dir).map(({ id }) => id))
    const groups = new Set(cardGroupsOf(dir, 'R1').map(({ code }) => code))
    const partners = new Set(['@merchant', ...partnersOf(dir).map(({ code }) => code)])
    for (const { offers, paymentMode, funders } of campaigns) {
      if (paymentMode === 'prepay') expect(funders.filter(({ partner }) => !partners.has(partner))).toEqual([])
      for (const { merchants: bound = [], rule } of offers) {
        const named = [...(rule.conditions?.binGroups ?? []), ...(rule.conditions?.cardBlacklists ?? [])]
        expect(bound.filter((id) => !merchants.has(id))).toEqual([])
        expect(named.filter((code) => !groups.has(code))).toEqual([])
      }
    }
  })

  test('53 payments show every behaviour of the upstream; what they wait for is among them', () => {
    expect(payments).toHaveLength(53)
    expect(new Set(payments.map(({ upstream }) => upstream.answers))).toEqual(new Set(UPSTREAM))
    const serials = payments.map(({ payment }) => payment.serial)
    expect(new Set(serials).size).toBe(53)
    const waited = payments.flatMap(({ after, upstream }) => [after, upstream.after]).filter((m) => m !== undefined)
    expect(waited.map(({ serial }) => serial).filter((serial) => !serials.includes(serial))).toEqual([])
  })

  test('a run has serials and cards of its own: same bank, valid number, the same card twice is the same card', () => {
    const pans = payments.flatMap(({ payment: { card } }) => (card && 'pan' in card ? [card.pan] : []))
    const later = paymentsOf(dir, 'R2').flatMap(({ payment: { card } }) => (card && 'pan' in card ? [card.pan] : []))
    const written = [...readFileSync(join(dir, 'payments.ndjson'), 'utf8').matchAll(/"pan": "(\d+)"/g)].map(
      ([, pan]) => pan!,
    )
    expect(payments[0]!.payment.serial).toBe('R1-P01')
    expect([...pans, ...later, ...written].filter((pan) => luhn(pan) !== 0)).toEqual([])
    expect(pans.map((pan) => pan.slice(0, 8))).toEqual(written.map((pan) => pan.slice(0, 8)))
    expect(pans.filter((pan) => later.includes(pan))).toEqual([])
    expect(new Set(pans).size).toBe(new Set(written).size)
    expect(pans[0]).toBe(pans[2])
  })
})
