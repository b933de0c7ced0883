/**
 * What a campaign document may say by design and this release does not compute yet. Such a key is refused by name, apart from keys that
 * nobody knows: silently ignoring "exclusive" would give money away.
 */
const LATER_KEYS: Readonly<Record<string, readonly string[]>> = {
  '': ['dayStart'],
  'offers[]': ['subMerchants', 'group', 'base', 'exclusive', 'delivery', 'rebateAfterDays', 'rebateFrom', 'funders'],
  'offers[].rule.window': ['dayTypes', 'dates'],
  'offers[].rule.conditions': [
    'issuers',
    'cardProducts',
    'excludedCardProducts',
    'terminals',
    'countries',
    'excludedCountries',
    'mccs',
    'regions',
    'customerGroups',
    'facts',
  ],
  'offers[].rule.benefit.tiers[]': ['every'],
  'offers[].rule.benefit.tiers[].off': ['layers'],
  'offers[].rule.benefit.tiers[].payPpm': ['layers'],
  'offers[].rule.refund': ['block'],
  'offers[].rule.limits[]': ['id', 'measure', 'onShort', 'offers'],
  'limits[]': ['id', 'measure', 'onShort', 'offers'],
}
const LATER_VALUES: Readonly<Record<string, readonly string[]>> = {
  'offers[].rule.limits[].per[]': ['user', 'subMerchant'],
  'limits[].per[]': ['user', 'subMerchant'],
  'offers[].rule.refund.restore.count': ['fullRefundOnly'],
}

const placeOf = (pathText: string): string => pathText.replace(/\[\d+\]/g, '[]')

export function isLaterKey(parentText: string, key: string): boolean {
  return LATER_KEYS[placeOf(parentText)]?.includes(key) === true
}

export function isLaterValue(pathText: string, value: unknown): boolean {
  return typeof value === 'string' && LATER_VALUES[placeOf(pathText)]?.includes(value) === true
}

export const notYetSupported = (what: string): string => `not yet supported: ${what}`
