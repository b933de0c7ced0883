import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { dataDir, listener, pidOf, recordFor, removeDataDir, said, say, stack } from '../testing/fake-servers'
import { takeLock } from './data-lock'
import { identify, isAlive, markOf } from './identity'
import { freePort } from './ports'
import { readRun, writeRun } from './run-file'
import { stopLeftOver, Supervisor } from './supervisor'

afterAll(removeDataDir)
beforeEach(() => void said.splice(0))

test('servers start after what they need and stop in the opposite order; nothing of ours is left', async () => {
  const [first, second] = [await freePort(), await freePort()]
  const mine = stack()
  const supervisor = new Supervisor(mine, [listener('api', second, ['db']), listener('db', first)], say)
  await supervisor.start()
  expect(said.map((line) => line.replace(/ in .*/, ''))).toEqual([
    `db: ready at 127.0.0.1:${first}`,
    `api: ready at 127.0.0.1:${second}`,
  ])
  expect(mine.env['DB_PORT']).toBe(String(first))
  const identities = [identify(pidOf('db')), identify(pidOf('api'))]
  expect(identities.map((identity) => identity && isAlive(identity))).toEqual([true, true])

  await supervisor.stop()
  expect(said.slice(2)).toEqual(['api: stopped', 'db: stopped'])
  expect(identities.map((identity) => identity && isAlive(identity))).toEqual([false, false])
  expect(readRun(dataDir)).toBeUndefined()
})

test('a taken port is named with the variable that moves it, before anything starts', async () => {
  const [free, taken] = [await freePort(), await freePort()]
  const stranger = createServer().listen(taken, '127.0.0.1')
  const supervisor = new Supervisor(stack(), [listener('db', free), listener('api', taken, ['db'])], say)
  await expect(supervisor.start()).rejects.toThrow(
    `port ${taken}, wanted by api, is taken: set LIJIAN_API_PORT to a free one`,
  )
  expect(said).toEqual([])
  expect(readRun(dataDir)).toBeUndefined()
  stranger.close()
})

test('a port that no browser connects to is refused at once: nothing would ever answer there', async () => {
  const supervisor = new Supervisor(stack(), [listener('api', 10080)], say)
  await expect(supervisor.start()).rejects.toThrow(
    'port 10080, wanted by api, is one that browsers refuse: set LIJIAN_API_PORT to another',
  )
  expect(said).toEqual([])
})

test('one port wanted by two servers names both', async () => {
  const port = await freePort()
  const supervisor = new Supervisor(stack(), [listener('db', port), listener('api', port)], say)
  await expect(supervisor.start()).rejects.toThrow(
    `port ${port} is wanted twice, by db (LIJIAN_DB_PORT) and api (LIJIAN_API_PORT)`,
  )
})

test('a server that ends before it is ready is told with its last lines, and the others are stopped', async () => {
  const port = await freePort()
  const broken = listener('api', await freePort(), ['db'], `console.log('no table of that name'); process.exit(3)`)
  let db: ReturnType<typeof identify>
  const supervisor = new Supervisor(stack(), [listener('db', port), broken], (server, line) => {
    if (line.startsWith('ready')) db = identify(pidOf(server))
    say(server, line)
  })
  await expect(supervisor.start()).rejects.toThrow(/api ended with code 3 before it was ready[^]*no table of that name/)
  expect(said.at(-1)).toBe('db: stopped')
  // Not the port: somebody else may listen there by now.
  expect(isAlive(db!)).toBe(false)
})

test('a second start in the same directory is refused by the number of the first', async () => {
  const supervisor = new Supervisor(stack(), [listener('db', await freePort())], say)
  await supervisor.start()
  await expect(new Supervisor(stack(), [listener('db', await freePort())], say).start()).rejects.toThrow(
    `the stack in ${dataDir} is running already (process ${process.pid})`,
  )
  await supervisor.stop()
})

test('what a killed launcher left is stopped, a stranger that got its number is not', async () => {
  const [ours, stranger] = [sleeper(), sleeper()]
  const oursIdentity = identify(ours)
  writeRun(dataDir, {
    supervisor: { pid: ours, mark: 'of a launcher long gone' },
    state: 'ready',
    profile: 'dev',
    portOffset: 0,
    startedAt: '',
    env: {},
    servers: [recordFor('db', ours, oursIdentity?.mark ?? ''), recordFor('api', stranger, 'of a server long gone')],
  })
  await stopLeftOver(dataDir, say)
  expect(said).toEqual([`db: stopped (process ${ours}, left by a launcher that was killed)`])
  expect(identify(ours)).toBeUndefined()
  expect(identify(stranger)).toBeDefined()
  process.kill(stranger, 'SIGKILL')
})

test('a lock of a process that is gone holds nothing', () => {
  const file = join(dataDir, 'lock.json')
  takeLock(file, process.pid)
  const { pid, mark } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; mark: string }
  expect(isAlive({ pid, mark })).toBe(true)
  expect(isAlive({ pid, mark: 'earlier' })).toBe(false)
})

test.each`
  _case               | servers                                                     | expected
  ${'a missing need'} | ${[listener('api', 1, ['db'])]}                             | ${'api needs db, which is not part of the stack'}
  ${'a circle'}       | ${[listener('api', 1, ['db']), listener('db', 2, ['api'])]} | ${'servers need each other: api → db → api'}
`('$_case is a mistake with a name', async ({ servers, expected }) => {
  await expect(new Supervisor(stack(), servers, say).start()).rejects.toThrow(expected)
})

function sleeper(): number {
  return spawn(process.execPath, ['-e', 'setInterval(() => 1, 1000)'], { stdio: 'ignore' }).pid ?? 0
}

test('a killed process is there until the last of its threads has let go of its ports', () => {
  const zombie = (threads: number) =>
    `6149 (no) de) Z 6146 6146 1558 0 -1 4227084 2943 6544 0 0 2 2 3 1 20 0 ${threads} 0 19736 0 0 1844674 0 0 0\n`
  expect(markOf(zombie(2))).toBe('19736')
  expect(markOf(zombie(1))).toBeUndefined()
  expect(markOf(zombie(2).replace(' Z ', ' S '))).toBe('19736')
})
