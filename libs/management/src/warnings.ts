import type { Campaign } from '@lijian/contracts'
import { CardGroupRow, MerchantRow, PartnerRow } from '@lijian/persistence'
import { In, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm'

/** Open code lists: other codes are accepted, and named, because a typing error would silently never match. */
const KNOWN_METHODS = ['swipe', 'qr', 'quickpass', 'quick', 'apple_pay', 'wechat', 'alipay', 'online']
const KNOWN_SCHEMES = ['unionpay', 'visa', 'mastercard', 'jcb', 'amex', 'diners', 'discover']

/** What a valid document names that does not exist (yet). Nothing here stops it: a draft may come before its merchants. */
export async function draftWarnings(manager: EntityManager, document: Campaign): Promise<string[]> {
  const conditions = document.offers.map(({ rule }) => rule.conditions ?? {})
  const groups = conditions.flatMap((c) => [
    ...(c.binGroups ?? []),
    ...(c.cardBlacklists ?? []),
    ...(c.cardWhitelists ?? []),
  ])
  const merchants = document.offers.flatMap((offer) => offer.merchants ?? [])
  const partners =
    document.paymentMode === 'prepay'
      ? document.funders.map(({ partner }) => partner).filter((partner) => partner !== '@merchant')
      : []
  const listed = (known: readonly string[], given: string[], what: string) =>
    [...new Set(given)].filter((code) => !known.includes(code)).map((code) => `${what} "${code}" is not a listed one`)
  return [
    ...listed(
      KNOWN_METHODS,
      conditions.flatMap((c) => c.paymentMethods ?? []),
      'payment method',
    ),
    ...listed(
      KNOWN_SCHEMES,
      conditions.flatMap((c) => c.schemes ?? []),
      'scheme',
    ),
    ...(await missing(manager, CardGroupRow, 'code', groups)).map((code) => `card group ${code} does not exist`),
    ...(await missing(manager, MerchantRow, 'id', merchants)).map((id) => `merchant ${id} does not exist`),
    ...(await missing(manager, PartnerRow, 'code', partners)).map((code) => `partner ${code} has no prepaid balance`),
  ]
}

async function missing(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  key: string,
  wanted: string[],
): Promise<string[]> {
  const codes = [...new Set(wanted)]
  if (codes.length === 0) return []
  const rows = await manager.find(entity, { where: { [key]: In(codes) }, select: { [key]: true } })
  const found = new Set(rows.map((row) => String(row[key])))
  return codes.filter((code) => !found.has(code))
}
