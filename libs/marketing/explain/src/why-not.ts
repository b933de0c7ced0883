import type { Refusal } from '@lijian/contracts/marketing'
import type { SeenCounters } from '@lijian/limits'
import { baseFen, inspectBenefit, type CompiledOffer, type PaymentFacts } from '@lijian/rules'
import { fullCounter, saidOfUse } from './counters'
import { money, say } from './said'
import { whyCondition } from './why-conditions'
import { whyWindow } from './why-window'
import type { WhyNot } from './types'

/** What happened around one offer of the decision. */
export interface Around {
  facts: PaymentFacts
  counters: SeenCounters | undefined
  /** What the groups before had left to pay. */
  payableFen: number
  /** Granted in the offer's own group. */
  winner: { code: string; priority: number; discountFen: number } | undefined
  /** What the offer itself would have given. */
  discountFen: number | undefined
  /** Exclusive or granted amount offers of earlier groups. */
  before: readonly { code: string; exclusive: boolean }[]
}

/** Why an offer was not given, in the words of its document and of the payment. */
export function whyNot(offer: CompiledOffer, refusal: Refusal, around: Around): WhyNot {
  const { facts } = around
  return (
    whyWindow(refusal.reason, offer, facts) ??
    whyCondition(refusal.reason, offer, facts) ??
    whyState(offer, refusal) ??
    whyAmount(offer, refusal, around) ??
    whyOthers(offer, refusal, around) ??
    whyLimit(offer, refusal, around) ?? { text: say(refusal.reason, refusal.reason) }
  )
}

function whyState(offer: CompiledOffer, { reason }: Refusal): WhyNot | undefined {
  if (reason === 'not_approved')
    return {
      found: `version ${offer.version}`,
      expected: 'an approved version',
      text: say(`version ${offer.version} was not approved`, `版本 ${offer.version} 未复核`),
    }
  if (reason === 'suspended') return { found: 'suspended', expected: 'active', text: say('it was suspended', '已暂停') }
  return undefined
}

function whyAmount(offer: CompiledOffer, { reason }: Refusal, { facts, payableFen }: Around): WhyNot | undefined {
  if (reason !== 'amount_below_minimum' && reason !== 'amount_above_maximum') return undefined
  const { test } = offer
  const { currency } = offer.campaign
  const whole = baseFen(facts)
  const { baseFen: base, leastFen = 0, mostFen = Infinity } = inspectBenefit(offer, facts, payableFen)
  const below = reason === 'amount_below_minimum'
  const byCondition = below ? whole < test.minFen : whole > test.maxFen
  const found = money(byCondition ? whole : base, currency)
  const bound = below ? (byCondition ? test.minFen : leastFen) : byCondition ? test.maxFen : mostFen
  const [en, zh] =
    !byCondition && base !== whole
      ? ['what earlier offers left was', '前序优惠后的金额为']
      : facts.eligibleFen === undefined
        ? ['the payment was', '交易金额为']
        : ['the eligible part was', '可优惠金额为']
  return {
    found,
    expected: `${below ? '≥' : '≤'} ${money(bound, currency)}`,
    text: below
      ? say(
          `${en} ${found}, the offer needs at least ${money(bound, currency)}`,
          `${zh} ${found},子活动要求不少于 ${money(bound, currency)}`,
        )
      : say(
          `${en} ${found}, the offer takes at most ${money(bound, currency)}`,
          `${zh} ${found},子活动要求不多于 ${money(bound, currency)}`,
        ),
  }
}

function whyOthers(offer: CompiledOffer, { reason }: Refusal, around: Around): WhyNot | undefined {
  const { winner, before } = around
  switch (reason) {
    case 'exclusive': {
      const closing = before.find(({ exclusive }) => exclusive)
      const [first] = before
      return closing
        ? { text: say(`${closing.code} was granted before, and it is exclusive`, `此前已享受互斥优惠 ${closing.code}`) }
        : {
            text: say(
              `it is exclusive, and ${first?.code ?? 'another offer'} was granted before`,
              `本优惠互斥,而此前已享受 ${first?.code ?? '其他优惠'}`,
            ),
          }
    }
    case 'no_benefit':
      return {
        found: money(0, offer.campaign.currency),
        expected: `> ${money(0, offer.campaign.currency)}`,
        text: say('it would have given nothing on this payment', '对这笔交易计算出的优惠为 0'),
      }
    case 'not_best':
      return winner === undefined ? undefined : notBest(offer, winner, around.discountFen)
    default:
      return undefined
  }
}

function notBest(offer: CompiledOffer, winner: NonNullable<Around['winner']>, discountFen: number | undefined): WhyNot {
  const { code, priority } = winner
  const { currency } = offer.campaign
  const [found, expected] = [
    discountFen === undefined ? '–' : money(discountFen, currency),
    money(winner.discountFen, currency),
  ]
  const [en, zh] =
    priority !== offer.priority
      ? [`its priority ${priority} is above ${offer.priority}`, `其优先级 ${priority} 高于 ${offer.priority}`]
      : discountFen !== undefined && discountFen !== winner.discountFen
        ? [`it gives ${expected}, this one ${found}`, `其优惠 ${expected},本优惠 ${found}`]
        : ['of equal ones the first by code is taken', '同等条件下按代码先后']
  return { found, expected, text: say(`${code} of the same group was granted: ${en}`, `同组的 ${code} 已享受:${zh}`) }
}

function whyLimit(offer: CompiledOffer, refusal: Refusal, { facts, counters }: Around): WhyNot | undefined {
  switch (refusal.reason) {
    case 'blocked_after_refund':
      return { text: say('a refund has closed it to this card or person', '因退货,该卡或该用户在此期间不能再享受') }
    case 'limit_key_missing':
      return {
        found: '–',
        expected: refusal.limit,
        text: say(
          `the limit ${refusal.limit} counts by something that the payment does not carry`,
          `限额 ${refusal.limit} 所依据的要素在交易中没有`,
        ),
      }
    case 'limit_exhausted':
    case 'budget_exhausted':
    case 'funds_exhausted': {
      const { found, expected, text } = saidOfUse(refusal, offer.campaign)
      const identity = fullCounter(refusal, counters, facts)
      const [en, zh] = identity === undefined ? ['', ''] : [` (by ${identity})`, `(按 ${identity})`]
      return {
        found,
        expected,
        text: say(
          `the limit ${refusal.limit}${en} had no room: ${text.en}`,
          `限额 ${refusal.limit}${zh} 不足:${text['zh-CN']}`,
        ),
      }
    }
    default:
      return undefined
  }
}
