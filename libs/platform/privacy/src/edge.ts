import { hash } from 'node:crypto'
import { LijianError, type CardType, type FieldError } from '@lijian/contracts/system'
import type { CardInput, ResultRequest, TransactionRequest } from '@lijian/contracts/marketing'
import type { PaymentBody, RouteBody, RouteResultRequest } from '@lijian/contracts/routing'
import type { BinFacts, BinTable } from './bin-table'
import { binLength, edgeCard, isOurs, LENGTH_OF_EIGHT, type TokenCard } from './card'
import type { KeyList } from './key-list'
import { passesLuhn } from './luhn'
import { groupCard, groupCustomer } from './group-member'
import { customerToken, displayToken, identityTokens } from './tokens'

/** A query without anything that names a person or a card. */
export type EdgeQuery = Omit<TransactionRequest, 'card' | 'identities' | 'customer'> & {
  card?: TokenCard
  customerToken?: string
  /** Tokens, by kind. */
  identities?: IdentityTokens
  earlier?: Earlier
}
/** By token, those of the same value under earlier keys, the last of them first. */
export type Earlier = Readonly<Record<string, readonly string[]>>
export type IdentityTokens = Partial<Record<keyof NonNullable<TransactionRequest['identities']>, string>>
/** What a Temporal client has turned into tokens by itself. */
export interface KnownTokens {
  customerToken?: string
  identityTokens?: IdentityTokens
  /** Of these two, and of the card that an identity is. */
  earlier?: Earlier
}
export type EdgeRoute = Omit<RouteBody, 'card'> & { earlier?: readonly string[] }
export type EdgeRouteResult = Omit<RouteResultRequest, 'card'> & {
  cardToken?: string
  scheme?: string
  earlier?: readonly string[]
}
export type EdgeResult = Omit<ResultRequest, 'card'> & { card?: TokenCard }

/** The room's door (DESIGN §1.7): what comes in carries card numbers and names; what goes out carries tokens. Both doors use it. */
export class Edge {
  constructor(
    private readonly tokenKeys: KeyList,
    private readonly binTable: BinTable,
  ) {}

  /** Tokens instead of values, missing card facts from the BIN table, and the hash by which a repeated body is known. */
  query(body: TransactionRequest, known: KnownTokens = {}): { request: EdgeQuery; bodyHash: string } {
    const { card: given, identities, customer, deadlineMs, ...rest } = body
    const request: EdgeQuery = rest
    const card = given && this.card(given)
    // A Temporal client has made the customer's token itself: the same payment has the same hash through either door.
    const customerAs = customer === undefined ? known.customerToken : customerToken(this.tokenKey, customer)
    const identitiesAs = identities ? identityTokens(this.tokenKey, identities) : known.identityTokens
    // Hashed before anything is filled in: a new BIN table must not make another body of it.
    const form = formOf(given, identities?.card ?? known.identityTokens?.card)
    const earlier = this.earlierOf(card, customer, identities, known.earlier)
    const bodyHash = form + hashOf([rest, card && hashedCard(card), ...hashedTokens(customerAs, identitiesAs, earlier)])
    if (deadlineMs !== undefined) request.deadlineMs = deadlineMs
    if (customerAs !== undefined) request.customerToken = customerAs
    if (identitiesAs !== undefined) request.identities = identitiesAs
    if (earlier !== undefined) request.earlier = earlier
    if (card) {
      request.card = card
      fill(request, this.factsOf(card))
    }
    return { request, bodyHash }
  }

  result(body: ResultRequest): { request: EdgeResult; bodyHash: string } {
    const { card: given, ...rest } = body
    const request: EdgeResult = rest
    if (!given) return { request, bodyHash: hashOf(rest) }
    request.card = this.card(given)
    const bodyHash = formOf(given) + hashOf({ ...rest, card: hashedCard(request.card) })
    const { cardType, scheme } = this.factsOf(request.card)
    fill(request, { cardType, scheme })
    return { request, bodyHash }
  }

  /** A route's question. Its hash is of everything but `exclude`: the next attempt is the same payment. */
  route(body: RouteBody): { request: EdgeRoute; bodyHash: string } {
    const { card: given, exclude, deadlineMs, ...rest } = body
    const card = given && this.card(given)
    const bodyHash = formOf(given) + hashOf(['route', rest, card && hashedCard(card)])
    const request: EdgeRoute = { ...rest, exclude, deadlineMs }
    if (card) {
      request.cardToken = card.token
      if (card.earlier) request.earlier = card.earlier
      fill(request, this.factsOf(card))
    }
    return { request, bodyHash }
  }

  routeResult(body: RouteResultRequest): EdgeRouteResult {
    const { card: given, ...request } = body
    if (!given) return request
    const card = this.card(given)
    const { cardType, scheme } = this.factsOf(card)
    return {
      ...(cardType === undefined ? {} : { cardType }),
      ...(scheme === undefined ? {} : { scheme }),
      ...request,
      cardToken: card.token,
      ...(card.earlier && { earlier: card.earlier }),
    }
  }

  /** Offer and route together; hashed as a whole, but for `exclude`. */
  payment({ exclude, type, region, industry, ...transaction }: PaymentBody): {
    request: EdgeQuery
    route: Pick<PaymentBody, 'exclude' | 'type' | 'region' | 'industry'>
    bodyHash: string
  } {
    const { request, bodyHash } = this.query(transaction)
    const [form, hashed] = [bodyHash.slice(0, bodyHash.indexOf('.') + 1), bodyHash.slice(bodyHash.indexOf('.') + 1)]
    return {
      request,
      route: { exclude, type, region, industry },
      bodyHash: form + hashOf([hashed, type, region, industry]),
    }
  }

