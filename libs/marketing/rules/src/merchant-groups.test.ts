import fc from 'fast-check'
import { IdTable } from './id-table'
import { MerchantGroups } from './merchant-groups'

const anyId = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  fc.nat({ max: 40 }).map((n) => `M${String(n).padStart(6, '0')}`),
)

test('ids have the place at which they came first, whatever their number; others have none', () => {
  fc.assert(
    fc.property(fc.array(anyId, { maxLength: 200 }), fc.array(anyId, { maxLength: 50 }), (ids, asked) => {
      const [table, places] = [new IdTable(), new Map<string, number>()]
      for (const id of ids) {
        if (!places.has(id)) places.set(id, places.size)
        expect(table.add(id)).toBe(places.get(id))
      }
      for (const id of [...ids, ...asked]) expect(table.find(id)).toBe(places.get(id) ?? -1)
      expect(table.size).toBe(places.size)
    }),
  )
})

test('a table that has grown many times finds each of 100,000, and none beside them', () => {
  const table = new IdTable()
  for (let n = 0; n < 100_000; n++) table.add(`M${n}`)
  for (let n = 0; n < 100_000; n += 7) expect(table.find(`M${n}`)).toBe(n)
  for (const id of ['M', 'M-1', 'M100000', 'm5', 'M5\u0105', '']) expect(table.find(id)).toBe(-1)
  expect(() => table.add('商户')).toThrow(RangeError)
})

const GROUPS = ['A', 'B', 'C', 'D']
const anyMembers = fc.array(
  fc.nat({ max: 12 }).map((n) => `M${n}`),
  { maxLength: 12 },
)
/** Groups that get other members, in one change; and whether it is given up. */
const anyChange = fc.record({
  groups: fc.array(fc.tuple(fc.constantFrom(...GROUPS), anyMembers), { minLength: 1, maxLength: 3 }),
  isGivenUp: fc.boolean(),
})

test('after any changes, membership is what plain sets say; until it is applied a change shows nothing', () => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 12 }), (changes) => {
      const groups = new MerchantGroups()
      const plain = new Map(GROUPS.map((code) => [code, new Set<string>()]))
      const mustBeAsPlain = () => {
        for (let n = 0; n <= 13; n++) {
          const expected = GROUPS.filter((code) => plain.get(code)!.has(`M${n}`))
          for (const code of GROUPS) expect(groups.has(`M${n}`, groups.number(code))).toBe(expected.includes(code))
          expect(groups.codesOf(`M${n}`).sort()).toEqual(expected)
          expect(groups.groupsIn(groups.combinationOf(`M${n}`))).toHaveLength(expected.length)
        }
      }
      for (const { groups: named, isGivenUp } of changes) {
        const change = groups.change(named.map(([code]) => code))
        for (const [code, merchants] of named) change.add(code, merchants)
        mustBeAsPlain()
        if (isGivenUp) continue
        change.apply()
        for (const [code] of named) plain.get(code)!.clear()
        for (const [code, merchants] of named) for (const merchant of merchants) plain.get(code)!.add(merchant)
        mustBeAsPlain()
      }
    }),
  )
})
