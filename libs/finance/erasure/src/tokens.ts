import { randomBytes } from 'node:crypto'
import type { ErasedPerson } from '@lijian/contracts/people'
import { cardToken, customerToken, IDENTITY_KINDS, identityTokens } from '@lijian/privacy'

/** Everything under which the person may stand in our rows: a token of each value under each token key. */
export function tokensOf(
  { pan, cardToken: theirs, customer, ...identities }: ErasedPerson,
  keys: readonly Buffer[],
): string[] {
  const given = Object.fromEntries(IDENTITY_KINDS.map((kind) => [kind, (identities as Record<string, string>)[kind]]))
  const found = keys.flatMap((key) => [
    ...(pan === undefined ? [] : [cardToken(key, pan)]),
    ...(customer === undefined ? [] : [customerToken(key, customer)]),
    ...Object.values(identityTokens(key, given)),
  ])
  return [...new Set([...found, ...(theirs === undefined ? [] : [theirs])])].sort()
}

/** What takes a token's place: of the same form, drawn once, and written down nowhere else. */
export const strangerFor = (token: string): string =>
  `${/^(?:cd|cu|id)_/.exec(token)?.[0] ?? 'er_'}${randomBytes(32).toString('base64url')}`

const TOKEN = /^[A-Za-z0-9_-]{16,128}$/
const EDGE = '[A-Za-z0-9_-]'

/** Finds any of these tokens and no longer text that begins or ends like it. For PostgreSQL and for JavaScript. */
export function anyOf(tokens: readonly string[]): string {
  if (tokens.length === 0 || !tokens.every((token) => TOKEN.test(token))) throw new RangeError('not tokens')
  return `(?<!${EDGE})(?:${tokens.join('|')})(?!${EDGE})`
}

/** By each token what takes its place. One map is one stranger, wherever it is used. */
export const strangersFor = (tokens: readonly string[]): ReadonlyMap<string, string> =>
  new Map(tokens.map((token) => [token, strangerFor(token)]))

/**
 * One statement about a person. Tokens are parameters and never stand in its text: PostgreSQL writes the text of a statement that fails into its
 * log, and one of an erasure fails whenever the person pays meanwhile.
 */
export class Statement {
  readonly values: unknown[] = []
  private any: string | undefined

  constructor(private readonly tokens: readonly string[]) {}

  value(one: unknown): string {
    this.values.push(one)
    return `$${this.values.length}`
  }

  /** Whether a text holds one of the tokens. */
  holds(text: string): string {
    this.any ??= this.value(anyOf(this.tokens))
    return `${text} ~ ${this.any}`
  }

  /** The text with another token in place of each. */
  swapped(text: string, strangers: ReadonlyMap<string, string>): string {
    return [...strangers].reduce(
      (sql, [token, stranger]) => `regexp_replace(${sql}, ${this.value(anyOf([token]))}, ${this.value(stranger)}, 'g')`,
      text,
    )
  }
}

/** The same of a text that PostgreSQL cannot read. */
export function swappedText(text: string, strangers: ReadonlyMap<string, string>): string {
  return text.replace(new RegExp(anyOf([...strangers.keys()]), 'g'), (token) => strangers.get(token)!)
}
