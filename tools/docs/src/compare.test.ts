import { blocksOf } from './blocks'
import { agrees } from './compare'

test.each([
  ['the same', ['a', 'b'], 'a\nb\n', true],
  ['nothing shown, nothing said', [], '', true],
  ['nothing shown, something said', [], 'a\n', false],
  ['something shown, nothing said', ['a'], '', false],
  ['another figure', ['payable 11300'], 'payable 11301\n', false],
  ['a line too many', ['a'], 'a\nb\n', false],
  ['… within a line', ['{"a":1,…}'], '{"a":1,"b":2}\n', true],
  ['… within a line, not over the next', ['a…'], 'a\nb\n', false],
  ['… alone for lines', ['a', '…', 'd'], 'a\nb\nc\nd\n', true],
  ['… alone for no line', ['a', '…'], 'a\n', true],
  ['… alone does not hide what follows', ['…', 'd'], 'a\nc\n', false],
  ['another instant', ['at 2026-11-25T03:53:54.299Z'], 'at 2027-01-02T00:00:00Z\n', true],
  ['no instant', ['at 2026-11-25T03:53:54.299Z'], 'at never\n', false],
  ['another port, duration and rate', ['127.0.0.1:8080 in 3.3 s, 12,045/s'], '127.0.0.1:1 in 20 ms, 1/s\n', true],
  ['spaces at the end', ['a'], 'a  \n', true],
])('%s', (_, shown, said, agree) => expect(agrees(shown, said)).toBe(agree))

const page = (...lines: string[]) => blocksOf(lines.join('\n'))

test('a console block is commands with their further lines and outputs', () => {
  expect(page('text', '```console', '$ for a in 1', '> do x; done', 'out', '$ y', '```')).toEqual([
    {
      kind: 'console',
      line: 2,
      commands: [
        { line: 3, text: 'for a in 1\ndo x; done', shown: ['out'] },
        { line: 6, text: 'y', shown: [] },
      ],
    },
  ])
})

test('a file and a block that cannot run', () => {
  expect(
    page(
      '```json file: a.json',
      '{}',
      '```',
      '```console no-run: needs docker',
      '$ docker',
      '```',
      '```ts',
      'x',
      '```',
    ),
  ).toEqual([
    { kind: 'file', line: 1, name: 'a.json', content: '{}\n' },
    { kind: 'no-run', line: 4, why: 'needs docker' },
  ])
})

test.each([
  ['a shell block that would not run', ['```sh', 'ls', '```'], 'line 1: write ```console'],
  ['no reason', ['```console no-run', '$ ls', '```'], '"no-run: reason" is the only word known'],
  ['output first', ['```console', 'x', '```'], 'line 2: output before the first command'],
  ['no command', ['```console', '```'], 'line 1: a console block without a command'],
  ['no end', ['```console', '$ ls'], 'line 1: a block without an end'],
])('%s is a fault of the page', (_, lines, message) => expect(() => page(...lines)).toThrow(message))
