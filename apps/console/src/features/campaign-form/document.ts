/** A document as JSON has it: whatever it holds stays, also what no field shows. */
export type Json = Record<string, unknown>

/** "offers[0].rule.limits[1].count" as its steps. */
export const stepsOf = (path: string): (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([name, index]) => (index === undefined ? name : Number(index)))

export const inside = (path: string, key: string): string =>
  path === '' ? key : key === '' ? path : key.startsWith('[') ? `${path}${key}` : `${path}.${key}`

export function valueAt(document: unknown, path: string): unknown {
  let value = document
  for (const step of stepsOf(path)) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Json)[step]
  }
  return value
}

/** These mean nothing once they are empty, and go with their last entry. */
const HOLLOW = new Set([
  'budget',
  'limits',
  'window',
  'conditions',
  'amount',
  'refund',
  'restore',
  'daily',
  'merchants',
])

/** The document with another value at a place; undefined: without it. Everything else is the same object as before. */
export function withValue(document: unknown, path: string, value: unknown): unknown {
  return changed(document, stepsOf(path), value)
}

function changed(holder: unknown, [step, ...rest]: (string | number)[], value: unknown): unknown {
  if (step === undefined) return value
  const copy = copyOf(holder, step)
  const next = changed((copy as Json)[step], rest, value)
  const isGone = next === undefined || (rest.length > 0 && HOLLOW.has(String(step)) && isEmpty(next))
  if (!isGone) (copy as Json)[step] = next
  else if (Array.isArray(copy)) copy.splice(Number(step), 1)
  else delete copy[step]
  return copy
}

function copyOf(holder: unknown, step: string | number): Json | unknown[] {
  if (Array.isArray(holder)) return [...(holder as unknown[])]
  if (typeof holder === 'object' && holder !== null) return { ...holder }
  return typeof step === 'number' ? [] : {}
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

export const partOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
