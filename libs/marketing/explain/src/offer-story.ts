import type { ExplainedOffer, GrantedOffer, Refusal, Said } from '@lijian/contracts/marketing'
import type { GrantedOfferCharges } from '@lijian/decisions'
import { inspectBenefit, testOffer, type CompiledOffer, type PaymentFacts } from '@lijian/rules'
import { counterOf, saidOfCounter } from './counters'
import { refOf, type Recomputed } from './recompute'
import { money, percent, say } from './said'
import type { CatalogThen, PastDecision } from './types'
import { whyNot, type Around } from './why-not'

/** Every offer that was looked at: granted ones first, in order of application, then the others in the order of the documents. */
export function offerStories(past: PastDecision, then: CatalogThen, recomputed: Recomputed): ExplainedOffer[] {
  const { offers, granting } = recomputed
  const granted = granting?.granted ?? []
  const refusals = [...(granting?.refusals ?? recomputed.evaluation.screening.refused)]
  const stories = granted.map((one) => grantedStory(one, past, then, recomputed))
  for (const offer of offers) {
    if (granted.some((one) => refOf(one.offer) === refOf(offer))) continue
    const refusal = takeRefusal(refusals, offer, past)
    stories.push(refusal === undefined ? undecided(offer, past, recomputed) : refused(offer, refusal, past, recomputed))
  }
  return stories
}

/** A refusal names its offer without the campaign: of several, the one with the reason that this offer's conditions give. */
function takeRefusal(refusals: Refusal[], offer: CompiledOffer, { facts }: PastDecision): Refusal | undefined {
  const own = refusals.filter((refusal) => refusal.offer === offer.code)
  const reason = testOffer(offer, facts)
  const taken = own.find((refusal) => refusal.reason === reason) ?? own[0]
  if (taken !== undefined) refusals.splice(refusals.indexOf(taken), 1)
  return taken
}

const headOf = (offer: CompiledOffer): Omit<ExplainedOffer, 'outcome' | 'counters' | 'text'> => ({
  campaign: offer.campaign.code,
  version: offer.version,
  code: offer.code,
  name: offer.offer.name,
  kind: offer.kind,
})

const titleOf = (offer: CompiledOffer): string => `${offer.code} (${offer.offer.name})`

/** What the groups before this offer's have left to pay. */
function payableBefore(offer: CompiledOffer, past: PastDecision, { granting }: Recomputed): number {
  let payableFen = past.facts.amountFen
  for (const one of granting?.granted ?? [])
    if (one.offer.groupRank < offer.groupRank && one.offer.kind === 'amount' && one.offer.delivery === 'instant')
      payableFen -= one.grant.discount
  return payableFen
}

function grantedStory(
  { offer, grant, charges }: GrantedOfferCharges,
  past: PastDecision,
  then: CatalogThen,
  recomputed: Recomputed,
): ExplainedOffer {
  const counters = charges.filter(({ kind }) => kind !== 'draw').map((charge) => counterOf(charge, past.counters))
  const drawn = inspectBenefit(offer, past.facts, payableBefore(offer, past, recomputed)).draw
  const draw = drawn && {
    value: drawn.value,
    unit: drawn.unit,
    min: drawn.span.min,
    max: drawn.span.max,
    ...(drawn.layer === undefined ? {} : { layer: drawn.layer + 1 }),
    key: then.drawKeyId,
    ...drawnBy(offer, past.facts),
  }
  return {
    ...headOf(offer),
    outcome: 'granted',
    discount: grant.discount,
    funders: grant.funders,
    ...(draw === undefined ? {} : { draw }),
    counters,
    text: [
      saidOfGrant(offer, grant),
      ...(draw === undefined ? [] : [saidOfDraw(draw, offer.campaign.currency)]),
      saidOfFunders(grant, offer.campaign.currency),
      ...counters.map((counter) => saidOfCounter(counter, offer.campaign)),
    ],
  }
}

/** The formula of the seed, and with the second one which of the person's draws it was. */
function drawnBy(offer: CompiledOffer, { drawPlaces }: PaymentFacts): { formula: 1 | 2; place?: number } {
  const place = offer.drawBy && drawPlaces?.[refOf(offer)]
  return place === undefined ? { formula: 1 } : { formula: 2, place: place + 1 }
}

function saidOfGrant(offer: CompiledOffer, { discount }: GrantedOffer): Said {
  const [en, zh] =
    offer.kind === 'fee'
      ? ['off the fee', '手续费减免']
      : offer.delivery === 'rebate'
        ? ['to be given back later', '事后返现']
        : ['off the amount', '立减']
  return say(
    `${titleOf(offer)}, version ${offer.version}: granted, ${money(discount, offer.campaign.currency)} ${en}`,
    `${titleOf(offer)},版本 ${offer.version}:已享受,${zh} ${money(discount, offer.campaign.currency)}`,
  )
}

