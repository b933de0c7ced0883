import type { ActionDefinition, Field, Kind, Subject, Typed } from './define-action'
import type { Me } from '../shell/session'
import { countOf, fenOf, percentOf, ppmOf, yuanOf } from './typed'

interface Way {
  read: (text: string, currency: string) => unknown
  write: (value: number, currency: string) => string
}
const NUMBERS: Partial<Record<Kind, Way>> = {
  money: { read: fenOf, write: yuanOf },
  percent: { read: ppmOf, write: percentOf },
  count: { read: countOf, write: String },
}

/** As it stands in the form. */
export function shownOf(kind: Kind, value: unknown, currency: string): unknown {
  const way = NUMBERS[kind]
  if (way !== undefined && typeof value === 'number') return way.write(value, currency)
  if (kind === 'json' && value !== undefined) return JSON.stringify(value, null, 2)
  return value
}

/** As the API takes it; undefined: left out. What is no number is sent as it was typed: the API says what is wrong. */
export function sentOf(kind: Kind, typed: unknown, currency: string): unknown {
  if (typed === undefined || typed === null || typed === '') return undefined
  if (typeof typed !== 'string') return typed
  const text = typed.trim()
  const way = NUMBERS[kind]
  if (way !== undefined) return way.read(text, currency) ?? text
  if (kind === 'instant') return Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString()
  if (kind !== 'json') return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

export const currencyOf = (subject: Subject, typed: Typed): string =>
  String(typed['currency'] || subject['currency'] || 'CNY')

const read = (of: unknown, name: string): unknown =>
  name
    .split('.')
    .reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Subject)[key] : undefined), of)

/** What the form begins with: what stands, or what is usual. */
export function firstOf({ fields, stands }: ActionDefinition, subject: Subject): Typed {
  const standing = stands?.(subject)
  const currency = currencyOf(subject, {})
  return Object.fromEntries(
    fields.map(({ name, kind, first, standsAs = name }) => [
      name,
      kind === 'serial' ? crypto.randomUUID() : shownOf(kind, read(standing, standsAs) ?? first, currency),
    ]),
  )
}

export const shownFields = ({ fields }: ActionDefinition, typed: Typed): readonly Field[] =>
  fields.filter(({ when }) => when?.(typed) !== false)

/** The parts of the request: what stands and no field shows goes along, what was emptied is left out. */
export function requestOf(action: ActionDefinition, subject: Subject, typed: Typed, me: Me) {
  const currency = currencyOf(subject, typed)
  const body = structuredClone({ ...action.stands?.(subject) }) as Record<string, unknown>
  const path: Record<string, unknown> = { ...action.path?.(subject) }
  const query: Record<string, unknown> = {}
  for (const { name, kind } of action.fields) if (kind !== 'file') put(body, name, undefined)
  const places = { path, query, body }
  for (const { name, kind, at = 'body', alsoAt = at, most } of shownFields(action, typed)) {
    if (kind === 'file') continue
    const sent = sentOf(kind, typed[name], currency)
    const value = most === 1 && Array.isArray(sent) ? (sent[0] as unknown) : sent
    if (value !== undefined) for (const place of new Set([at, alsoAt])) put(places[place], name, value)
  }
  return { path, query, body: { ...body, ...action.beside?.(subject, me) } }
}

/** "account.bank" into the object within; an object of which nothing is left goes. */
function put(into: Record<string, unknown>, name: string, value: unknown): void {
  const [key, ...rest] = name.split('.') as [string, ...string[]]
  if (rest.length === 0) {
    if (value === undefined) delete into[key]
    else into[key] = value
    return
  }
  const within = { ...(into[key] as Record<string, unknown> | undefined) }
  put(within, rest.join('.'), value)
  if (Object.keys(within).length === 0) delete into[key]
  else into[key] = within
}
