import fc from 'fast-check'
import { oddText } from './odd'
import { schemaNamed, type Schema } from './operations'

/** Values that stand in the scene, so that a valid request often meets something. */
export const KNOWN = [
  'M0001',
  'CCB',
  'FOOD',
  'VIP',
  'system',
  'people',
  'PAID-1',
  'HELD-1',
  'ROUTE-1',
  'MID-1',
  'CH-A',
  'P',
  '1',
  '2',
  '2026-11-01',
]

/** How deep a value goes before only what is required is made. */
const DEPTH = 5

/** Values that the schema admits, more or less: what JSON Schema cannot say is refused by the API in words. */
export function valid(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return valid(schemaNamed(schema.$ref), depth)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const either = schema.anyOf ?? schema.oneOf
  if (either !== undefined) return fc.oneof(...either.map((one) => valid(one, depth)))
  switch (schema.type) {
    case 'object':
      return record(schema, depth)
    case 'array':
      return list(schema, depth)
    case 'integer':
    case 'number':
      return numbers(schema)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return text(schema)
    default:
      return fc.constantFrom<unknown>('x', 1, {}, [])
  }
}

function record(
  { properties = {}, required = [], additionalProperties, propertyNames }: Schema,
  depth: number,
): fc.Arbitrary<unknown> {
  const names = Object.keys(properties).filter((name) => depth < DEPTH || required.includes(name))
  const fixed = fc.record(Object.fromEntries(names.map((name) => [name, valid(properties[name]!, depth + 1)])), {
    requiredKeys: required.filter((name) => names.includes(name)),
  })
  if (typeof additionalProperties !== 'object' || depth >= DEPTH) return fixed
  const key = (propertyNames === undefined ? fc.constantFrom(...KNOWN) : valid(propertyNames)).map(String)
  const more = fc.array(fc.tuple(key, valid(additionalProperties, depth + 1)), { maxLength: 3 })
  return fc.tuple(fixed, more).map(([own, added]) => ({ ...own, ...Object.fromEntries(added) }))
}

function list({ items, prefixItems, minItems = 0, maxItems = 3 }: Schema, depth: number): fc.Arbitrary<unknown> {
  if (prefixItems !== undefined) return fc.tuple(...prefixItems.map((one) => valid(one, depth + 1)))
  const most = Math.min(maxItems, Math.max(minItems, depth < DEPTH ? 3 : 1))
  return fc.array(valid(items ?? {}, depth + 1), { minLength: minItems, maxLength: most })
}

function numbers({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom(minimum, maximum, minimum + 1, maximum - 1),
    fc.integer({ min: Math.max(minimum, 0), max: Math.max(Math.min(maximum, 20_000), minimum) }),
  )
}

const texts = new Map<string, fc.Arbitrary<string>>()
function text({ pattern, format, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<unknown> {
  if (format === 'date') return fc.constantFrom('2026-11-01', '2026-11-30', '2024-02-29', '2026-12-01')
  if (format === 'date-time') return fc.constantFrom('2026-11-01T00:00:00Z', '2026-11-30T23:59:59.999+08:00')
  const fits = (known: string) => known.length >= minLength && (pattern === undefined || matches(pattern, known))
  const known = KNOWN.filter(fits)
  const made =
    pattern === undefined
      ? fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 60) })
      : matching(pattern)
  return known.length === 0 ? made : fc.oneof(made, fc.constantFrom(...known))
}

const matches = (pattern: string, one: string) => new RegExp(pattern, 'u').test(one)

/** fast-check writes no text for look-aheads and properties of characters; then it is one of a few. */
function matching(pattern: string): fc.Arbitrary<string> {
  let made = texts.get(pattern)
  if (made === undefined) texts.set(pattern, (made = tryMatching(pattern)))
  return made
}

function tryMatching(pattern: string): fc.Arbitrary<string> {
  try {
    const made = fc.stringMatching(new RegExp(pattern))
    fc.sample(made, { numRuns: 1, seed: 1 })
    return made
  } catch {
    const some = [
      'x',
      'X1',
      '餐饮',
      'cd_3q2-7wPz0Yb1kT5mXc9dRf4hJv8nLs6aGuEoWiQyHt',
      '622202',
      '6227',
      'abc def',
      '62270012',
    ]
    const fitting = some.filter((one) => matches(pattern, one))
    return fitting.length === 0 ? oddText : fc.constantFrom(...fitting)
  }
}
