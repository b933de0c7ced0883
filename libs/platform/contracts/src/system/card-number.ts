import { z } from 'zod'
import { holdsCardNumber } from '../text'
import { LijianError, type FieldError } from './errors'

const HERE = 'expected no card number: 13 to 19 digits in it are in the range of a card scheme and pass the Luhn check'
export const NO_CARD = `${HERE}; leave it out, or write first six and last four digits`
const NO_CARD_SERIAL = `${HERE}; send another, or set serialsMayLookLikeCards of the client if yours pass by chance`

/** No text that we keep may be so long: its length refuses it, and a megabyte of digits is not looked through first. */
const REFUSED_ANYWAY = 10_000

/** For a schema of text that is stored as it comes, and that has a maximum. */
export const noCard: [check: (text: string) => boolean, message: string] = [
  (text) => text.length > REFUSED_ANYWAY || !holdsCardNumber(text),
  NO_CARD,
]

/** The sender's own token of a card, or ours. Digits alone could be the number itself. */
export const cardToken = z
  .string()
  .regex(/^(?![0-9]+$)[A-Za-z0-9_-]{16,128}$/, 'expected a token of 16 to 128 of A-Z a-z 0-9 _ -, not digits alone')
  .refine(
    (token) => !holdsCardNumber(token),
    'expected a token in which no card number stands: make it by a keyed digest',
  )

/** What a transaction system numbers by itself. */
const SENDERS = ['serial', 'originalSerial', 'refund', 'subMerchant', 'terminal', 'upstreamSerial'] as const
type Numbered = { [Name in (typeof SENDERS)[number]]?: string | undefined }

/**
 * Serials go on into flows, files and notifications as they are: one that holds a card number is refused at both doors, and not repeated. `mayLookLikeCards`:
 * the client's serials pass by chance. Throws LijianError invalid_request.
 */
export function mustHoldNoCard(numbered: Numbered, mayLookLikeCards: boolean): void {
  if (mayLookLikeCards) return
  let errors: FieldError[] | undefined
  for (const name of SENDERS) {
    const text = numbered[name]
    if (text !== undefined && holdsCardNumber(text)) (errors ??= []).push({ path: name, message: NO_CARD_SERIAL })
  }
  if (errors !== undefined) throw new LijianError('invalid_request', undefined, { errors })
}
