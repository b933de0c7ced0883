import type { ClearingRunAnswer } from '@lijian/contracts/finance'
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileSigner } from '@lijian/privacy'
import { makeProgram } from './cli'

/** What the API would say: the command's own work is what it asks, shows and makes of refusals. */
let server: Server
let asked: [string, string, unknown][]
let env: Record<string, string>
let states: ClearingRunAnswer['state'][]
const file = {
  id: 7,
  name: 'main_amount_v1.csv',
  rows: 2,
  received: 25_600,
  discount: 3000,
  state: 'published',
  sha256: 'ab'.repeat(32),
}
let waits = false
const written: string[] = []
const said: string[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (piece: Buffer) => (text += String(piece)))
    request.on('end', () => {
      const path = request.url!
      asked.push([request.method!, path, text === '' ? undefined : (JSON.parse(text) as unknown)])
      const run = (state: string) => ({
        businessDate: '2026-11-24',
        settlementDate: '2026-11-25',
        state,
        files: [file],
      })
      const answer =
        path === '/v1/clearing-runs' && text.includes('2999')
          ? { status: 409, code: 'state_conflict', detail: 'Business date 2999-01-01 is not over' }
          : path.startsWith('/v1/clearing-files?')
            ? { files: path.includes(file.name) ? [file] : [] }
            : path.includes('acknowledgement')
              ? waits
                ? { id: 12, hash: 'h', state: 'proposed' }
                : { ...file, state: 'acknowledged' }
              : request.method === 'POST'
                ? { ...run('opened'), opened: ['2026-11-24'] }
                : run(states.length > 1 ? states.shift()! : states[0]!)
      response.writeHead('status' in answer ? Number(answer.status) : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const dataDir = mkdtempSync(join(tmpdir(), 'lijian-clear-'))
  writeFileSync(join(dataDir, 'keys.json'), '{"finance":"lj_key","checker":"lj_other"}')
  env = { LIJIAN_API_PORT: String((server.address() as { port: number }).port), LIJIAN_DATA_DIR: dataDir }
})
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(() => {
  asked = []
  states = ['frozen', 'published']
  written.length = said.length = 0
})

const clear = (...words: string[]) =>
  makeProgram(
    (line) => said.push(line),
    (line) => written.push(line),
    env,
  ).parseAsync(words, { from: 'user' })

test('it opens the date, follows it and shows its files', async () => {
  await clear('--date', '2026-11-24', '--wait')
  expect(asked[0]).toEqual(['POST', '/v1/clearing-runs', { date: '2026-11-24' }])
  expect(said).toEqual(['2026-11-24 frozen', '2026-11-24 published'])
  expect(written).toEqual([
    '2026-11-24 published, settlement 2026-11-25',
    '  main_amount_v1.csv  2 rows  received 256.00  discount 30.00  published  abababababab',
  ])
})

test('in place of a clearing system it accepts every file', async () => {
  await clear('--date', '2026-11-24', '--accept')
  const { id, sha256 } = file
  expect(asked).toContainEqual(['POST', `/v1/clearing-files/${id}/acknowledgement`, { outcome: 'accepted', sha256 }])
})

test('what waits for another person is told, and approved in development alone when asked', async () => {
  waits = true
  await clear('--date', '2026-11-24', '--accept')
  expect(said).toContain(`${file.name} waits for another person: proposal 12, POST /v1/proposals/12/approve`)
  expect(asked.filter(([, path]) => path.endsWith('/approve'))).toEqual([])
  await clear('--date', '2026-11-24', '--accept', '--approve')
  expect(asked).toContainEqual(['POST', '/v1/proposals/12/approve', { hash: 'h' }])
  waits = false
})

test('an acknowledgement file is handed in under the name in it', async () => {
  const path = join(env['LIJIAN_DATA_DIR']!, 'ack.txt')
  writeFileSync(path, `ACK|${file.name}||refused\nREASON|1||no such merchant\nEND|1\n`)
  await clear('--ack', path)
  const reasons = [{ row: 1, message: 'no such merchant' }]
  expect(asked.at(-1)).toEqual(['POST', '/v1/clearing-files/7/acknowledgement', { outcome: 'refused', reasons }])
  expect(written).toEqual([`${file.name} acknowledged`])
  writeFileSync(path, 'ACK|main_amount_v1.csv||accepted\n')
  asked = []
  await expect(clear('--ack', path)).rejects.toThrow('line 1: the file is torn')
  expect(asked).toEqual([])
})

test.each`
  words                                          | says
  ${['--date', '2026-02-30']}                    | ${'expected a date'}
  ${['--date', '24.11.2026']}                    | ${'expected a date'}
  ${[]}                                          | ${'expected one of --date, --ack, --check or --public-key'}
  ${['--date', '2026-11-24', '--wait', 'never']} | ${'Allowed choices'}
  ${['--date', '2999-01-01']}                    | ${'is not over'}
`('$words: $says', async ({ words, says }: { words: string[]; says: string }) => {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true)
  await expect(clear(...words)).rejects.toThrow(says)
  stderr.mockRestore()
})

describe('a published file', () => {
  const seed = createHash('sha256').update('seed of this test').digest('hex')
  const signer = new FileSigner(Buffer.from(seed, 'hex'))
  let path: string
  let pem: string
  const put = (end: string, content: string | Buffer) => writeFileSync(path + end, content)
  beforeEach(() => {
    const dir = mkdtempSync(join(tmpdir(), 'lijian-check-'))
    path = join(dir, 'main_amount_v1.csv')
    pem = join(dir, 'key.pem')
    writeFileSync(pem, signer.publicKeyPem)
    put('', 'H,1\n')
    const line = `${createHash('sha256').update('H,1\n').digest('hex')}  main_amount_v1.csv\n`
    put('.sha256', line)
    put('.sig', signer.sign(line))
  })

  test('is told from its key, and the key is shown to receivers', async () => {
    await clear('--check', path, '--key', pem)
    env['LIJIAN_CLEARING_SIGN_KEY'] = seed
    await clear('--check', path)
    await clear('--public-key')
    delete env['LIJIAN_CLEARING_SIGN_KEY']
    const whole = 'main_amount_v1.csv: as published and signed'
    expect(written).toEqual([whole, whole, signer.publicKeyPem.trim()])
    await expect(clear('--check', path)).rejects.toThrow('LIJIAN_CLEARING_SIGN_KEY is not set')
  })

  test.each<[string, () => void, string]>([
    ['another content', () => put('', 'H,2\n'), 'is not the file that main_amount_v1.csv.sha256 names'],
    [
      'its SHA-256 made anew by somebody else',
      () => {
        put('', 'H,2\n')
        put('.sha256', `${createHash('sha256').update('H,2\n').digest('hex')}  main_amount_v1.csv\n`)
      },
      'is no signature of main_amount_v1.csv.sha256 with this key',
    ],
    ['another key', () => put('.sig', new FileSigner(Buffer.alloc(32, 1)).sign('x')), 'is no signature'],
    ['no signature', () => rmSync(`${path}.sig`), 'main_amount_v1.csv.sig is not beside it'],
    ['a key that is none', () => writeFileSync(pem, 'x'), 'the public key cannot be read'],
  ])('%s is found out', async (_what, spoil, says) => {
    spoil()
    await expect(clear('--check', path, '--key', pem)).rejects.toThrow(says)
    expect(written).toEqual([])
  })
})