function saidOfDraw(
  { value, unit, min, max, layer, key }: NonNullable<ExplainedOffer['draw']>,
  currency: string,
): Said {
  const shown = (n: number) => (unit === 'fen' ? money(n, currency) : percent(n))
  const [en, zh] = layer === undefined ? ['', ''] : [`layer ${layer}, `, `第 ${layer} 层,`]
  return say(
    `drawn ${shown(value)} of ${shown(min)} to ${shown(max)} (${en}draw key ${key})`,
    `随机结果 ${shown(value)},范围 ${shown(min)} 至 ${shown(max)}(${zh}随机密钥 ${key})`,
  )
}

function saidOfFunders({ funders }: GrantedOffer, currency: string): Said {
  const who = (partner: string, merchant: string) => (partner === '@merchant' ? merchant : partner)
  const part = (merchant: string) =>
    funders.map(({ partner, amount }) => `${who(partner, merchant)} ${money(amount, currency)}`).join(', ')
  return say(`borne by ${part('the merchant')}`, `出资:${part('商户')}`)
}

function around(offer: CompiledOffer, past: PastDecision, recomputed: Recomputed): Around {
  const granted = recomputed.granting?.granted ?? []
  const winner = granted.find((one) => one.offer.groupRank === offer.groupRank)
  const payableFen = payableBefore(offer, past, recomputed)
  const group = recomputed.evaluation.groups.findIndex(({ offers }) => offers.includes(offer))
  const feeSavedFen = granted
    .filter((one) => one.offer.kind === 'fee' && one.offer.groupRank < offer.groupRank)
    .reduce((fen, { grant }) => fen + grant.discount, 0)
  const price = { payableFen, feeSavedFen, granted: true, closed: false, fees: past.fees }
  const candidate =
    group < 0
      ? undefined
      : recomputed.evaluation.ranking(group, price).candidates.find((one) => refOf(one.offer) === refOf(offer))
  return {
    facts: past.facts,
    counters: past.counters,
    payableFen,
    winner: winner && { code: winner.offer.code, priority: winner.offer.priority, discountFen: winner.grant.discount },
    discountFen: candidate?.discountFen,
    before: granted
      .filter((one) => one.offer.kind === 'amount' && one.offer.groupRank < offer.groupRank)
      .map((one) => ({ code: one.offer.code, exclusive: one.offer.exclusive })),
  }
}

function refused(offer: CompiledOffer, refusal: Refusal, past: PastDecision, recomputed: Recomputed): ExplainedOffer {
  const { found, expected, text } = whyNot(offer, refusal, around(offer, past, recomputed))
  const { limit, limitAmount, usedAmount, heldAmount, limitCount, usedCount, heldCount, until } = refusal
  const isUse = limitAmount !== undefined || limitCount !== undefined
  const kind =
    refusal.reason === 'budget_exhausted' ? 'budget' : refusal.reason === 'funds_exhausted' ? 'funds' : 'limit'
  return {
    ...headOf(offer),
    outcome: 'refused',
    reason: refusal.reason,
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
    counters: isUse
      ? [
          JSON.parse(
            JSON.stringify({
              limit,
              kind,
              measure: 'discount',
              known: true,
              limitAmount,
              usedAmount,
              heldAmount,
              limitCount,
              usedCount,
              heldCount,
              until,
            }),
          ) as ExplainedOffer['counters'][number],
        ]
      : [],
    text: [
      say(
        `${titleOf(offer)}, version ${offer.version}: not given, ${text.en} [${refusal.reason}]`,
        `${titleOf(offer)},版本 ${offer.version}:未享受,${text['zh-CN']} [${refusal.reason}]`,
      ),
    ],
  }
}

/** Its conditions hold; what its limits would have said was not asked, or cannot be drawn again. */
function undecided(offer: CompiledOffer, { because }: PastDecision, { keyMissing }: Recomputed): ExplainedOffer {
  const [en, zh] =
    because !== undefined
      ? ['its limits were not waited for', '未等待其额度结果']
      : keyMissing
        ? ['its draw cannot be repeated without the key', '缺少随机密钥,无法重算']
        : ['nothing was decided about it', '未作决定']
  return {
    ...headOf(offer),
    outcome: 'undecided',
    counters: [],
    text: [
      say(
        `${titleOf(offer)}, version ${offer.version}: its conditions held, ${en}`,
        `${titleOf(offer)},版本 ${offer.version}:条件均满足,${zh}`,
      ),
    ],
  }
}
