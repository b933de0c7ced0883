import { differences, isOfScalars, namesOf } from './differences'
import { wordsOf } from './field-words'

/** One field that differs, as an approver reads it. */
export interface Change {
  /** Of the document, such as `offers[0].limits[1].amount`. */
  path: string
  field: { en: string; zh: string }
  /** As it reads; null: there was none. Amounts in yuan, rates in per cent. */
  before: string | null
  after: string | null
}

/** More is not read by anybody: the JSON beside it is whole. */
export const CHANGES_MAX = 500

/** What differs between two documents, leaf by leaf. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const currency = currencyOf(after) ?? currencyOf(before)
  const changeOf = (path: string, was: Leaf | undefined, is: Leaf | undefined): Change => {
    const { en, zh, shown } = wordsOf(path, currency)
    const text = (value: Leaf | undefined) => (value === undefined ? null : shown(value))
    return { path, field: { en, zh }, before: text(was), after: text(is) }
  }
  const found: Change[] = []
  for (const { path, before: was, after: is } of differences(before ?? {}, after ?? {})) {
    const [were, are] = [new Map(leaves(was, path)), new Map(leaves(is, path))]
    for (const one of new Set([...were.keys(), ...are.keys()])) {
      if (found.length === CHANGES_MAX) return found
      found.push(changeOf(one, were.get(one), are.get(one)))
    }
  }
  return found
}

type Leaf = string | number | boolean | null

const currencyOf = (document: unknown): string | undefined => {
  const { currency } = (document ?? {}) as { currency?: unknown }
  return typeof currency === 'string' ? currency : undefined
}

/** All that stands in a part that came or went. */
function* leaves(value: unknown, path: string): Generator<[string, Leaf]> {
  if (Array.isArray(value)) {
    if (isOfScalars(value)) return yield [path, value.map(String).join(', ')]
    const names = namesOf(value)
    for (const [i, entry] of value.entries()) yield* leaves(entry, `${path}[${names?.[i] ?? i}]`)
  } else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner, path === '' ? key : `${path}.${key}`)
  else if (value !== undefined) yield [path, value as Leaf]
}
