import { parseCampaign, transactionRequest } from '@lijian/contracts/marketing'
import { compileCatalog, rank, screen, type PaymentFacts } from '@lijian/rules'
import { mixes, Held } from '../http/mixes'
import { documents, FULL, HOT, OFFER_COUNT } from './documents'

const AT_MS = Date.parse('2026-11-18T04:00:00Z')
const { campaigns, cardGroups } = documents()
const live = { version: 1, approved: true, suspended: false, suspendedOffers: [] }
const catalog = compileCatalog({
  campaigns: campaigns.map((document) => ({ document, ...live })),
  cardGroups,
  drawKey: Buffer.alloc(32),
})

/** The candidates of a request of the load generator. */
function candidates(text: string) {
  const body = transactionRequest.parse(JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)))
  const { card } = body
  if (!card || !('token' in card)) throw new Error('the load generator sends tokens')
  const facts: PaymentFacts = {
    ...body,
    client: 'bench',
    amountFen: body.amount,
    cardToken: card.token,
    cardDigits: card.bin,
    atMs: AT_MS,
  }
  const { passed } = screen(catalog, facts, false)
  const fees = { default: { ppm: 6_000 } }
  const price = { payableFen: body.amount, feeSavedFen: 0, granted: false, closed: false, fees }
  return rank(passed, facts, price, false).candidates
}

const texts = (mix: 'noOffer' | 'hot' | 'full') => {
  const next = mixes[mix]({ run: 't', key: 'k', held: new Held() })
  return Array.from({ length: 2_000 }, () => next()!.text)
}

test('there are 1,000 offers in valid documents', () => {
  expect(campaigns.flatMap(({ offers }) => offers)).toHaveLength(OFFER_COUNT)
  expect(campaigns.map((document) => parseCampaign(document).ok)).not.toContain(false)
})

test('two generations are the same', () => {
  expect(documents()).toEqual(documents())
})

test('payments without an offer get none', () => {
  expect(texts('noOffer').flatMap(candidates)).toEqual([])
})

test.each`
  _case     | mix       | offer
  ${'hot'}  | ${'hot'}  | ${HOT.offer}
  ${'full'} | ${'full'} | ${FULL.offer}
`(
  '$_case payments meet one offer with six counters, three of them shared',
  ({ mix, offer }: { mix: 'hot' | 'full'; offer: string }) => {
    const all = texts(mix).map(candidates)
    expect(all.filter((found) => found.length !== 1 || found[0]!.offer.code !== offer)).toEqual([])
    const charges = all.map(([found]) => found!.charges)
    expect(charges.filter((six) => six.length !== 6 || six.filter(({ shared }) => shared).length !== 3)).toEqual([])
    const newKeys = charges.flatMap((six) => six.filter(({ shared }) => !shared).map(({ key }) => key))
    expect(new Set(newKeys).size).toBe(3 * 2_000)
  },
)
