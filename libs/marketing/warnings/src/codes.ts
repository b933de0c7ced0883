import type { Campaign } from '@lijian/contracts/marketing'
import { BIN_TABLE_ISSUERS } from './code-issuers'
import { warning, type Warning } from './warning'

/** The open, configured lists: another code is accepted, and named, because a typing error would silently never match. */
export interface CodeLists {
  paymentMethods: readonly string[]
  schemes: readonly string[]
  issuers: readonly string[]
  cardProducts: readonly string[]
  facts: readonly string[]
}

export const DEFAULT_CODE_LISTS: CodeLists = {
  paymentMethods: [
    ...['swipe', 'qr', 'quickpass', 'quick', 'apple_pay', 'huawei_pay', 'samsung_pay', 'mi_pay', 'cloud_pay'],
    ...['wechat', 'alipay', 'online', 'digital_yuan', 'wearable', 'jd', 'meituan', 'suning'],
  ],
  schemes: ['unionpay', 'visa', 'mastercard', 'jcb', 'amex', 'diners', 'discover'],
  issuers: BIN_TABLE_ISSUERS,
  cardProducts: [
    ...['standard', 'gold', 'platinum', 'titanium', 'diamond', 'world', 'infinite', 'signature'],
    ...['business', 'commercial', 'supplementary'],
  ],
  facts: ['registered', 'first_use', 'coupon_claimed', 'new_card', 'new_customer'],
}

const LISTS = [
  { key: 'paymentMethods', list: 'paymentMethods', en: 'payment method', zh: '支付方式' },
  { key: 'schemes', list: 'schemes', en: 'scheme', zh: '卡组织' },
  { key: 'issuers', list: 'issuers', en: 'issuer', zh: '发卡行' },
  { key: 'cardProducts', list: 'cardProducts', en: 'card product', zh: '卡产品' },
  { key: 'excludedCardProducts', list: 'cardProducts', en: 'card product', zh: '卡产品' },
  { key: 'facts', list: 'facts', en: 'fact', zh: '事实' },
] as const

/** Each unlisted code once per list, where it first stands, with every place that names it. */
export function codeWarnings(campaign: Campaign, lists: CodeLists): Warning[] {
  return LISTS.flatMap(({ key, list, en, zh }) => {
    const listed = new Set(lists[list])
    const places = new Map<string, string[]>()
    campaign.offers.forEach(({ rule }, i) =>
      rule.conditions?.[key]?.forEach((code, j) => {
        if (!listed.has(code))
          places.set(code, [...(places.get(code) ?? []), `offers[${i}].rule.conditions.${key}[${j}]`])
      }),
    )
    return [...places].map(([code, paths]) => {
      const near = nearest(code, lists[list])
      const said = {
        message: `${en} "${code}" is not a listed one: check the spelling${near === undefined ? '' : ` ("${near}"?)`} or have it listed.`,
        messageZh: `${zh}"${code}"不在已配置的列表中:请核对拼写${near === undefined ? '' : `(是否为"${near}")`},或先加入列表。`,
      }
      return warning('unlisted_code', paths[0]!, said, { code, list, paths, ...(near === undefined ? {} : { near }) })
    })
  })
}

/** A listed code that is one slip away: a letter too many, too few, another, or two exchanged; short codes all look alike. */
function nearest(code: string, listed: readonly string[]): string | undefined {
  return code.length < 4 ? undefined : listed.find((other) => other.length >= 4 && isOneSlip(code, other))
}

function isOneSlip(a: string, b: string): boolean {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  const [restA, restB] = [a.slice(start), b.slice(start)]
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  )
}
