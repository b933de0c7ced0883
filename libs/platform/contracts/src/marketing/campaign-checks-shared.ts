import type { FieldError } from '../system/errors'

export function amountOrCountErrors(holder: unknown, path: string): FieldError[] {
  if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) return []
  if ('amount' in holder || 'count' in holder) return []
  return [{ path, message: 'expected "amount" or "count" or both, found neither' }]
}

export function duplicateErrors(values: readonly (string | undefined)[], pathOf: (i: number) => string): FieldError[] {
  const first = new Map<string, number>()
  const errors: FieldError[] = []
  values.forEach((value, i) => {
    if (value === undefined) return
    const earlier = first.get(value)
    if (earlier === undefined) first.set(value, i)
    else errors.push({ path: pathOf(i), message: `expected it once, found "${value}" already at ${pathOf(earlier)}` })
  })
  return errors
}
