import { holdsCardNumber } from '@lijian/contracts/text'
import { ApplicationFailure } from '@temporalio/workflow'

const PAYMENT_KEYS = new Set(
  `merchant subMerchant terminal amount eligibleAmount currency paymentMethod card issuer cardType cardProduct cardRegion
   scheme pinFree customerToken identityTokens earlier facts at holdSeconds deadlineMs`.split(/\s+/),
)
const RESULT_KEYS = new Set(
  'outcome paid marketingSerial upstreamSerial paidAt card cardType cardRegion scheme pinFree'.split(' '),
)
const CARD_KEYS = new Set(['token', 'bin', 'last4', 'earlier'])
const OURS = /^(id|cu|cd)_[A-Za-z0-9_-]{43}$/
/** More keys than that are not in force at once. */
const EARLIER_MAX = 8

/** Why raw values are refused by name: whoever sends one must learn what to send instead. */
const INSTEAD = new Map([
  ['pan', 'a card number never enters a workflow: send card.token, bin and last4'],
  ['identities', 'identities enter a workflow only as identityTokens'],
  ['customer', 'a customer enters a workflow only as customerToken'],
  ['serial', 'the serial is part of the workflow id'],
])

const refuse = (message: string): never => {
  throw ApplicationFailure.nonRetryable(message, 'invalid_request')
}

function onlyKeys(
  value: unknown,
  allowed: ReadonlySet<string>,
  path: string,
): asserts value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(`${path}: expected an object`)
  for (const key of Object.keys(value as object))
    if (!allowed.has(key))
      refuse(`${path}.${/^[A-Za-z]{1,32}$/.test(key) ? key : '?'}: ${INSTEAD.get(key) ?? 'unknown field'}`)
}

function checkCard(card: unknown, path: string): void {
  if (card === undefined) return
  onlyKeys(card, CARD_KEYS, path)
  const { token, bin, last4, earlier } = card
  checkEarlier(earlier, `${path}.earlier`)
  // Digits alone could be the card number itself under another name.
  if (typeof token !== 'string' || /^\d*$/.test(token)) refuse(`${path}.token: expected a token, not digits`)
  if (holdsCardNumber(token as string)) refuse(`${path}.token: expected a token in which no card number stands`)
  // Eight and four digits are what may be kept of a card; twelve and four would be all of a 16-digit one.
  if (bin !== undefined && !(typeof bin === 'string' && /^\d{1,8}$/.test(bin)))
    refuse(`${path}.bin: expected 1 to 8 digits`)
  if (last4 !== undefined && !(typeof last4 === 'string' && /^\d{4}$/.test(last4)))
    refuse(`${path}.last4: expected four digits`)
}

const IDENTITY_KEYS = new Set('device phone bankPhone idNumber account card'.split(' '))

/** A phone number or an identity document's number under the name of a token would stand in the history for years. */
function checkIdentities(tokens: unknown, path: string): void {
  if (tokens === undefined) return
  onlyKeys(tokens, IDENTITY_KEYS, path)
  for (const [kind, token] of Object.entries(tokens))
    if (typeof token !== 'string' || !OURS.test(token))
      refuse(`${path}.${kind}: expected a token as @lijian/privacy makes it`)
}

function checkEarlier(tokens: unknown, path: string): void {
  if (tokens === undefined) return
  const areOurs =
    Array.isArray(tokens) &&
    tokens.length >= 1 &&
    tokens.length <= EARLIER_MAX &&
    tokens.every((token) => typeof token === 'string' && OURS.test(token))
  if (!areOurs) refuse(`${path}: expected 1 to ${EARLIER_MAX} tokens as @lijian/privacy makes them`)
}

/** Keyed by tokens, so the names are looked at too: a phone number as a name would stand in the history. */
function checkEarlierOf(earlier: unknown, path: string): void {
  if (earlier === undefined) return
  if (typeof earlier !== 'object' || earlier === null || Array.isArray(earlier)) refuse(`${path}: expected an object`)
  const entries = Object.entries(earlier as object)
  if (entries.length > IDENTITY_KEYS.size + 1 || entries.some(([token]) => !OURS.test(token)))
    refuse(`${path}: expected the tokens of customer and identities as names`)
  for (const [, tokens] of entries) checkEarlier(tokens, path)
}

/**
 * Validators of the updates. A rejected update leaves nothing in the history, hence the place; a validator is synchronous and
 * may not touch state. Whether the values make sense is tested by the activity, with the schemas of the HTTP door.
 */
export function validatePayment(payment: unknown): void {
  onlyKeys(payment, PAYMENT_KEYS, 'payment')
  checkCard(payment['card'], 'payment.card')
  checkIdentities(payment['identityTokens'], 'payment.identityTokens')
  checkEarlierOf(payment['earlier'], 'payment.earlier')
}

export function validateResult(result: unknown): void {
  onlyKeys(result, RESULT_KEYS, 'result')
  checkCard(result['card'], 'result.card')
}
