import type { Campaign, FeeSchedule, Offer } from '@lijian/contracts/marketing'
import { compileCatalog, compileOffer } from './compile'
import { rank, refusalsAfterGrant } from './rank'
import { screen } from './conditions'
import type { CompiledOffer, PaymentFacts } from './types'
import { amountOffer, campaign, DRAW_KEY, feeOffer, GROUPS, outcome, payment, price } from './testing/documents'

const of = { cardGroups: GROUPS, drawKey: DRAW_KEY }
const compiled = (document: Campaign): CompiledOffer => compileOffer(document, 7, document.offers[0]!.code, of)

describe('closed after a refund', () => {
  const blockable = (block: 'day' | 'campaign', rest: object = {}, changed: Partial<Offer> = {}) =>
    amountOffer({ refund: { policy: 'proportional', block }, ...rest }, changed)
  const keys = (offer: CompiledOffer, changed: Partial<PaymentFacts> = {}) =>
    rank([offer], payment(changed), price(10_000), false).candidates[0]!.blocks.map(({ key }) => key)

  test('a counter of one for each identity and the card, for the day or for good', () => {
    const day = compiled(campaign([blockable('day')]))
    const [candidate] = rank([day], payment(), price(10_000), false).candidates
    expect(candidate!.blocks).toEqual([
      {
        key: 'C1/O1#block|account:customer-1|2026-11-23',
        limitId: 'C1/O1#block',
        kind: 'block',
        measure: 'discount',
        clip: false,
        limitFen: null,
        limitCount: 1,
        version: 7,
        fen: 0,
        count: 1,
        periodStart: '2026-11-23',
        until: '2026-11-23T16:00:00.000Z',
        shared: false,
      },
      expect.objectContaining({ key: 'C1/O1#block|card:token-of-card-0001|2026-11-23' }),
    ])
    const good = compiled(campaign([blockable('campaign')]))
    const [forGood] = rank([good], payment(), price(10_000), false).candidates
    expect(forGood!.blocks.map(({ key }) => key)).toContain('C1/O1#block|card:token-of-card-0001|total')
    expect(forGood!.blocks[0]).not.toHaveProperty('until')
    expect(keys(compiled(campaign([amountOffer()])))).toEqual([])
  })

  test('who pays with another card than the one he is known by is closed out by both', () => {
    const identities = { card: 'known-card', device: 'd', phone: 'p', bankPhone: 'b', idNumber: 'i', account: 'a' }
    const day = compiled(campaign([blockable('day')]))
    expect(keys(day, { identities })).toEqual(
      [
        'device:d',
        'phone:p',
        'bankPhone:b',
        'idNumber:i',
        'account:a',
        'card:known-card',
        'card:token-of-card-0001',
      ].map((who) => `C1/O1#block|${who}|2026-11-23`),
    )
    expect(keys(day, { cardToken: undefined, customerToken: undefined })).toEqual([])
  })

  test('it is named before what is asked later, and only where it can be', () => {
    const small = blockable('day', { conditions: { amount: { min: 20_000 } } }, { code: 'SMALL' })
    const large = blockable('day', { conditions: { amount: { max: 5_000 } } }, { code: 'LARGE' })
    const method = blockable('day', { conditions: { paymentMethods: ['swipe'] } }, { code: 'METHOD' })
    const open = amountOffer({ conditions: { amount: { min: 20_000 } } }, { code: 'OPEN' })
    const document = campaign([small, large, method, open])
    const state = { version: 7, approved: true, suspended: false, suspendedOffers: [] }
    const catalog = compileCatalog({ campaigns: [{ document, ...state }], ...of })
    const { refused } = screen(catalog, payment(), true)
    expect(refused.map(({ offer, blockable: found }) => `${offer} ${found?.code}`)).toEqual([
      'SMALL SMALL',
      'LARGE LARGE',
      'METHOD undefined',
      'OPEN undefined',
    ])
    const offers = [
      blockable('day', {}, { code: 'FIRST', priority: 9 }),
      blockable('day', {}, { code: 'BEHIND' }),
      amountOffer({}, { code: 'NEVER' }),
      blockable('day', { benefit: { type: 'reduce', tiers: [{ atLeast: 10_001, off: 5 }] } }, { code: 'BELOW' }),
      amountOffer({ benefit: { type: 'reduce', tiers: [{ atLeast: 10_001, off: 5 }] } }, { code: 'BELOW-NEVER' }),
      blockable('day', { limits: [{ per: ['terminal'], period: 'day', count: 1 }] }, { code: 'KEY' }),
    ].map((offer) => compiled(campaign([offer])))
    const ranking = rank(offers, payment(), price(10_000), true)
    const told = (isBlocked?: (offer: CompiledOffer) => boolean) =>
      refusalsAfterGrant(ranking, 0, isBlocked)
        .map(({ offer, reason: why }) => `${offer} ${why}`)
        .sort()
    const rest = ['BELOW-NEVER amount_below_minimum', 'NEVER not_best']
    expect(told()).toEqual(['BEHIND not_best', 'BELOW amount_below_minimum', ...rest, 'KEY not_best'].sort())
    expect(told(() => true)).toEqual(
      ['BEHIND', 'BELOW', 'KEY']
        .map((code) => `${code} blocked_after_refund`)
        .concat(rest)
        .sort(),
    )
    expect(told(({ code }) => code === 'KEY')).toEqual(
      ['BEHIND not_best', 'BELOW amount_below_minimum', 'KEY blocked_after_refund', ...rest].sort(),
    )
  })
})

