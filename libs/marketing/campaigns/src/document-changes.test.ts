import { documentChanges } from './document-changes'

const changes = (before: unknown, after: unknown) => documentChanges(before, after).changes

test('equal documents have no changes, whatever the order of their keys', () => {
  expect(changes({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 })).toEqual([])
})

test('what has a code is found by it, wherever it stands', () => {
  const offer = (code: string, cap: number) => ({ code, rule: { benefit: { cap } } })
  expect(changes({ offers: [offer('A', 1), offer('B', 2)] }, { offers: [offer('C', 9), offer('A', 5)] })).toEqual([
    { path: 'offers[A].rule.benefit.cap', before: 1, after: 5 },
    { path: 'offers[B]', before: offer('B', 2) },
    { path: 'offers[C]', after: offer('C', 9) },
  ])
  expect(changes([{ code: 'A' }, { code: 'B' }], [{ code: 'B' }, { code: 'A' }])).toEqual([
    { path: '', before: ['A', 'B'], after: ['B', 'A'] },
  ])
})

test('of a list of words what was removed and added is told, and no more than a page of it', () => {
  const many = Array.from({ length: 1000 }, (_, i) => `M${i}`)
  const [change] = changes({ merchants: ['X', ...many] }, { merchants: [...many, 'Y'] })
  expect(change).toEqual({ path: 'merchants', before: ['X'], after: ['Y'], removed: 1, added: 1 })
  const [all] = changes({ merchants: many }, { merchants: ['Y'] })
  expect(all).toMatchObject({ removed: 1000, added: 1 })
  expect(all!.before).toHaveLength(100)
})

test('a key that came, one that went, and a list without names', () => {
  expect(changes({ cap: 1, tiers: [{ off: 1 }] }, { every: true, tiers: [{ off: 2 }, { off: 3 }] })).toEqual([
    { path: 'cap', before: 1 },
    { path: 'tiers[0].off', before: 1, after: 2 },
    { path: 'tiers[1]', after: { off: 3 } },
    { path: 'every', after: true },
  ])
})

test('a list in another order alone is a change', () => {
  expect(changes({ words: ['a', 'b'] }, { words: ['b', 'a'] })).toEqual([
    { path: 'words', before: [], after: [], removed: 0, added: 0 },
  ])
})

test('too many changes are cut, and it is said', () => {
  const wide = (value: number) => Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`k${i}`, value]))
  expect(documentChanges(wide(1), wide(2))).toMatchObject({ isCut: true })
  expect(changes(wide(1), wide(2))).toHaveLength(1000)
})
