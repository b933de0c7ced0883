import { BUDGETS, sizesOf, sizesOfBuild, tooLarge, type Manifest } from './bytes'

test('the console as it is built is within its bytes', () => {
  const sizes = sizesOfBuild()
  expect(sizes.map(({ what }) => what)).toEqual(expect.arrayContaining(['page sign-in', 'page template-page']))
  expect(sizes.find(({ what }) => what.startsWith('first load'))!.bytes).toBeGreaterThan(100_000)
  expect(tooLarge(sizes)).toEqual([])
})

const MANIFEST: Manifest = {
  'index.html': { file: 'a/index.js', isEntry: true, imports: ['_react'], css: ['a/index.css'] },
  _react: { file: 'a/react.js' },
  _form: { file: 'a/form.js', imports: ['_react'] },
  'src/page.tsx': { file: 'a/page.js', isDynamicEntry: true, imports: ['index.html', '_form'] },
}

test('what a page shares with the first load counts once; a part of the first load that is too large is told', () => {
  const bytes: Record<string, number> = { 'a/index.js': 1, 'a/index.css': 10, 'a/react.js': 100, 'a/form.js': BUDGETS.late + 1, 'a/page.js': 1000 } // prettier-ignore
  const sizes = sizesOf(MANIFEST, (file) => bytes[file]!)
  expect(sizes.map(({ what, bytes: n }) => [what, n])).toEqual([
    ['first load: frame and any list', 111],
    ['page page', 111 + 1000 + BUDGETS.late + 1],
    ['file page', 1000],
    ['file form', BUDGETS.late + 1],
  ])
  expect(tooLarge(sizes).map(({ what }) => what)).toEqual(['file form'])
  bytes['a/react.js'] = BUDGETS.first
  expect(tooLarge(sizesOf(MANIFEST, (file) => bytes[file]!)).map(({ what }) => what)).toEqual([
    'first load: frame and any list',
    'page page',
    'file form',
  ])
})
