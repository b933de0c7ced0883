import { everyGeneration } from './limit-values'
import { MerchantGroups, type MerchantGroupMembers } from './merchant-groups'
import { TokenSet } from './token-set'
import type {
  CardGroupMembers,
  CustomerGroupMembers,
  GroupMatcher,
  MerchantGroupMatcher,
  PaymentFacts,
  TokenMembers,
} from './types'

/** Matchers by group code, each built when the first offer asks for it. A group that is not stored matches no card. */
export interface GroupMatchers {
  card(this: void, code: string): GroupMatcher
  customer(this: void, code: string): GroupMatcher
  merchant(this: void, code: string): MerchantGroupMatcher
  merchants: MerchantGroups
}

export function groupMatchers(
  cardGroups: readonly CardGroupMembers[],
  customerGroups: readonly CustomerGroupMembers[],
  merchantGroups: MerchantGroups | readonly MerchantGroupMembers[],
): GroupMatchers {
  const merchants = merchantGroups instanceof MerchantGroups ? merchantGroups : MerchantGroups.of(merchantGroups)
  return {
    card: onceEach(cardGroups, cardMatcher),
    customer: onceEach(customerGroups, customerMatcher),
    merchant: onceEach([], (code) => merchantMatcher(code, merchants)),
    merchants,
  }
}

/** The groups among the matchers to which card or customer belong: what is kept so that a decision can be run again. */
export function isMember(matcher: GroupMatcher, facts: PaymentFacts): boolean {
  return facts.memberOf === undefined ? matcher.has(facts) : facts.memberOf.has(matcher.key)
}

/** A prefix longer than the known digits does not match: the missing digits decide. */
function cardMatcher(code: string, group: CardGroupMembers | undefined): GroupMatcher {
  const bins = group?.bins ?? []
  const prefixes = new Set(bins)
  const lengths = [...new Set(bins.map((bin) => bin.length))].sort((a, b) => a - b)
  const tokens = group && members(group.cards)
  return {
    key: `card/${code}`,
    bins,
    hasTokens: tokens !== undefined && tokens.size > 0,
    has(facts) {
      const { cardDigits, cardToken } = facts
      if (isAmong(tokens, cardToken, facts)) return true
      if (cardDigits === undefined) return false
      for (const length of lengths) {
        if (length > cardDigits.length) return false
        if (prefixes.has(cardDigits.slice(0, length))) return true
      }
      return false
    },
  }
}

function customerMatcher(code: string, group: CustomerGroupMembers | undefined): GroupMatcher {
  const tokens = group && members(group.customers)
  return {
    key: `customer/${code}`,
    bins: [],
    hasTokens: true,
    has: (facts) => isAmong(tokens, facts.customerToken, facts),
  }
}

function merchantMatcher(code: string, merchants: MerchantGroups): MerchantGroupMatcher {
  const key = `merchant/${code}`
  const number = merchants.number(code)
  return {
    key,
    bins: [],
    hasTokens: true,
    number,
    has: ({ merchant, merchantOf }) =>
      merchantOf === undefined ? merchants.has(merchant, number) : merchantOf.has(key),
  }
}

/** A group that was imported under an earlier token key goes on having its members. */
const isAmong = (tokens: TokenMembers | undefined, token: string | undefined, facts: PaymentFacts): boolean =>
  tokens !== undefined &&
  token !== undefined &&
  (tokens.has(token) || (facts.earlier !== undefined && everyGeneration(token, facts).some((one) => tokens.has(one))))

/** From here on a Set of texts (about 100 bytes a member) costs too much memory. */
const SET_MAX = 10_000

function members(given: readonly string[] | TokenMembers): TokenMembers | undefined {
  if ('has' in given) return given
  if (given.length === 0) return undefined
  return given.length > SET_MAX ? TokenSet.of(given) : new Set(given)
}

function onceEach<T extends { code: string }, Matcher extends GroupMatcher>(
  groups: readonly T[],
  build: (code: string, group: T | undefined) => Matcher,
): (code: string) => Matcher {
  const byCode = new Map(groups.map((group) => [group.code, group]))
  const built = new Map<string, Matcher>()
  return (code) => {
    let matcher = built.get(code)
    if (matcher === undefined) built.set(code, (matcher = build(code, byCode.get(code))))
    return matcher
  }
}
