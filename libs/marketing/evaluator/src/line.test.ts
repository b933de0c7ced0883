import fc from 'fast-check'
import { instantMs } from './instant'
import { isSameBody } from './same-body'

const two = (max: number) => fc.nat(max).map((n) => String(n).padStart(2, '0'))
const dates = fc
  .integer({ min: -25_000, max: 60_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10))
const offsets = fc.oneof(
  fc.constant('Z'),
  fc.tuple(fc.constantFrom('+', '-'), two(23), two(59)).map(([sign, hour, minute]) => `${sign}${hour}:${minute}`),
)
const seconds = fc.oneof(
  two(59).map((second) => `:${second}`),
  fc.tuple(two(59), fc.constantFrom('1', '12', '123', '1234', '123456789')).map(([second, part]) => `:${second}.${part}`), // prettier-ignore
  fc.constant(''),
)

test('an instant is what Date.parse says, in every form', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(dates, two(23), two(59), seconds, offsets), { minLength: 1, maxLength: 5 }),
      (all) => {
        for (const [date, hour, minute, second, offset] of all) {
          const at = `${date}T${hour}:${minute}${second}${offset}`
          expect(instantMs(at)).toBe(Date.parse(at))
        }
      },
    ),
    { numRuns: 2_000 },
  ))

/** Keys the other way round, and one without a value. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).reverse()
  return { ...Object.fromEntries(entries.map(([key, entry]) => [key, turned(entry)])), absent: undefined }
}
/** Keys in order: equal texts, equal bodies. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  )
const bodies = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(1, 2, '1', true, null),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b'), tie('value'), { maxKeys: 2 }),
  ),
})).value

test('a body is the same whatever the order of its keys, and no other is', () => {
  let same = 0
  fc.assert(
    fc.property(bodies, bodies, (a, b) => {
      expect(isSameBody(a, turned(a))).toBe(true)
      expect(isSameBody(a, b)).toBe(canonical(a) === canonical(b))
      if (isSameBody(a, b)) same += 1
    }),
    { numRuns: 2_000 },
  )
  expect(same).toBeGreaterThan(20)
})
