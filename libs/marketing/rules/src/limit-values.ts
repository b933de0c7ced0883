import type { CompiledLimit, IdentityKind, PaymentFacts } from './types'

const IDENTITIES: readonly IdentityKind[] = ['device', 'phone', 'bankPhone', 'idNumber', 'account', 'card']

/** What one person is known by, `kind:token` each; the card stands in for `card` and the customer for `account`. */
export function identitiesOf({ identities, cardToken, customerToken }: PaymentFacts): string[] {
  const found: string[] = []
  for (const kind of IDENTITIES) {
    const token = identities?.[kind] ?? (kind === 'card' ? cardToken : kind === 'account' ? customerToken : undefined)
    if (token !== undefined) found.push(`${kind}:${token}`)
  }
  return found
}

/** Hardest to change first. */
const PERSON: readonly IdentityKind[] = ['idNumber', 'bankPhone', 'phone', 'account', 'card', 'device']

/** The one identity that stands for the person. The payment carries some identity: a limit per user refuses it otherwise. */
export function personOf(facts: PaymentFacts): string {
  const known = identitiesOf(facts)
  return PERSON.flatMap((kind) => known.filter((identity) => identity.startsWith(`${kind}:`)))[0] ?? ''
}

/** The values of a limit's dimensions without `user`, as they stand in its counter's key. */
export function dimensionValues({ per }: CompiledLimit, facts: PaymentFacts): string {
  let values = ''
  for (let i = 0; i < per.length; i++) values += (i === 0 ? '' : ',') + valueOf(per[i]!, facts)
  return values
}

export const join = (values: string, identity: string): string => (values === '' ? identity : `${values},${identity}`)

export function valueOf(dimension: CompiledLimit['per'][number], facts: PaymentFacts): string | undefined {
  switch (dimension) {
    case 'merchant':
      return facts.merchant
    case 'subMerchant':
      return facts.subMerchant
    case 'card':
      return facts.cardToken
    case 'customer':
      return facts.customerToken
    case 'terminal':
      return facts.terminal
  }
}
