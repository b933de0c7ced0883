import { createHmac } from 'node:crypto'

/**
 * A keyed token stands for a value that must not be known: the same value gives the same token, nobody without the key can try values out.
 * The domain before the value keeps a card and a customer with the same digits apart; 0 cannot stand in either.
 */
function token(key: Buffer, domain: string, value: string): string {
  return createHmac('sha256', key).update(`lijian/${domain}\0${value}`).digest('base64url')
}

export const cardToken = (key: Buffer, pan: string): string => `cd_${token(key, 'card', pan)}`

export const customerToken = (key: Buffer, customer: string): string => `cu_${token(key, 'customer', customer)}`

/** Identities (device, phone, idNumber …), each kind in a domain of its own. */
export const identityToken = (key: Buffer, kind: string, value: string): string =>
  `id_${token(key, `identity/${kind}`, value)}`
