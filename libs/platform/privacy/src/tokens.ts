import { createHmac } from 'node:crypto'

/**
 * A keyed token stands for a value that must not be known: the same value gives the same token, and without the key values cannot be tried out.
 * The domain before the value keeps a card and a customer with the same digits apart; 0 cannot stand in either.
 */
function token(key: Buffer, domain: string, value: string): string {
  return createHmac('sha256', key).update(`lijian/${domain}\0${value}`).digest('base64url')
}

/** A key of its own, so that who has shown tokens and one kept token learns nothing of the others. */
const displayKey = (key: Buffer): Buffer => createHmac('sha256', key).update('lijian/display-key').digest()

export const cardToken = (key: Buffer, pan: string): string => `cd_${token(key, 'card', pan)}`

/** What people are shown of a card's token: the same card is the same text, and no body that asks takes it for a card. */
export const displayToken = (key: Buffer, shown: string): string => `cs_${token(displayKey(key), 'display', shown)}`

export const customerToken = (key: Buffer, customer: string): string => `cu_${token(key, 'customer', customer)}`

/** Identities (device, phone, idNumber …), each kind in a domain of its own. */
export const identityToken = (key: Buffer, kind: string, value: string): string =>
  `id_${token(key, `identity/${kind}`, value)}`

/** What a person may be known by beside a card and a customer's number. */
export const IDENTITY_KINDS = ['device', 'phone', 'bankPhone', 'idNumber', 'account', 'card'] as const
type Kind = (typeof IDENTITY_KINDS)[number]

/**
 * Tokens of everything a person is known by, in one order. A card number and a customer get the tokens that they have as card and customer,
 * because these stand in for the identities `card` and `account`: the same card is the same person either way.
 */
export function identityTokens(
  key: Buffer,
  given: Readonly<Partial<Record<Kind, string>>>,
): Partial<Record<Kind, string>> {
  const tokens: Partial<Record<Kind, string>> = {}
  for (const kind of IDENTITY_KINDS) {
    const value = given[kind]
    if (value !== undefined) tokens[kind] = tokenOf(key, kind, value)
  }
  return tokens
}

function tokenOf(key: Buffer, kind: Kind, value: string): string {
  if (kind === 'account') return customerToken(key, value)
  if (kind !== 'card') return identityToken(key, kind, value)
  if (/^[0-9]{12,19}$/.test(value)) return cardToken(key, value)
  return /^cd_[A-Za-z0-9_-]{43}$/.test(value) ? value : identityToken(key, kind, value)
}
