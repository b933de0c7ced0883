import { decimalsOf } from '@lijian/contracts/shown'

/** The same text in both languages. */
export interface Both {
  zh: string
  en: string
}
export const both = (zh: string, en: string): Both => ({ zh, en })

/** Digits with a point so many places from their end, without zeros that say nothing. */
function pointed(value: number, places: number): string {
  if (!Number.isSafeInteger(value)) return String(value)
  const digits = String(Math.abs(value)).padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',')
  const rest = digits.slice(digits.length - places).replace(/0+$/, '')
  return `${value < 0 ? '-' : ''}${whole}${rest === '' ? '' : `.${rest}`}`
}

export const CNY = 'CNY'
/** Minor units as an amount: 1500 is 15元. */
export function money(minor: number, currency: string): Both {
  const text = pointed(minor, decimalsOf(currency))
  return currency === CNY ? both(`${text}元`, `${text} yuan`) : both(`${text} ${currency}`, `${text} ${currency}`)
}

/** Parts per million: 850000 is 85%. */
export const percent = (ppm: number): string => `${pointed(ppm, 4)}%`
/** What is paid, as Chinese people say it: 850000 is 8.5折. */
export const zhe = (ppm: number): string => `${pointed(ppm, 5)}折`
export const plainCount = (count: number): string => pointed(count, 0)

/** What stands in a document and is no such thing as its key wants: as JSON, in both languages. */
export const raw = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** So many entries of a list stand in a sentence; of a longer one a checksum, so that another list reads differently. */
const SHOWN_MAX = 20

export function listed(entries: readonly Both[]): Both {
  const zh = entries.map((entry) => entry.zh)
  const en = entries.map((entry) => entry.en)
  if (entries.length <= SHOWN_MAX) return both(zh.join('、'), en.join(', '))
  const [count, sum] = [plainCount(entries.length), checksum(en)]
  return both(
    `${zh.slice(0, SHOWN_MAX).join('、')} 等共 ${count} 个（清单校验码 ${sum}）`,
    `${en.slice(0, SHOWN_MAX).join(', ')} and others, ${count} in all (checksum of the list ${sum})`,
  )
}

/** FNV-1a of 32 bits: for eyes that compare two lists, no seal. */
function checksum(entries: readonly string[]): string {
  let hash = 0x811c9dc5
  for (const character of entries.join('\n')) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** A code by its word; one that is not here stands for itself. */
export function wordOf(words: Readonly<Record<string, Both>>, value: unknown): Both {
  const text = raw(value)
  return Object.hasOwn(words, text) ? words[text]! : both(text, text)
}

export const PERIODS: Readonly<Record<string, Both>> = {
  total: both('整个活动期间', 'in all'),
  day: both('每天', 'a day'),
  week: both('每周', 'a week'),
  month: both('每月', 'a month'),
  quarter: both('每季度', 'a quarter'),
  year: both('每年', 'a year'),
}
export const DIMENSIONS: Readonly<Record<string, Both>> = {
  merchant: both('每个商户', 'each merchant'),
  subMerchant: both('每个子商户', 'each sub-merchant'),
  card: both('每张卡', 'each card'),
  customer: both('每位客户', 'each customer'),
  terminal: both('每台终端', 'each terminal'),
  user: both('每位用户（设备、手机号、证件、账号、卡任一相同即为同一人）', 'each user (known by device, phone, ID, account or card)'), // prettier-ignore
}
export const PAYMENT_METHODS: Readonly<Record<string, Both>> = {
  swipe: both('刷卡', 'card swiped or inserted'),
  qr: both('二维码', 'QR code'),
  quickpass: both('云闪付（闪付）', 'QuickPass'),
  quick: both('快捷支付', 'quick pay'),
  online: both('线上支付', 'online'),
  apple_pay: both('Apple Pay', 'Apple Pay'),
  wechat: both('微信支付', 'WeChat Pay'),
  alipay: both('支付宝', 'Alipay'),
}
export const CARD_TYPES: Readonly<Record<string, Both>> = {
  credit: both('贷记卡（信用卡）', 'credit'),
  debit: both('借记卡', 'debit'),
  prepaid: both('预付卡', 'prepaid'),
  quasi_credit: both('准贷记卡', 'quasi-credit'),
}
export const CARD_REGIONS: Readonly<Record<string, Both>> = {
  domestic: both('境内卡', 'issued in mainland China'),
  overseas: both('境外卡', 'issued elsewhere'),
}
export const SCHEMES: Readonly<Record<string, Both>> = {
  unionpay: both('银联', 'UnionPay'),
  visa: both('Visa', 'Visa'),
  mastercard: both('万事达', 'Mastercard'),
}
export const DAY_TYPES: Readonly<Record<string, Both>> = {
  workday: both('工作日（含调休上班日）', 'workdays (make-up days too)'),
  weekend: both('周末', 'weekends'),
  holiday: both('法定节假日', 'public holidays'),
}
export const WEEKDAYS: Readonly<Record<string, Both>> = {
  1: both('周一', 'Monday'),
  2: both('周二', 'Tuesday'),
  3: both('周三', 'Wednesday'),
  4: both('周四', 'Thursday'),
  5: both('周五', 'Friday'),
  6: both('周六', 'Saturday'),
  7: both('周日', 'Sunday'),
}
