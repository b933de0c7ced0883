import type { Campaign, Limit, Offer } from '@lijian/contracts/marketing'
import type { PaymentFacts } from '@lijian/rules'
import { dayOf, startOf } from './reference-time'

type OwnedLimit = Limit & { owner: string }

/** Which limit says whose draw it is, said a second time from the text of decision 0062. */
function drawingLimit(limits: readonly OwnedLimit[]): OwnedLimit | undefined {
  const length = { day: 0, week: 1, month: 2, quarter: 3, year: 4, total: 5 }
  const sentence = ({ owner, ...limit }: OwnedLimit): string => {
    const person = limit.per.includes('user') ? 'a' : limit.per.includes('customer') ? 'b' : 'c'
    const others = limit.per.filter((dimension) => dimension !== 'user').length
    const counted = limit.count !== undefined && limit.count <= 64
    const period = counted ? 5 - length[limit.period] : length[limit.period]
    return `${person}${others}${counted ? 'a' : 'b'}${period} ${idOf({ owner, ...limit })}`
  }
  return limits
    .filter(({ per }) => per.includes('user') || per.includes('customer') || per.includes('card'))
    .sort((a, b) => (sentence(a) < sentence(b) ? -1 : 1))[0]
}

const ORDER = ['merchant', 'subMerchant', 'card', 'customer', 'terminal', 'user']

function idOf({ owner, id, per, period, measure, offers }: OwnedLimit): string {
  if (id !== undefined) return `${owner}#id:${id}`
  const sorted = ORDER.filter((dimension) => (per as string[]).includes(dimension)).join('+')
  const gross = measure === 'gross' ? '.gross' : ''
  return `${owner}#${sorted}.${period}${gross}${offers === undefined ? '' : `.[${[...new Set(offers)].sort().join('+')}]`}`
}

/** How often each person has drawn: nobody fails here, so the place is the number of uses. */
export class SlowDraws {
  private readonly uses = new Map<string, number>()

  seedOf(
    campaign: Campaign,
    offer: Offer,
    limits: readonly OwnedLimit[],
    pay: PaymentFacts,
    version: number,
  ): readonly (string | number)[] {
    const drawing = this.drawing(campaign, offer, limits, pay)
    if (drawing === undefined) return [pay.client, pay.serial, offer.code, version]
    const last = Math.min(drawing.limit.count ?? 64, 64) - 1
    const place = Math.min(this.uses.get(drawing.name) ?? 0, last)
    return [drawing.values, idOf(drawing.limit), drawing.start, place, offer.code, version]
  }

  use(campaign: Campaign, offer: Offer, limits: readonly OwnedLimit[], pay: PaymentFacts): void {
    const name = this.drawing(campaign, offer, limits, pay)?.name
    if (name !== undefined) this.uses.set(name, (this.uses.get(name) ?? 0) + 1)
  }

  private drawing(campaign: Campaign, offer: Offer, limits: readonly OwnedLimit[], pay: PaymentFacts) {
    const limit = drawingLimit(limits)
    // A payment that lacks what a limit counts by draws by its serial, and is refused.
    if (limit === undefined || limits.some(({ per }) => per.some((one) => valueOf(one, pay) === undefined)))
      return undefined
    const values = ORDER.filter((dimension) => (limit.per as string[]).includes(dimension))
      .map((dimension) => valueOf(dimension, pay))
      .join(',')
    const start = startOf(dayOf(campaign, pay.atMs), limit.period)
    return { limit, values, start, name: `${campaign.code}/${offer.code} ${values} ${start}` }
  }
}

function valueOf(dimension: string, pay: PaymentFacts): string | undefined {
  if (dimension !== 'user') {
    const { merchant, subMerchant, cardToken: card, customerToken: customer, terminal } = pay
    return { merchant, subMerchant, card, customer, terminal }[dimension]
  }
  const known = { ...pay.identities }
  known.card ??= pay.cardToken
  known.account ??= pay.customerToken
  for (const kind of ['idNumber', 'bankPhone', 'phone', 'account', 'card', 'device'] as const)
    if (known[kind] !== undefined) return `${kind}:${known[kind]}`
  return undefined
}
