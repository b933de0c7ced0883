import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { until } from '@lijian/testing'
import {
  dataDir,
  listen,
  listener,
  pidOf,
  record,
  recordFor,
  removeDataDir,
  said,
  say,
  stack,
} from '../testing/fake-servers'
import { identify } from './identity'
import { answers, freePort } from './ports'
import { readRun, writeRun } from './run-file'
import type { Program, Server } from './server'
import { Supervisor } from './supervisor'

afterAll(removeDataDir)
beforeEach(() => void said.splice(0))

const quick = { firstMs: 20, mostMs: 40, limit: 3, withinMs: 600_000, steadyMs: 600_000 }

test('a server that dies later is told with its last lines and started again, and the others stay', async () => {
  const [first, second] = [await freePort(), await freePort()]
  const supervisor = new Supervisor(stack(), [listener('db', first), listener('api', second)], say, quick)
  await supervisor.start()
  const [db, api] = [pidOf('db'), pidOf('api')]
  process.kill(api, 'SIGKILL')
  await until(() => said.some((line) => /^api: \S+Z ready again \(restart 1\)/.test(line)))
  expect(said.some((line) => /^api: \S+Z ended by SIGKILL[^]*at work/.test(line))).toBe(true)
  expect(record('api')).toMatchObject({ state: 'ready', restarts: 1, lastEnd: { how: 'ended by SIGKILL' } })
  expect(pidOf('api')).not.toBe(api)
  expect(await answers(second)).toBe(true)
  expect(pidOf('db')).toBe(db)
  await supervisor.stop()
  expect(await answers(second)).toBe(false)
})

test('what dies again and again is given up after the limit, and tried again when somebody asks', async () => {
  const [port, switchedOff] = [await freePort(), join(dataDir, 'off')]
  const script = `if (require('node:fs').existsSync('${switchedOff}')) { console.log('no such table'); process.exit(3) }; ${listen(port)}`
  const servers = [listener('db', await freePort()), listener('api', port, ['db'], script)]
  const supervisor = new Supervisor(stack(), servers, say, quick)
  await supervisor.start()
  const db = pidOf('db')
  writeFileSync(switchedOff, '')
  process.kill(pidOf('api'), 'SIGKILL')
  await until(() => record('api')?.state === 'gave up')
  expect(said.filter((line) => line.includes('api ended with code 3 before it was ready'))).toHaveLength(3)
  expect(said.at(-1)).toBe(
    'api: it was started 3 times within 10 min and is not started again: look at ./lijian logs api, then ./lijian up tries again',
  )
  expect(record('api')?.lastEnd?.how).toContain('no such table')

  await supervisor.repair()
  expect(record('api')?.state).toBe('gave up')
  rmSync(switchedOff)
  await supervisor.repair()
  expect(record('api')?.state).toBe('ready')
  expect(pidOf('db')).toBe(db)
  expect(readRun(dataDir)?.repairs).toBe(2)
  await supervisor.stop()
})

test('a server waits for what it needs before it is started again', async () => {
  const [db, api, switchedOff] = [await freePort(), await freePort(), join(dataDir, 'db-off')]
  const script = `if (require('node:fs').existsSync('${switchedOff}')) process.exit(3); ${listen(db)}`
  const task: Server = {
    name: 'migrations',
    needs: ['db'],
    ports: () => [],
    resolve: async () => ({ kind: 'task', origin: 'test', run: async () => 'done' }),
  }
  const servers = [listener('db', db, [], script), task, listener('api', api, ['migrations'])]
  const supervisor = new Supervisor(stack(), servers, say, { ...quick, limit: 100 })
  await supervisor.start()
  writeFileSync(switchedOff, '')
  process.kill(pidOf('db'), 'SIGKILL')
  await until(() => record('db')?.state === 'restarting')
  process.kill(pidOf('api'), 'SIGKILL')
  await until(() => said.filter((line) => line.includes('db ended with code 3')).length > 3)
  expect(record('api')).toMatchObject({ state: 'restarting' })
  expect(record('api')?.restarts).toBeUndefined()
  rmSync(switchedOff)
  await until(() => record('api')?.state === 'ready')
  expect(record('api')?.restarts).toBe(1)
  await supervisor.stop()
})

