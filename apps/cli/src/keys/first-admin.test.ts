import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ApiKeys } from '@lijian/identity'
import { dataSource } from '@lijian/database'
import { testDatabase, type TestDatabase } from '@lijian/testing'

const cli = join(__dirname, '..', '..', 'dist', 'keys', 'cli.js')
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

/** With nothing in the environment but the database: as somebody without a home or a folder to write to has it. */
async function keys(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env['PATH'], DATABASE_URL: database.appUrl }
  const child = spawn(process.execPath, [cli, ...words], { env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}
const firstAdmin = (...words: string[]) => keys('first-admin', ...words)
const enrol = (...words: string[]) => keys('enrol', ...words)

async function withKeys<T>(use: (keys: ApiKeys) => Promise<T>): Promise<T> {
  const source = await dataSource(database.url).initialize()
  return use(new ApiKeys(source)).finally(() => source.destroy())
}

test('of three at once one makes the key, the others are refused and name it; a later one is refused too', async () => {
  const said = await Promise.all([firstAdmin(), firstAdmin(), firstAdmin('--client', 'elsewhere')])
  const made = said.filter(({ code }) => code === 0)
  expect(made).toHaveLength(1)
  const { out, err } = made[0]!
  expect(out).toMatch(/^lj_\w{12}_[\w-]{43}\n$/)
  expect(err).toContain('shown this once')
  const [, id = ''] = out.split('_')
  const refusal = expect.stringMatching(new RegExp(`^[^\\n]*\\(${id} of \\w+\\)[^\\n]*POST /v1/api-keys\\n$`))
  for (const other of said.filter(({ code }) => code !== 0)) expect(other).toEqual({ code: 1, out: '', err: refusal })
  expect(await firstAdmin()).toEqual({ code: 1, out: '', err: refusal })
  await withKeys(async (keys) => {
    expect(await keys.isKnown(out.trim(), ['admin', 'read'])).toBe(true)
    expect((await keys.list({ limit: 10 })).keys).toHaveLength(1)
    // Whoever has lost the last key may revoke it and begin again.
    await keys.revoke(id)
  })
  expect((await firstAdmin('--name=second life')).code).toBe(0)
})

test.each`
  words                  | said
  ${['--bogus']}         | ${'keys first-admin: unknown word "--bogus"; --help names the options\n'}
  ${['--client']}        | ${'keys first-admin: --client needs a value\n'}
  ${['--client', 'a b']} | ${'keys first-admin: --client: found "a b"; expected a code such as operations\n'}
`('$words: one line, exit code 2', async ({ words, said }) => {
  expect(await firstAdmin(...words)).toEqual({ code: 2, out: '', err: said })
})

test('a code of enrolment is printed alone; wrong roles are one line and exit code 2', async () => {
  const made = await enrol()
  expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^en_[\w-]{24}\n$/) })
  expect(made.err).toContain('administrator')
  for (const words of [['--role', 'boss'], ['--role', 'operator', '--role=reviewer'], ['--roles', 'risk'], ['--role']])
    expect(await enrol(...words)).toEqual({ code: 2, out: '', err: expect.stringMatching(/^keys enrol: [^\n]*\n$/) })
  expect((await enrol('--help')).out).toContain('--role CODE')
})
