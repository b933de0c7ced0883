import { zoneClock } from '@lijian/calendar'
import { DIMENSIONS, type Budget, type Campaign, type Limit, type Offer } from '@lijian/contracts/marketing'
import { createSecretKey, type KeyObject } from 'node:crypto'
import { compileConditions, minuteOf } from './compile-conditions'
import { drawLimit } from './draw-place'
import { groupMatchers, type GroupMatchers } from './groups'
import { hasDraw } from './inspect'
import { LiveIndex } from './live-index'
import type { MerchantGroupMembers, MerchantGroups } from './merchant-groups'
import type {
  CardGroupMembers,
  Catalog,
  CatalogInput,
  CompiledLimit,
  CompiledOffer,
  CustomerGroupMembers,
} from './types'

interface Workshop {
  groups: GroupMatchers
  drawKey: KeyObject
}

/** Makes every offer ready once; payments then find theirs by an index. */
export function compileCatalog(input: CatalogInput): Catalog {
  const shop = workshop(input)
  const offers: CompiledOffer[] = []
  for (const { document, version, approved, suspended, suspendedOffers } of input.campaigns) {
    for (const offer of document.offers) {
      const stopped = suspended || suspendedOffers.includes(offer.code)
      offers.push(compile(document, offer, { version, approved, suspended: stopped }, shop))
    }
  }
  rankGroups(offers, input.groupOrder ?? [])
  return {
    offers,
    live: new LiveIndex(
      offers.filter((offer) => offer.approved && !offer.suspended),
      shop.groups.merchants,
    ),
  }
}

/**
 * Offers that were compiled apart, as one catalog has them. Copies, because the place of a group depends on which others there are; what was
 * compiled is not made again.
 */
export function joinOffers(offers: readonly CompiledOffer[], groupOrder: readonly string[] = []): CompiledOffer[] {
  const copies = offers.map((offer) => ({ ...offer }))
  rankGroups(copies, groupOrder)
  return copies
}

export interface OfferOf {
  cardGroups: readonly CardGroupMembers[]
  customerGroups?: readonly CustomerGroupMembers[]
  merchantGroups?: MerchantGroups | readonly MerchantGroupMembers[]
  drawKey: Buffer
}

/**
 * One offer of one document version, to test a granted offer again after payment: approval and suspension are not asked a second time.
 * Throws when the document has no such offer.
 */
export function compileOffer(document: Campaign, version: number, offerCode: string, of: OfferOf): CompiledOffer {
  const offer = document.offers.find(({ code }) => code === offerCode)
  if (offer === undefined) throw new Error(`campaign ${document.code} version ${version} has no offer ${offerCode}`)
  return compile(document, offer, { version, approved: true, suspended: false }, workshop(of))
}

function workshop({ cardGroups, customerGroups, merchantGroups, drawKey }: OfferOf): Workshop {
  const groups = groupMatchers(cardGroups, customerGroups ?? [], merchantGroups ?? [])
  return { groups, drawKey: createSecretKey(drawKey) }
}

/** Amount groups in configured order, unnamed ones after them by code, fee groups last (DESIGN §3, "selection"). */
function rankGroups(offers: readonly CompiledOffer[], order: readonly string[]): void {
  const place = new Map(order.map((group, i) => [group, i]))
  const names = (kind: 'amount' | 'fee') => {
    const distinct = [...new Set(offers.filter((offer) => offer.kind === kind).map(({ group }) => group))]
    return distinct.sort((a, b) => (place.get(a) ?? Infinity) - (place.get(b) ?? Infinity) || (a < b ? -1 : 1))
  }
  const ranks = new Map(
    [...names('amount').map((name) => `amount ${name}`), ...names('fee').map((name) => `fee ${name}`)].map((k, i) => [
      k,
      i,
    ]),
  )
  for (const offer of offers) offer.groupRank = ranks.get(`${offer.kind} ${offer.group}`)!
}

function compile(
  campaign: Campaign,
  offer: Offer,
  state: { version: number; approved: boolean; suspended: boolean },
  { groups, drawKey }: Workshop,
): CompiledOffer {
  const owner = `${campaign.code}/${offer.code}`
  const funders = offer.funders ?? campaign.funders
  const block = offer.rule.refund?.block
  const shared = (campaign.limits ?? []).filter(({ offers }) => offers === undefined || offers.includes(offer.code))
  const limits = [
    ...(offer.rule.limits ?? []).map((limit) => compileLimit(owner, limit)),
    ...shared.map((limit) => compileLimit(campaign.code, limit)),
    ...compileBudget(owner, offer.budget),
    ...compileBudget(campaign.code, campaign.budget),
  ]
  const drawBy = hasDraw(offer) ? drawLimit(limits) : undefined
  return {
    campaign,
    offer,
    code: offer.code,
    kind: offer.kind,
    ...state,
    priority: offer.priority ?? 0,
    group: offer.group ?? offer.kind,
    groupRank: 0,
    gross: offer.base === 'gross',
    exclusive: offer.exclusive === true && offer.kind === 'amount',
    delivery: offer.kind === 'amount' ? (offer.delivery ?? 'instant') : 'instant',
    funders,
    clock: zoneClock(campaign.timeZone, campaign.dayStart === undefined ? 0 : minuteOf(campaign.dayStart)),
    test: compileConditions(campaign, offer, groups),
    limits,
    ...(drawBy === undefined ? {} : { drawBy }),
    ...(block === undefined
      ? {}
      : { block: { limitId: `${owner}#block`, period: block === 'day' ? ('day' as const) : ('total' as const) } }),
    funderWeights: funders.map(({ sharePpm }) => sharePpm),
    drawKey,
  }
}

/**
 * `per` is put into one fixed order, so that ["card","merchant"] and ["merchant","card"] are the same counter. A limit is known by its id,
 * else by owner, per, period, measure and offers: what was used stays with that name in a new version.
 */
function compileLimit(owner: string, limit: Limit): CompiledLimit {
  const per = DIMENSIONS.filter((dimension) => limit.per.includes(dimension))
  const measure = limit.measure ?? 'discount'
  const named = [
    `${per.join('+')}.${limit.period}`,
    ...(measure === 'gross' ? ['gross'] : []),
    ...(limit.offers === undefined ? [] : [`[${[...new Set(limit.offers)].sort().join('+')}]`]),
  ].join('.')
  return {
    limitId: `${owner}#${limit.id === undefined ? named : `id:${limit.id}`}`,
    kind: 'limit',
    per: per.filter((dimension) => dimension !== 'user'),
    user: per.includes('user'),
    period: limit.period,
    limitFen: limit.amount ?? null,
    limitCount: limit.count ?? null,
    measure,
    clip: limit.onShort === 'clip' && limit.amount !== undefined,
    shared: per.every((dimension) => dimension === 'merchant' || dimension === 'subMerchant'),
  }
}

function compileBudget(owner: string, budget: Budget | undefined): CompiledLimit[] {
  if (budget === undefined) return []
  return [
    {
      limitId: `${owner}#budget`,
      kind: 'budget',
      per: [],
      user: false,
      period: 'total',
      limitFen: budget.amount ?? null,
      limitCount: budget.count ?? null,
      measure: 'discount',
      clip: false,
      shared: true,
    },
  ]
}