describe('limits of the whole document', () => {
  const limited = (limits: object[], changed: Partial<PaymentFacts> = {}, owner: Partial<Campaign> = {}) => {
    const offer = compiled(campaign([amountOffer({ limits } as never)], owner))
    return rank([offer], payment(changed), price(10_000), true)
  }
  const keys = (...args: Parameters<typeof limited>) => limited(...args).candidates[0]?.charges.map(({ key }) => key)

  test.each`
    _case                         | limit                                                              | key
    ${'by an id'}                 | ${{ id: 'WEEKLY', per: ['merchant'], period: 'week', count: 1 }}   | ${'C1/O1#id:WEEKLY|M0001|2026-11-23'}
    ${'in one fixed order'}       | ${{ per: ['card', 'merchant'], period: 'day', count: 1 }}          | ${'C1/O1#merchant+card.day|M0001,token-of-card-0001|2026-11-23'}
    ${'with what it measures'}    | ${{ per: ['card'], period: 'day', amount: 1, measure: 'gross' }}   | ${'C1/O1#card.day.gross|token-of-card-0001|2026-11-23'}
    ${'of a shop and a customer'} | ${{ per: ['customer', 'subMerchant'], period: 'total', count: 1 }} | ${'C1/O1#subMerchant+customer.total|S1,customer-1|total'}
  `('a limit is known $_case', ({ limit, key }) => expect(keys([limit], { subMerchant: 'S1' })).toEqual([key]))

  test('a limit of the campaign is known by the offers that share it, and is met by no other', () => {
    const limits = [{ per: [], period: 'day', count: 1, offers: ['O2', 'O1', 'O2'] }] as Campaign['limits']
    expect(keys([], {}, { limits })).toEqual(['C1#.day.[O1+O2]||2026-11-23'])
    expect(
      keys([], {}, { limits: [{ per: [], period: 'day', count: 1, offers: ['O2'] }] as Campaign['limits'] }),
    ).toEqual([])
  })

  test('a user has one counter for each identity, card and customer standing in; nobody at all is refused', () => {
    const limit = { per: ['user', 'merchant'], period: 'day', count: 1 }
    const id = 'C1/O1#merchant+user.day'
    expect(keys([limit])).toEqual([
      `${id}|M0001,account:customer-1|2026-11-23`,
      `${id}|M0001,card:token-of-card-0001|2026-11-23`,
    ])
    expect(
      keys([{ per: ['user'], period: 'day', count: 1 }], { identities: { phone: 'p', card: 'c', account: 'a' } }),
    ).toEqual(['phone:p', 'account:a', 'card:c'].map((who) => `C1/O1#user.day|${who}|2026-11-23`))
    const nobody = limited([limit], { cardToken: undefined, customerToken: undefined })
    expect(nobody.refused).toEqual([expect.objectContaining({ reason: 'limit_key_missing', limit: id })])
    expect(
      keys([{ per: [], period: 'day', count: 1 }], { cardToken: undefined, customerToken: undefined }),
    ).toHaveLength(1)
  })

  test('gross counts what is paid, clip gives what is left, and who is shared is a row that many meet', () => {
    const of = (limit: object) =>
      limited([{ per: [], period: 'day', ...limit }], { subMerchant: 'S1' }).candidates[0]!.charges[0]
    expect(of({ amount: 1, measure: 'gross' })).toMatchObject({ fen: 10_000, measure: 'gross' })
    expect(of({ amount: 1 })).toMatchObject({ fen: 1_500, measure: 'discount', clip: false, shared: true })
    expect(of({ amount: 1, onShort: 'clip' })).toMatchObject({ clip: true })
    expect(of({ count: 1, onShort: 'clip' })).toMatchObject({ clip: false })
    expect(of({ count: 1, per: ['merchant', 'subMerchant'] })).toMatchObject({ shared: true })
    expect(of({ count: 1, per: ['merchant', 'card'] })).toMatchObject({ shared: false })
  })
})

test('the part of a payment that is free of fees saves its own fee, and never more than there is', () => {
  const fees: FeeSchedule = { default: { ppm: 6_000, max: 100 } }
  const [candidate] = rank(
    [compiled(campaign([feeOffer({ type: 'waive' })]))],
    payment(),
    price(10_000, fees),
    false,
  ).candidates
  expect([0, 4_000, 10_000, 20_000].map((part) => candidate!.savedOn(part))).toEqual([0, 24, 60, 60])
  expect(outcome(campaign([feeOffer({ type: 'waive' })]), payment(), fees)).toBe(60)
  const capped = rank([candidate!.offer], payment(), price(100_000, fees), false).candidates[0]!
  expect(capped.savedOn(1_000)).toBe(0)
  const atLeast = rank([candidate!.offer], payment(), price(5_000, { default: { ppm: 6_000, min: 10 } }), false)
  expect([4_999, 5_000, 5_500].map((part) => atLeast.candidates[0]!.savedOn(part))).toEqual([20, 30, 30])
})

test('a grant of a cut discount is not the grant of the whole', () => {
  const prepaid = campaign([amountOffer()], { paymentMode: 'prepay' })
  const [candidate] = rank([compiled(prepaid)], payment(), price(10_000), false).candidates
  expect([1_500, 1_000, 1_500].map((fen) => candidate!.grantOf(fen).discount)).toEqual([1_500, 1_000, 1_500])
  expect(candidate!.fundsOf(1_000).map(({ fen }) => fen)).toEqual([700])
  const postpaid = rank([compiled(campaign([amountOffer()]))], payment(), price(10_000), false).candidates[0]!
  expect(postpaid.fundsOf(1_000)).toEqual([])
})