  /**
   * The tokens of a card number in a card group, under each key; what is a token already stays. Undefined: a number that fails the Luhn check.
   */
  groupCard(value: string): readonly string[] | undefined {
    const tokens = this.everyKey.map((key) => groupCard(key, value))
    return tokens.every((token) => token !== undefined) ? [...new Set(tokens)] : undefined
  }

  /** The tokens of a customer in a customer group; what is a customer's token already stays. */
  groupCustomer(value: string): readonly string[] {
    return [...new Set(this.everyKey.map((key) => groupCustomer(key, value)))]
  }

  /** A card's token as answers show it. */
  shown(token: string): string {
    return displayToken(this.tokenKey, token)
  }

  private get tokenKey(): Buffer {
    return this.tokenKeys.current.key
  }

  private get earlierKeys(): Buffer[] {
    return this.tokenKeys.earlier.map(({ key }) => key)
  }

  private get everyKey(): Buffer[] {
    return [this.tokenKey, ...this.earlierKeys]
  }

  /** Undefined: there is one key, or nothing came but tokens. */
  private earlierOf(
    card: TokenCard | undefined,
    customer: string | undefined,
    identities: TransactionRequest['identities'],
    known: Earlier | undefined,
  ): Earlier | undefined {
    const keys = this.earlierKeys
    if (keys.length === 0 && known === undefined && card?.earlier === undefined) return undefined
    const found: Record<string, readonly string[]> = { ...known }
    if (card?.earlier) found[card.token] = card.earlier
    if (customer !== undefined)
      found[customerToken(this.tokenKey, customer)] = keys.map((key) => customerToken(key, customer))
    if (identities) {
      const before = keys.map((key) => identityTokens(key, identities))
      for (const [kind, token] of Object.entries(identityTokens(this.tokenKey, identities)))
        found[token] = before.map((tokens) => tokens[kind as keyof IdentityTokens]!)
    }
    for (const [token, tokens] of Object.entries(found)) if (tokens.every((one) => one === token)) delete found[token]
    return Object.keys(found).length === 0 ? undefined : found
  }

  private card(given: CardInput): TokenCard {
    if (!('pan' in given)) return given.bin === undefined ? given : this.tokenCard(given, given.bin)
    // The digits are not repeated: an error travels into logs and tickets.
    if (!passesLuhn(given.pan)) throw failsLuhn('card.pan')
    return edgeCard(this.tokenKey, given.pan, this.earlierKeys)
  }

  /** More of the BIN than may stand beside the last four digits serves the BIN groups and is not kept. */
  private tokenCard(given: TokenCard, digits: string): TokenCard {
    if (digits.length <= 6) return { ...given, digits }
    // Who makes our tokens has had the number, and has cut its BIN.
    const length = isOurs(given.token) ? LENGTH_OF_EIGHT : this.binTable.facts(digits).cardLength
    return { ...given, bin: digits.slice(0, binLength(length)), digits }
  }

  private factsOf(card: TokenCard): BinFacts {
    return card.digits === undefined ? {} : this.binTable.facts(card.digits, card.length)
  }
}

/** JSON leaves out what is undefined and keeps the order of the schema, whatever the order in which the sender wrote it. */
export const hashOf = (value: unknown): string => hash('sha256', JSON.stringify(value), 'base64url')

/**
 * In what form card and identity card came, a part of the hash: a body with a card number never repeats one with a token, right or wrong, so
 * nobody learns by repeating whether a token belongs to a number. Empty without a card.
 */
function formOf(card: CardInput | undefined, identity?: string): string {
  if (card === undefined && identity === undefined) return ''
  const ofCard = card === undefined ? '-' : 'pan' in card ? 'p' : 't'
  const ofIdentity = identity === undefined ? '-' : /^[0-9]{12,19}$/.test(identity) ? 'p' : 't'
  return `${ofCard}${ofIdentity}.`
}

/** By the oldest key: a body is the same before and after the day on which the key changes. */
const hashedCard = ({ token, bin, last4, earlier }: TokenCard) => ({ token: earlier?.at(-1) ?? token, bin, last4 })

function hashedTokens(
  customer: string | undefined,
  identities: IdentityTokens | undefined,
  earlier: Earlier | undefined,
): [string | undefined, IdentityTokens | undefined] {
  if (earlier === undefined) return [customer, identities]
  const oldest = (token: string) => earlier[token]?.at(-1) ?? token
  const entries = identities && Object.entries(identities).map(([kind, token]) => [kind, oldest(token)])
  return [customer && oldest(customer), entries && (Object.fromEntries(entries) as IdentityTokens)]
}

/** What the request says wins over the table. */
function fill(request: { issuer?: string; cardType?: CardType; scheme?: string }, facts: BinFacts): void {
  if (facts.issuer !== undefined) request.issuer ??= facts.issuer
  if (facts.cardType !== undefined) request.cardType ??= facts.cardType
  if (facts.scheme !== undefined) request.scheme ??= facts.scheme
}

function failsLuhn(path: string): LijianError {
  const errors: FieldError[] = [{ path, message: 'fails the Luhn check' }]
  return new LijianError('invalid_request', 'A card number is not valid', { errors })
}
