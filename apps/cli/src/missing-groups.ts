import type { Campaign } from '@lijian/contracts/marketing'

interface Groups {
  campaigns: readonly Campaign[]
  cardGroups: readonly { code: string }[]
  customerGroups: readonly { code: string }[]
  merchantGroups: readonly { code: string }[]
}

interface Named {
  /** Of the offer. */
  code: string
  group: string
}

/** Groups that rules name and no file has, a line each: an empty blacklist stops no card, an empty whitelist every card, silently. */
export function missingGroups({ campaigns, cardGroups, customerGroups, merchantGroups }: Groups): string[] {
  const [cards, customers, merchants]: [Named[], Named[], Named[]] = [[], [], []]
  for (const { offers } of campaigns)
    for (const { code, rule, merchantGroups: bound = [] } of offers) {
      const {
        binGroups = [],
        cardBlacklists = [],
        cardWhitelists = [],
        customerGroups: invited = [],
      } = rule.conditions ?? {}
      for (const group of [...binGroups, ...cardBlacklists, ...cardWhitelists]) cards.push({ code, group })
      for (const group of invited) customers.push({ code, group })
      for (const group of bound) merchants.push({ code, group })
    }
  return [
    ...lacking('card', cards, cardGroups),
    ...lacking('customer', customers, customerGroups),
    ...lacking('merchant', merchants, merchantGroups),
  ]
}

function lacking(
  kind: 'card' | 'customer' | 'merchant',
  named: readonly Named[],
  known: readonly { code: string }[],
): string[] {
  const there = new Set(known.map(({ code }) => code))
  const offersOf = new Map<string, Set<string>>()
  for (const { code, group } of named)
    if (!there.has(group)) offersOf.set(group, (offersOf.get(group) ?? new Set()).add(code))
  return [...offersOf].map(([group, [first, ...more]]) => {
    const by = more.length === 0 ? first! : `${first!} and ${more.length} more`
    return `${kind} group ${group} (${by}) is in no --${kind}-groups file and counts as empty`
  })
}
