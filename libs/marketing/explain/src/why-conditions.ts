import type { Reason } from '@lijian/contracts/marketing'
import {
  VALUE_CONDITIONS,
  type CompiledOffer,
  type GroupMatcher,
  type PaymentFacts,
  type ValueReason,
} from '@lijian/rules'
import { list, say } from './said'
import type { WhyNot } from './types'

/** Reasons of what the payment is: method, card, place, groups, stated facts. */
export function whyCondition(reason: Reason, offer: CompiledOffer, facts: PaymentFacts): WhyNot | undefined {
  const { test } = offer
  switch (reason) {
    case 'currency':
      return wants('currency', '币种', facts.currency, [offer.campaign.currency])
    case 'merchant_not_bound':
      return whyNotBound(test, facts)
    case 'region':
      return wants("merchant's region", '商户地区', facts.merchantRegion, test.regions)
    case 'bin':
      return inNone('the card is in none of the BIN groups', '卡不属于任何一个卡 BIN 组', test.binGroups)
    case 'not_whitelisted':
      return inNone('the card is on none of the whitelists', '卡不在任何一个白名单中', test.whitelists)
    case 'customer_group':
      return inNone('the customer is in none of the groups', '客户不属于任何一个客户组', test.customerGroups)
    case 'blacklisted': {
      const found = list(codesOf((test.blacklists ?? []).filter(({ key }) => facts.memberOf?.has(key))))
      return { found, expected: '–', text: say(`the card is on the blacklist ${found}`, `卡在黑名单 ${found} 中`) }
    }
    case 'facts_missing': {
      const [stated, needs] = [list(facts.facts ?? []), list(test.facts ?? [])]
      return {
        found: stated || '–',
        expected: needs,
        text: say(
          `the payment stated ${stated || 'nothing'}, the offer needs all of ${needs}`,
          `交易声明了${stated || '空'},子活动要求全部满足 ${needs}`,
        ),
      }
    }
    default:
      return whyValue(reason, offer, facts)
  }
}

function whyNotBound(test: CompiledOffer['test'], { merchant, merchantLeft }: PaymentFacts): WhyNot {
  const groups = codesOf(test.merchantGroups ?? []).map((code) => `@${code}`)
  const why = wants('merchant', '商户', merchant, [...(test.merchants ?? []), ...(test.subMerchants ?? []), ...groups])
  if (merchantLeft !== true) return why
  return { ...why, text: say(`the merchant ${merchant} has left: no offer holds for it`, `商户 ${merchant} 已退出,不再参加任何活动`) } // prettier-ignore
}

const NAMES: Readonly<Record<ValueReason, readonly [en: string, zh: string]>> = {
  payment_method: ['payment method', '支付方式'],
  card_type: ['card type', '卡类型'],
  card_product: ['card product', '卡产品'],
  card_region: ['card region', '卡的境内外属性'],
  scheme: ['scheme', '卡组织'],
  issuer: ['issuer', '发卡行'],
  pin_free: ['small-amount PIN-free flag', '双免标志'],
  terminal: ['terminal', '终端'],
  mcc: ["merchant's MCC", '商户 MCC'],
  country: ["merchant's country", '商户国家'],
}

function whyValue(reason: Reason, { test }: CompiledOffer, facts: PaymentFacts): WhyNot | undefined {
  const asked = VALUE_CONDITIONS.find((condition) => condition.reason === reason)
  if (asked === undefined) return undefined
  const [en, zh] = NAMES[asked.reason]
  return wantsOrNot(en, zh, asked.fact(facts), asked.allowed(test), asked.excluded?.(test))
}

function wants(en: string, zh: string, found: string | undefined, allowed: Iterable<string> | undefined): WhyNot {
  const expected = list(allowed ?? [])
  return {
    found: found ?? '–',
    expected,
    text:
      found === undefined
        ? say(`the ${en} was not known, the offer takes ${expected}`, `${zh}未知,子活动要求 ${expected}`)
        : say(`the ${en} was ${found}, the offer takes ${expected}`, `${zh}为 ${found},子活动要求 ${expected}`),
  }
}

function wantsOrNot(
  en: string,
  zh: string,
  found: string | undefined,
  allowed: Iterable<string> | undefined,
  excluded: ReadonlySet<string> | undefined,
): WhyNot {
  if (found === undefined || excluded?.has(found) !== true) return wants(en, zh, found, allowed)
  return {
    found,
    expected: `≠ ${list(excluded)}`,
    text: say(
      `the ${en} was ${found}, the offer excludes ${list(excluded)}`,
      `${zh}为 ${found},子活动排除 ${list(excluded)}`,
    ),
  }
}

function inNone(en: string, zh: string, groups: readonly GroupMatcher[] | undefined): WhyNot {
  const expected = list(codesOf(groups ?? []))
  return { found: '–', expected, text: say(`${en} ${expected}`, `${zh}:${expected}`) }
}

const codesOf = (groups: readonly GroupMatcher[]): string[] => groups.map(({ key }) => key.slice(key.indexOf('/') + 1))
