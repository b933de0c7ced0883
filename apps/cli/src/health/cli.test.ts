import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, testDatabase } from '@lijian/testing'
import { check, findProcess, type Watched } from './cli'
import { limits } from './watch'

const folder = mkdtempSync(join(tmpdir(), 'lijian-health-'))
const program = join(folder, 'main.js')
/** Live; ready as the file says; deaf to SIGTERM when the other file says so. */
writeFileSync(
  program,
  `const has = (name) => require('node:fs').existsSync(require('node:path').join(__dirname, name))
   process.on('SIGTERM', () => has('deaf') || process.exit(0))
   require('node:http').createServer((request, response) => {
     response.statusCode = request.url === '/health/ready' && has('unready') ? 503 : 200
     response.end()
   }).listen(Number(process.argv[2]), '127.0.0.1')`,
)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each`
  _case                                       | isDeaf   | signal
  ${'it ends in order'}                       | ${false} | ${null}
  ${'deaf to SIGTERM it is ended by SIGKILL'} | ${true}  | ${'SIGKILL'}
`('a process that stays unready although PostgreSQL answers is ended: $_case', async ({ isDeaf, signal }) => {
  const database = await testDatabase()
  const port = await freePort()
  const memoryFile = join(folder, `memory-${port}.json`)
  const watched: Watched = {
    name: 'api',
    program,
    base: `http://127.0.0.1:${port}`,
    memoryFile,
    databaseUrl: database.appUrl,
  }
  const said: string[] = []
  const look = (atMs: number) => check(watched, (line) => void said.push(line), atMs)
  expect(await look(0)).toBe(false)

  const child = spawn(process.execPath, ['main.js', String(port)], { cwd: folder, stdio: 'ignore' })
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>
  while (!(await look(1_000))) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(findProcess(program)?.pid).toBe(child.pid)
  writeFileSync(join(folder, 'unready'), '')
  if (isDeaf) writeFileSync(join(folder, 'deaf'), '')
  expect(await look(2_000)).toBe(false)
  expect(await look(2_000 + limits.stuckMs - 1)).toBe(false)
  expect(child.exitCode ?? child.signalCode).toBeNull()

  const nowhere = { ...watched, databaseUrl: 'postgresql://nobody:x@127.0.0.1:1/none' }
  expect(await check(nowhere, () => undefined, 2_000 + limits.stuckMs)).toBe(false)
  expect(child.exitCode ?? child.signalCode).toBeNull()

  await look(200_000)
  await look(200_000 + limits.stuckMs)
  if (isDeaf) await look(200_000 + limits.stuckMs + limits.patienceMs)
  expect((await ended)[1]).toBe(signal)
  expect(said.at(-1)).toMatch(/^api is ended with SIG(TERM|KILL): not ready for \d+ s although PostgreSQL answers$/)
  expect(JSON.parse(readFileSync(memoryFile, 'utf8'))).toMatchObject({ process: { pid: child.pid } })
  for (const name of ['unready', 'deaf']) rmSync(join(folder, name), { force: true })
  await database.drop()
})