test('a new launcher takes over what a killed one left, as it is, and starts what is missing', async () => {
  const [db, api] = [await freePort(), await freePort()]
  const servers = [listener('db', db), listener('api', api, ['db'])]
  const left = spawn(process.execPath, ['-e', listen(db)], { stdio: 'ignore' }).pid ?? 0
  await until(() => answers(db))
  writeRun(dataDir, {
    supervisor: { pid: left, mark: 'of a launcher long gone' },
    state: 'ready',
    profile: 'dev',
    portOffset: 0,
    startedAt: '',
    env: {},
    servers: [
      { ...recordFor('db', left, identify(left)?.mark ?? ''), address: `127.0.0.1:${db}`, restarts: 4 },
      { ...recordFor('api', left, 'of a server long gone'), address: `127.0.0.1:${api}` },
    ],
  })
  const supervisor = new Supervisor(stack(), servers, say, quick)
  await supervisor.start()
  expect(said).toContain(`db: taken over as it is (process ${left})`)
  expect(pidOf('db')).toBe(left)
  expect(record('db')).toMatchObject({ state: 'ready', restarts: 4 })
  expect(await answers(api)).toBe(true)

  process.kill(left, 'SIGKILL')
  await until(() => record('db')?.restarts === 5 && record('db')?.state === 'ready')
  await supervisor.stop()
  expect([await answers(db), await answers(api)]).toEqual([false, false])
})

test('what is taken over keeps running when something else does not start', async () => {
  const [db, api] = [await freePort(), await freePort()]
  const left = spawn(process.execPath, ['-e', listen(db)], { stdio: 'ignore' }).pid ?? 0
  await until(() => answers(db))
  writeRun(dataDir, {
    supervisor: { pid: left, mark: 'of a launcher long gone' },
    state: 'ready',
    profile: 'dev',
    portOffset: 0,
    startedAt: '',
    env: {},
    servers: [{ ...recordFor('db', left, identify(left)?.mark ?? ''), address: `127.0.0.1:${db}` }],
  })
  const servers = [listener('db', db), listener('api', api, ['db'], 'process.exit(4)')]
  const supervisor = new Supervisor(stack(), servers, say, quick)
  await supervisor.start()
  expect(record('api')).toMatchObject({ state: 'gave up' })
  expect(await answers(db)).toBe(true)
  await supervisor.stop()
})

test('a ready server is not stopped because what is done once it answers fails at first', async () => {
  const port = await freePort()
  let tries = 0
  const settle = async () => {
    tries++
    if (tries < 3) throw new Error('timeout expired')
  }
  const supervisor = new Supervisor(stack(), [settling('db', port, settle)], say)
  await supervisor.start()
  expect(tries).toBe(3)
  expect(said).toEqual([expect.stringMatching(/^db: ready at/)])
  await supervisor.stop()
})

test('a considered refusal of a server is not asked for again', async () => {
  let tries = 0
  const settle = async () => {
    tries++
    throw Object.assign(new Error('permission denied to create database'), { severity: 'ERROR', code: '42501' })
  }
  const supervisor = new Supervisor(stack(), [settling('db', await freePort(), settle)], say)
  await expect(supervisor.start()).rejects.toThrow('permission denied to create database')
  expect(tries).toBe(1)
})

test('a slow server is waited for as long as its log grows', async () => {
  const port = await freePort()
  const slow = `let n = 0; const t = setInterval(() => { console.log('redo', n); if (++n === 12) { clearInterval(t); ${listen(port)} } }, 100)`
  const impatient = (server: Server): Server => ({
    ...server,
    resolve: async (of) => ({ ...((await server.resolve(of)) as Program), readyWithinMs: 600 }),
  })
  const supervisor = new Supervisor(stack(), [impatient(listener('db', port, [], slow))], say)
  await supervisor.start()
  await supervisor.stop()
  const silent = `setTimeout(() => { ${listen(port)} }, 3000)`
  await expect(new Supervisor(stack(), [impatient(listener('db', port, [], silent))], say).start()).rejects.toThrow(
    /db was not ready within \d s/,
  )
})

function settling(name: string, port: number, settle: () => Promise<void>): Server {
  const server = listener(name, port)
  return { ...server, resolve: async (of) => ({ ...((await server.resolve(of)) as Program), settle }) }
}
