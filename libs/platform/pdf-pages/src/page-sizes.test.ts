import fc from 'fast-check'
import { pageSizes } from './page-sizes'

test('each row has a place, no page is too full, and the tail stands below rows', () =>
  fc.assert(
    fc.property(
      fc.nat(500),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 12, max: 60 }),
      fc.nat(8),
      (rows, first, other, tail) => {
        const sizes = pageSizes(rows, { first, other, tail })
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(rows)
        for (const [i, size] of sizes.entries()) {
          const room = i === 0 ? first : other
          expect(size + (i === sizes.length - 1 ? tail : 0)).toBeLessThanOrEqual(room)
          // Only a first page with no room, and the last pages, are not full.
          if (i < sizes.length - 2) expect(size).toBe(room)
        }
        if (rows > 3) expect(sizes.at(-1)).toBeGreaterThan(0)
      },
    ),
  ))

test.each`
  rows  | sizes
  ${0}  | ${[0]}
  ${8}  | ${[8]}
  ${9}  | ${[6, 3]}
  ${10} | ${[7, 3]}
  ${25} | ${[10, 15]}
`('$rows rows stand as $sizes', ({ rows, sizes }: { rows: number; sizes: number[] }) =>
  expect(pageSizes(rows, { first: 10, other: 20, tail: 2 })).toEqual(sizes),
)
