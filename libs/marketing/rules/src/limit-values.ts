import type { CompiledLimit, IdentityKind, PaymentFacts } from './types'

const IDENTITIES: readonly IdentityKind[] = ['device', 'phone', 'bankPhone', 'idNumber', 'account', 'card']

/** During a change of the token key a card has a token under each key: its payments count under all of them (decision 0063). */
export function generationsOf({ earlier }: PaymentFacts): number {
  if (earlier === undefined) return 1
  return 1 + Math.max(0, ...Object.values(earlier).map((tokens) => tokens.length))
}

/** The same card, customer or identity by the key of that generation; 0 is the current key. What came as a token has no other. */
function inGeneration(token: string, generation: number, { earlier }: PaymentFacts): string {
  if (generation === 0 || earlier === undefined || !Object.hasOwn(earlier, token)) return token
  return earlier[token]![generation - 1] ?? token
}

/** A token and those of the same value under earlier keys. */
export function everyGeneration(token: string, { earlier }: Pick<PaymentFacts, 'earlier'>): readonly string[] {
  return earlier === undefined || !Object.hasOwn(earlier, token) ? [token] : [token, ...earlier[token]!]
}

/** What one person is known by, `kind:token` each; the card stands in for `card` and the customer for `account`. */
export function identitiesOf(facts: PaymentFacts, generation = 0): string[] {
  const { identities, cardToken, customerToken } = facts
  const found: string[] = []
  for (const kind of IDENTITIES) {
    const token = identities?.[kind] ?? (kind === 'card' ? cardToken : kind === 'account' ? customerToken : undefined)
    if (token !== undefined) found.push(`${kind}:${inGeneration(token, generation, facts)}`)
  }
  return found
}

/** Hardest to change first. */
const PERSON: readonly IdentityKind[] = ['idNumber', 'bankPhone', 'phone', 'account', 'card', 'device']

/** The one identity that stands for the person. The payment carries some identity: a limit per user refuses it otherwise. */
export function personOf(facts: PaymentFacts, generation = 0): string {
  const known = identitiesOf(facts, generation)
  return PERSON.flatMap((kind) => known.filter((identity) => identity.startsWith(`${kind}:`)))[0] ?? ''
}

/** The values of a limit's dimensions without `user`, as they stand in its counter's key. */
export function dimensionValues({ per }: CompiledLimit, facts: PaymentFacts, generation = 0): string {
  let values = ''
  for (let i = 0; i < per.length; i++) values += (i === 0 ? '' : ',') + valueOf(per[i]!, facts, generation)
  return values
}

/** The values of each counter of a limit: one for each thing that a person is known by, each under every token key. */
export function counterValues(limit: CompiledLimit, facts: PaymentFacts): Iterable<string> {
  const found = new Set<string>()
  const generations = generationsOf(facts)
  for (let generation = 0; generation < generations; generation++) {
    const values = dimensionValues(limit, facts, generation)
    if (limit.user) for (const identity of identitiesOf(facts, generation)) found.add(join(values, identity))
    else found.add(values)
  }
  return found
}

export const join = (values: string, identity: string): string => (values === '' ? identity : `${values},${identity}`)

export function valueOf(
  dimension: CompiledLimit['per'][number],
  facts: PaymentFacts,
  generation = 0,
): string | undefined {
  const { cardToken, customerToken } = facts
  switch (dimension) {
    case 'merchant':
      return facts.merchant
    case 'subMerchant':
      return facts.subMerchant
    case 'card':
      return cardToken && inGeneration(cardToken, generation, facts)
    case 'customer':
      return customerToken && inGeneration(customerToken, generation, facts)
    case 'terminal':
      return facts.terminal
  }
}
