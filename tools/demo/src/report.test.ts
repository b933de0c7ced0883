import { parseCampaign, type Campaign, type TransactionAnswer } from '@lijian/contracts/marketing'
import { addedTo, compare } from './books'
import { whyNot } from './report'
import { withRoom } from './setup'

function campaign(budget: Campaign['budget'] = { amount: 150000, count: 3 }): Campaign {
  const tiers = [{ atLeast: 10000, off: 1000 }]
  const offer = (code: string, merchants: string[]) => ({
    code,
    name: code,
    kind: 'amount',
    merchants,
    rule: { benefit: { type: 'reduce', tiers } },
  })
  const parsed = parseCampaign({
    code: 'C1',
    name: 'one',
    timeZone: 'Asia/Shanghai',
    from: '2026-01-01',
    paymentMode: 'postpay',
    budget,
    funders: [{ partner: 'BANK', sharePpm: 1000000 }],
    offers: [offer('HERE', ['M1']), offer('ELSEWHERE', ['M2'])],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.campaign
}

const answer = (reasons: TransactionAnswer['reasons'], granted = false): TransactionAnswer => ({
  serial: 'S1',
  state: granted ? 'held' : 'no_offer',
  discount: 0,
  reasons,
  offers: granted
    ? [
        {
          campaign: 'C1',
          version: 1,
          code: 'HERE',
          name: 'HERE',
          kind: 'amount',
          delivery: 'instant',
          discount: 1,
          funders: [],
        },
      ]
    : [],
})
const full = {
  offer: 'HERE',
  reason: 'limit_exhausted',
  limit: 'C1/HERE#card.month',
  limitCount: 1,
  usedCount: 1,
} as const

describe('why not', () => {
  test.each`
    _case                                      | reasons                                                                                   | granted  | text
    ${'an offer of another merchant is noise'} | ${[{ offer: 'ELSEWHERE', reason: 'excluded_weekday' }, { offer: 'HERE', reason: 'bin' }]} | ${false} | ${'HERE bin'}
    ${'the offer that came furthest'}          | ${[{ offer: 'HERE', reason: 'bin' }, full]}                                               | ${false} | ${'HERE limit_exhausted (card.month: 1 of 1 uses)'}
    ${'another bank last'}                     | ${[{ offer: 'HERE', reason: 'excluded_weekday' }, { offer: 'HERE', reason: 'bin' }]}      | ${false} | ${'HERE excluded_weekday'}
    ${'nothing here'}                          | ${[{ offer: 'ELSEWHERE', reason: 'excluded_weekday' }]}                                   | ${false} | ${'no campaign gives money off at this merchant'}
    ${'the whole payment'}                     | ${[{ reason: 'deadline' }]}                                                               | ${false} | ${'deadline'}
    ${'granted: conditions are no news'}       | ${[{ offer: 'HERE', reason: 'bin' }]}                                                     | ${true}  | ${''}
    ${'granted: what ran out is'}              | ${[full]}                                                                                 | ${true}  | ${'HERE limit_exhausted (card.month: 1 of 1 uses)'}
  `('$_case', ({ reasons, granted, text }) => expect(whyNot(answer(reasons, granted), 'M1', [campaign()])).toBe(text))
})

describe('a budget that earlier runs have used', () => {
  const after = (fen: number, count: number) =>
    withRoom(campaign(), (id) => (id === 'C1#budget' ? { fen, count } : { fen: 0, count: 0 })).budget
  test('grows by what they used', () => expect(after(150000, 3)).toEqual({ amount: 300000, count: 6 }))
  test('stays while that is not noticeable', () =>
    expect(withRoom(campaign({ amount: 100000 }), () => ({ fen: 5000, count: 1 })).budget).toEqual({ amount: 100000 }))
  test('a fen more is', () =>
    expect(withRoom(campaign({ amount: 100000 }), () => ({ fen: 5001, count: 1 })).budget).toEqual({ amount: 105001 }))
})

describe('books', () => {
  test('what a run added to a budget; the budgets of offers are part of it', () => {
    const before = new Map([['C1#budget', { fen: 100, count: 1 }]])
    const now = new Map([
      ['C1#budget', { fen: 350, count: 3 }],
      ['C1/HERE#budget', { fen: 250, count: 2 }],
    ])
    expect(addedTo(before, now)).toEqual(new Map([['C1', { fen: 250, uses: 2 }]]))
  })

  test.each`
    _case              | other                    | agree
    ${'the same'}      | ${{ fen: 250, uses: 2 }} | ${true}
    ${'a fen apart'}   | ${{ fen: 251, uses: 2 }} | ${false}
    ${'a use apart'}   | ${{ fen: 250, uses: 3 }} | ${false}
    ${'nothing known'} | ${undefined}             | ${false}
  `('$_case', ({ other, agree }) => {
    const others = new Map(other ? [['C1', other]] : [])
    expect(compare([campaign()], [new Map([['C1', { fen: 250, uses: 2 }]]), others]).map((line) => line.agree)).toEqual(
      [agree],
    )
  })
})
