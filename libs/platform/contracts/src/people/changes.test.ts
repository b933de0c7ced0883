import { changesOf, CHANGES_MAX } from './changes'

const told = (before: unknown, after: unknown) => changesOf(before, after).map(({ path, before: was, after: is }) => [path, was, is]) // prettier-ignore

test('words of what came, what went and what is another: amounts in yuan, lists of words as one', () => {
  const offer = (code: string, off: number) => ({ code, merchants: ['M-1', 'M-2'], rule: { off } })
  expect(told(null, { name: 'A', budget: { amount: 1050 } })).toEqual([
    ['name', null, 'A'],
    ['budget.amount', null, '10.50'],
  ])
  expect(told({ offers: [offer('A', 100), offer('B', 200)] }, { offers: [offer('C', 300), offer('A', 150)] })).toEqual([
    ['offers[A].rule.off', '1.00', '1.50'],
    ['offers[B].code', 'B', null],
    ['offers[B].merchants', 'M-1, M-2', null],
    ['offers[B].rule.off', '2.00', null],
    ['offers[C].code', null, 'C'],
    ['offers[C].merchants', null, 'M-1, M-2'],
    ['offers[C].rule.off', null, '3.00'],
  ])
  expect(told({ merchants: ['A', 'B'] }, { merchants: ['B', 'A'] })).toEqual([['merchants', 'A, B', 'B, A']])
  expect(told({ a: 1, b: { c: [] } }, { b: { c: [] }, a: 1 })).toEqual([])
})

test('parts keep their name when others come before them, and another order is told', () => {
  const funder = (partner: string) => ({ partner, sharePpm: 500_000 })
  expect(told({ funders: [funder('A'), funder('B')] }, { funders: [funder('B'), funder('A')] })).toEqual([
    ['funders', 'A, B', 'B, A'],
  ])
  expect(told({ funders: [funder('A')] }, { funders: [funder('B'), funder('A')] })).toEqual([
    ['funders[B].partner', null, 'B'],
    ['funders[B].sharePpm', null, '50%'],
  ])
})

test('nobody reads more than a page', () => {
  const wide = Object.fromEntries(Array.from({ length: CHANGES_MAX + 1 }, (_, i) => [`k${i}`, i]))
  expect(changesOf(null, wide)).toHaveLength(CHANGES_MAX)
})
