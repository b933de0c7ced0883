import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DEFAULT_PORTS } from '@lijian/config'
import { isAlive } from './core/identity'
import { freePort } from './core/ports'
import { leftOver, readRun } from './core/run-file'

/** One whole stack, as `./lijian up` starts it, for all tests here. */
const dataDir = mkdtempSync(join(tmpdir(), 'lijian-whole-stack-'))
const cli = join(__dirname, '..', 'dist', 'cli.js')
let env: NodeJS.ProcessEnv
let refused: Said
let watching: ChildProcess

interface Said {
  code: number | null
  text: string
}

function start(...words: string[]): { child: ChildProcess; ended: Promise<Said> } {
  const child = spawn(process.execPath, [cli, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, text })) }
}
const lijian = (...words: string[]) => start(...words).ended

const run = () => readRun(dataDir)
const record = (name: string) => run()?.servers.find((server) => server.name === name)
const pidOf = (name: string) => record(name)?.process?.pid ?? 0
async function until(what: string, done: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 120_000
  while (!(await done())) {
    if (Date.now() > end) throw new Error(`not within 120 s: ${what}; ${(await lijian('status')).text}`)
    await sleep(100)
  }
}

beforeAll(async () => {
  const ports = await Promise.all(
    Object.keys(DEFAULT_PORTS).map(async (name) => [name, `${await freePort()}`] as const),
  )
  const kept = Object.entries(process.env).filter(([name]) => !/^(LIJIAN_|JEST_|NODE_ENV$|FORCE_COLOR$)/.test(name))
  env = {
    ...Object.fromEntries(kept),
    LIJIAN_CACHE_DIR: process.env['LIJIAN_CACHE_DIR'],
    LIJIAN_DATA_DIR: dataDir,
    LIJIAN_QUERY_DEADLINE_MS: '10000',
    ...Object.fromEntries(ports),
  }
  const both = [start('up'), start('up')]
  const loser = await Promise.race(both.map(({ ended }, at) => ended.then((said) => ({ at, said }))))
  refused = loser.said
  watching = both[1 - loser.at]!.child
  await until('the stack is ready', () => run()?.state === 'ready')
  await prepareCampaign()
})

afterAll(async () => {
  await lijian('down')
  rmSync(dataDir, { recursive: true, force: true })
})

const keys = () => JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8')) as Record<string, string>
async function ask(key: string, method: string, path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`http://127.0.0.1:${env['LIJIAN_API_PORT']}${path}`, {
    method,
    headers: { authorization: `Bearer ${keys()[key]}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Record<string, unknown>
}

async function prepareCampaign(): Promise<void> {
  await ask('maker', 'PUT', '/v1/merchants/M-1', { id: 'M-1', name: 'Noodles', fees: { default: { ppm: 6_000 } } })
  const { hash } = await ask('maker', 'PUT', '/v1/campaigns/C-1', {
    ...{
      code: 'C-1',
      name: '100-15',
      timeZone: 'Asia/Shanghai',
      from: '2026-01-01',
      currency: 'CNY',
      paymentMode: 'postpay',
    },
    funders: [{ partner: 'BANK', sharePpm: 1_000_000 }],
    offers: [
      {
        ...{ code: 'O-1', name: '100-15', kind: 'amount', merchants: ['M-1'] },
        rule: { conditions: {}, benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] } },
      },
    ],
  })
  expect(await ask('checker', 'POST', '/v1/campaigns/C-1/approve', { hash })).toMatchObject({ state: 'approved' })
}

let serial = 0
const pays = async (): Promise<boolean> =>
  ask('transactionSystem', 'POST', '/v1/transactions', {
    serial: `S-${++serial}`,
    merchant: 'M-1',
    amount: 10_000,
    paymentMethod: 'qr',
  })
    .then(({ state }) => state === 'held')
    .catch(() => false)

test('of two that start it at once one works, and the other says so', async () => {
  expect(refused.code).toBe(1)
  // It may have shown what the other had said by then.
  expect(refused.text).toMatch(
    /^lijian: the stack in \S+ is (being started by |running already \()process \d+\)?: \.\/lijian status\n$/m,
  )
  await until('a payment', pays)
})

test('it stays when the terminal closes', async () => {
  watching.kill('SIGHUP')
  await once(watching, 'exit')
  const supervisor = run()!.supervisor
  process.kill(supervisor.pid, 'SIGHUP')
  await sleep(500)
  expect(isAlive(supervisor)).toBe(true)
  expect((await lijian('status')).code).toBe(0)
})

test.each(['api', 'worker', 'postgres', 'report-generator'])(
  '%s is started again after kill -9, and payments go on',
  async (name) => {
    const others = ['api', 'worker', 'postgres', 'temporal', 'report-generator']
      .filter((other) => other !== name)
      .map((other) => [other, pidOf(other)] as const)
    process.kill(pidOf(name), 'SIGKILL')
    await until(`${name} is back`, () => record(name)?.restarts === 1 && record(name)?.state === 'ready')
    await until('a payment', pays)
    await until('all is up', async () => (await lijian('status')).code === 0)
    const { text } = await lijian('status')
    expect(text).toMatch(new RegExp(`${name}: last time ended by SIGKILL, \\d{4}-`))
    expect((await lijian('logs', 'stack')).text).toContain(`ready again (restart 1)`)
    for (const [other, pid] of others) expect([other, pidOf(other)]).toEqual([other, pid])
  },
)

test('when the launcher and the api were killed, up takes over what runs and starts what is missing', async () => {
  const [postgres, worker] = [pidOf('postgres'), pidOf('worker')]
  for (const pid of [run()!.supervisor.pid, pidOf('api')]) process.kill(pid, 'SIGKILL')
  const looked = await lijian('status', '--port-offset', '0')
  expect(looked).toMatchObject({ code: 1, text: expect.stringContaining('the launcher is gone: ./lijian up') })
  expect(await lijian('up', '--detach')).toMatchObject({
    code: 0,
    text: expect.stringContaining('taken over as it is'),
  })
  expect([pidOf('postgres'), pidOf('worker')]).toEqual([postgres, worker])
  await until('a payment', pays)
  expect(await lijian('up', '--detach')).toMatchObject({ code: 0, text: expect.stringContaining('nothing is missing') })
})

test.each`
  words                                 | code | said
  ${['up', '--bogus']}                  | ${2} | ${"lijian: unknown option '--bogus'\n"}
  ${['down', '--port-offset', 'x']}     | ${2} | ${/^lijian: option '--port-offset <n>' argument 'x' is invalid. a whole number from 0 to 50000 is expected\n$/}
  ${['status', '--port-offset', '7']}   | ${1} | ${/^lijian: the stack in \S+ runs with --port-offset 0, not 7: .*\n$/}
  ${['up', '--profile', 'cluster']}     | ${1} | ${'lijian: the stack runs with --profile dev: ./lijian down first\n'}
  ${['verify', '--port-offset', '0']}   | ${0} | ${/the books agree/}
  ${['logs', 'api', '--port-offset=0']} | ${0} | ${/listening/}
`('$words', async ({ words, code, said }) => {
  expect(await lijian(...words)).toEqual({ code, text: typeof said === 'string' ? said : expect.stringMatching(said) })
})

test('down stops everything, also without a launcher', async () => {
  const before = run()!
  process.kill(before.supervisor.pid, 'SIGKILL')
  const { code, text } = await lijian('down')
  expect([code, text]).toEqual([0, expect.stringContaining('stopped; the data stays in')])
  expect(leftOver(before)).toEqual([])
  expect(await lijian('down')).toEqual({ code: 0, text: 'nothing is running\n' })
})
