import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { freePort } from '@lijian/testing'
import { cardNumbers } from './testing/card-numbers'
import { lines } from './testing/groups'
import { testApi, type TestApi } from './testing/test-api'

const root = join(__dirname, '..', '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'lijian-import-test-'))
let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(async () => {
  await api.stop()
  rmSync(folder, { recursive: true, force: true })
})

const { JEST_WORKER_ID: _, ...ENV } = process.env

/** `./lijian import …` as a user runs it. */
function importing(args: string[], input = ''): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const program = join(root, 'apps', 'cli', 'dist', 'cli.js')
    const child = spawn(process.execPath, [program, 'import', ...args], {
      cwd: folder,
      env: { ...ENV, LIJIAN_DATA_DIR: folder },
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.end(input)
  })
}

function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content)
  return name
}

const there = () => ['--url', api.base, '--key', api.keys.maker]

test('a file, a packed one and stdin; what happened is said in words and as JSON', async () => {
  const first = await importing(['card-group', 'VIP', file('vip.txt', lines(cardNumbers(0, 3_000))), ...there()])
  expect(first).toMatchObject({
    code: 0,
    err: expect.stringContaining('3,000 lines, 0 of them twice: VIP has 3,000 tokens\n'),
  })
  expect(JSON.parse(first.out)).toMatchObject({ state: 'done', changed: true, members: 3_000, percent: 100 })
  const packed = file('vip.txt.gz', gzipSync(lines(cardNumbers(0, 3_000))))
  const again = await importing(['card-group', 'VIP', packed, ...there()])
  expect(again).toMatchObject({ code: 0, err: expect.stringContaining('VIP has 3,000 tokens, as before') })
  const customers = await importing(['customer-group', 'C', '-', '--mode', 'add', ...there()], '李四\n王五\n李四\n')
  expect(customers).toMatchObject({ code: 0, err: expect.stringContaining('3 lines, 1 of them twice: C has 2 tokens') })
})

test('the development key is the default, and NDJSON is known by its name', async () => {
  file('keys.json', JSON.stringify(api.keys))
  const ndjson = file('c.ndjson', '{"customer":"李四"}\n"王五"\n')
  expect(await importing(['customer-group', 'N', ndjson, '--url', api.base])).toMatchObject({
    code: 0,
    err: expect.stringContaining('N has 2 tokens'),
  })
})

test.each`
  _case                   | args                                                                                              | says
  ${'wrong lines'}        | ${() => ['card-group', 'X', file('x.txt', 'abc\n6222020000000001\n'), ...there()]}                | ${/lijian: line 1: expected a card number.*应为.*\nlijian: line 2: fails the Luhn check/}
  ${'no such file'}       | ${() => ['card-group', 'X', 'none.txt', ...there()]}                                              | ${/lijian: none.txt: no such file/}
  ${'no such kind'}       | ${() => ['bin-group', 'X', 'x.txt', ...there()]}                                                  | ${/Allowed choices are card-group, customer-group/}
  ${'a key that may not'} | ${() => ['card-group', 'X', file('x.txt', 'abc\n'), '--url', api.base, '--key', api.keys.system]} | ${/scope card-groups/}
`('$_case: said, exit code 2', async ({ args, says }: { args: () => string[]; says: RegExp }) => {
  const run = await importing(args())
  expect(run.err).toMatch(says)
  expect(run.code).toBe(2)
})

test('nobody answers: said, exit code 2', async () => {
  const url = `http://127.0.0.1:${await freePort()}`
  const run = await importing(['card-group', 'X', file('x.txt', 'abc\n'), '--key', 'k', '--url', url])
  expect(run).toMatchObject({ code: 2, err: expect.stringContaining(`${url} does not answer (ECONNREFUSED)`) })
})

const LIST = `${JSON.stringify({ serial: 'S1', kind: 'payment', amount: 100, outcome: 'success' })}\n{"total":{"count":1,"amount":100,"discount":0}}\n`
const ABOUT = ['--layout', 'lijian-list-ndjson', '--date', '2026-11-02', '--client', 'system']

test('a bill: accepted once; a wrong one is refused with its place and exit code 2', async () => {
  const first = await importing(['bill', ...ABOUT, file('list.ndjson', LIST), ...there()])
  expect(first).toMatchObject({ code: 0, err: expect.stringMatching(/^import \d+: 1 lines accepted\n$/) })
  expect(JSON.parse(first.out)).toMatchObject({ state: 'accepted', name: 'list.ndjson', client: 'system' })
  expect(await importing(['bill', ...ABOUT, 'list.ndjson', ...there()])).toMatchObject({
    code: 0,
    err: expect.stringContaining('had this very file'),
  })
  const wrong = await importing([
    'bill',
    ...ABOUT,
    file('wrong.ndjson', LIST.replace('"amount":100,"discount"', '"amount":101,"discount"')),
    ...there(),
  ])
  expect(wrong.code).toBe(2)
  expect(wrong.err).toContain(
    'line 2, amount: the file says 1.01, its lines sum to 1.00 yuan (文件合计 1.01 元，明细合计 1.00 元)',
  )
  expect((await importing(['bill', '--date', '2026-11-02', 'list.ndjson', ...there()])).code).toBe(2)
  expect((await importing(['bill', ...ABOUT, 'none.ndjson', ...there()])).err).toContain('no such file')
})
