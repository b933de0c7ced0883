import { z } from 'zod'
import { cardRegion, cardType, issuerCode, listCode } from '../system/primitives'

/** Facts of yes or no. A condition asks for one under the fact's own name. */
export const FLAG_FACTS = ['pinFree'] as const
export type FlagFact = (typeof FLAG_FACTS)[number]
export const flagFacts = { pinFree: z.boolean().optional() } satisfies Record<FlagFact, z.ZodType>

/** What a body says of the card beside its number. Bodies are hashed in the order of their keys: this order is kept. */
export const cardFacts = {
  issuer: issuerCode.optional(),
  cardType: cardType.optional(),
  cardProduct: listCode.optional(),
  cardRegion: cardRegion.optional(),
  scheme: listCode.optional(),
  ...flagFacts,
}

/** What a result may tell anew. */
export const learntFacts = {
  cardType: cardFacts.cardType,
  cardRegion: cardFacts.cardRegion,
  scheme: cardFacts.scheme,
  ...flagFacts,
}
export type LearntFacts = z.infer<z.ZodObject<typeof learntFacts>>
export const LEARNT_FACTS = Object.keys(learntFacts) as readonly (keyof LearntFacts)[]

export const IDENTITY_KINDS = ['device', 'phone', 'bankPhone', 'idNumber', 'account', 'card'] as const
export type IdentityKind = (typeof IDENTITY_KINDS)[number]
export type Identities = Partial<Record<IdentityKind, string>>

const text = z.string().optional()

/** What is stored of a payment beside the columns of its row. Of a card only token, BIN and last four digits (DESIGN §1.7). */
export const storedFacts = z.strictObject({
  at: z.string(),
  paymentMethod: z.string(),
  currency: z.string(),
  subMerchant: text,
  /** Of the merchant's document at the query. */
  merchantMcc: text,
  merchantRegion: text,
  merchantCountry: text,
  merchantLeft: z.literal(true).optional(),
  terminal: text,
  eligibleFen: z.int().optional(),
  cardToken: text,
  bin: text,
  last4: text,
  issuer: text,
  cardType: cardType.optional(),
  cardProduct: text,
  cardRegion: cardRegion.optional(),
  scheme: text,
  ...flagFacts,
  customerToken: text,
  /** Tokens of what else the person is known by. */
  identities: z.partialRecord(z.enum(IDENTITY_KINDS), z.string()).readonly().optional(),
  /** During a change of the token key: by token, those of the same card, customer or identity under earlier keys, the last first. */
  earlier: z.record(z.string(), z.array(z.string()).readonly()).readonly().optional(),
  /** What the transaction system states about the payment: registered, first_use … */
  facts: z.array(z.string()).readonly().optional(),
  /** Keys of the groups to which merchant, card and customer belonged then: groups change, and of a card's digits only the BIN is kept. */
  memberOf: z.array(z.string()).readonly().optional(),
})
export type StoredFacts = z.infer<typeof storedFacts>

/** What is known of one payment when it is asked about. No card number, phone or name: tokens and leading digits only. */
export interface PaymentFacts extends Omit<StoredFacts, 'at' | 'bin' | 'last4' | 'memberOf'> {
  client: string
  serial: string
  merchant: string
  amountFen: number
  /** Leading digits of the card that are known, at most 12. */
  cardDigits?: string
  /** Set only when a stored decision is run again. */
  memberOf?: ReadonlySet<string>
  /** Set when another card is tried for a stored decision: the merchant's groups are those of then. */
  merchantOf?: ReadonlySet<string>
  /** Of drawn offers that are limited per person, by `CAMPAIGN/OFFER`: which of the person's draws this is, from 0. */
  drawPlaces?: Readonly<Record<string, number>>
  /** The instant that decides window, period and price for the whole life of the transaction. */
  atMs: number
}

/** Facts under the name that a body, a line of a file, a stored row and the rules all have for them. */
export type ToldFacts = Pick<
  PaymentFacts,
  | 'subMerchant'
  | 'terminal'
  | 'currency'
  | 'paymentMethod'
  | keyof typeof cardFacts
  | 'identities'
  | 'earlier'
  | 'facts'
>
type OwnFacts<Facts> = Omit<Facts, keyof ToldFacts>

/**
 * The only place where facts are copied: `told` by their common names, `own` what its holder names otherwise or knows beside it. A literal,
 * since payments wait for it: copying over a list of keys takes many times as long. What is undefined does not stand in JSON.
 */
export function copyFacts(told: ToldFacts, own: OwnFacts<PaymentFacts>): PaymentFacts
export function copyFacts(told: ToldFacts, own: OwnFacts<StoredFacts>): StoredFacts
export function copyFacts(
  told: ToldFacts,
  own: Partial<Omit<OwnFacts<PaymentFacts> & OwnFacts<StoredFacts>, 'memberOf'>> & { memberOf?: unknown },
): object {
  return {
    client: own.client,
    serial: own.serial,
    merchant: own.merchant,
    subMerchant: told.subMerchant,
    merchantMcc: own.merchantMcc,
    merchantRegion: own.merchantRegion,
    merchantCountry: own.merchantCountry,
    merchantLeft: own.merchantLeft,
    terminal: told.terminal,
    amountFen: own.amountFen,
    eligibleFen: own.eligibleFen,
    currency: told.currency,
    paymentMethod: told.paymentMethod,
    cardToken: own.cardToken,
    cardDigits: own.cardDigits,
    bin: own.bin,
    last4: own.last4,
    issuer: told.issuer,
    cardType: told.cardType,
    cardProduct: told.cardProduct,
    cardRegion: told.cardRegion,
    scheme: told.scheme,
    pinFree: told.pinFree,
    customerToken: own.customerToken,
    identities: told.identities,
    earlier: told.earlier,
    facts: told.facts,
    memberOf: own.memberOf,
    merchantOf: own.merchantOf,
    drawPlaces: own.drawPlaces,
    at: own.at,
    atMs: own.atMs,
  }
}

/** `facts` with what a result has told anew. */
export function withLearnt<Facts extends LearntFacts>(facts: Facts, told: LearntFacts): Facts {
  const learnt = { ...facts }
  for (const key of LEARNT_FACTS) learn(learnt, key, told)
  return learnt
}

function learn<Key extends keyof LearntFacts>(facts: LearntFacts, key: Key, told: LearntFacts): void {
  if (told[key] !== undefined) facts[key] = told[key]
}
