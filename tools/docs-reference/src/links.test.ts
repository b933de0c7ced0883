import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { anchorOf, anchorsOf, deadLinksOf } from './links'
import { ROOT } from './root'

/** Every Markdown file that git knows or would take, in the state in which it stands. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(ROOT, file)))

test('every link, anchor and path in the Markdown of the repository leads somewhere', () => {
  expect(files.length).toBeGreaterThan(60)
  expect(files.flatMap((file) => deadLinksOf(ROOT, file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
})

const dead = (text: string) => deadLinksOf(ROOT, 'docs/explanation/wings.md', text).map(({ target }) => target)

test.each`
  text                                                        | targets
  ${'[gone](gone.md)'}                                        | ${['gone.md']}
  ${'[here](time.md) and [there](../../README.md)'}           | ${[]}
  ${'[no such part](time.md#no-such-part)'}                   | ${['time.md#no-such-part']}
  ${'[a part](time.md#business-dates)'}                       | ${[]}
  ${'[of this page](#wings), [not of it](#feathers)'}         | ${['#feathers']}
  ${'[a `code` word](gone.md)'}                               | ${['gone.md']}
  ${'[outside](https://example.com/x) [mail](mailto:a@b.cn)'} | ${[]}
  ${'[above the repository](../../../x.md)'}                  | ${['../../../x.md']}
  ${'`libs/core/admission/src/lane.ts`'}                      | ${['libs/core/admission/src/lane.ts']}
  ${'`libs/core/money` and `libs/<wing>/<package>`'}          | ${[]}
  ${'`apps/cli/dist/cli.js`'}                                 | ${[]}
  ${'```\n[in a fence](gone.md)\n```'}                        | ${[]}
`('$text: $targets', ({ text, targets }) => {
  expect(dead(text as string)).toEqual(targets)
})

test('anchors are those of GitHub', () => {
  expect(anchorOf('`GET /v1/x`: what, and why?')).toBe('get-v1x-what-and-why')
  expect(anchorOf('Clearing: the files (2026-11-25, quiet)')).toBe('clearing-the-files-2026-11-25-quiet')
  expect(anchorOf('规则:从网页到活动')).toBe('规则从网页到活动')
  expect([...anchorsOf('# A\n## A\n```\n# B\n```\n')]).toEqual(['a', 'a-1'])
})
