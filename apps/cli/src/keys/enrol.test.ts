import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { testDatabase, type TestDatabase } from '@lijian/testing'

const cli = join(__dirname, '..', '..', 'dist', 'keys', 'cli.js')
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

/** With nothing in the environment but the database: as somebody without a home or a folder to write to has it. */
async function keys(words: string[], url = database.url): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env['PATH'], DATABASE_URL: url }
  const child = spawn(process.execPath, [cli, ...words], { env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}
const enrol = (...words: string[]) => keys(['enrol', ...words])

test('a code of enrolment is printed alone; wrong roles are one line and exit code 2', async () => {
  const made = await enrol()
  expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^en_[\w-]{24}\n$/) })
  expect(made.err).toContain('administrator')
  for (const words of [['--role', 'boss'], ['--role', 'operator', '--role=reviewer'], ['--roles', 'risk'], ['--role']])
    expect(await enrol(...words)).toEqual({ code: 2, out: '', err: expect.stringMatching(/^keys enrol: [^\n]*\n$/) })
  expect((await enrol('--help')).out).toContain('--role CODE')
})

test('the login of api and worker makes nobody an administrator', async () => {
  expect(await keys(['enrol'], database.appUrl)).toEqual({
    code: 1,
    out: '',
    err: expect.stringMatching(/^keys enrol: [^\n]*the owner, who migrates\n$/),
  })
})

test.each([[[]], [['first-admin']], [['--dev-key']]])('%j makes no key: one line, exit code 2', async (words) => {
  const said = { code: 2, out: '', err: expect.stringMatching(/^keys: [^\n]*expected enrol, rotate or --dev-keys\n$/) }
  expect(await keys(words)).toEqual(said)
})
