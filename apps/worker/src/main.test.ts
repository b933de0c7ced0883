import { hash } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { askTemporal, Cable, forkSource, freePort, testDatabase } from '@lijian/testing'

/** The worker as a process of its own, with what it has written. */
async function startMain(environment: Record<string, string>) {
  const child = forkSource(require.resolve('./main'), {
    LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
    LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
    LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
    LIJIAN_TASK_QUEUE: `main-${process.pid}-${Date.now().toString(36)}`,
    ...environment,
  })
  let written = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (written += String(chunk)))
  const ended = once(child, 'exit') as Promise<[number | null]>
  const says = async (text: string) => {
    const deadline = Date.now() + 90_000
    while (!written.includes(text)) {
      if (Date.now() > deadline || child.exitCode !== null) throw new Error(`never said ${text}, but:\n${written}`)
      await sleep(50)
    }
  }
  return { child, ended, says, written: () => written }
}
const alive = (port: number) => fetch(`http://127.0.0.1:${port}/health/live`).then(({ status }) => status)
const ready = (port: number) => fetch(`http://127.0.0.1:${port}/health/ready`).then(({ status }) => status)

test('it runs until SIGTERM, and ends in order', async () => {
  const database = await testDatabase()
  const port = await freePort()
  const { child, ended, says } = await startMain({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: (await askTemporal()).address,
    LIJIAN_METRICS_PORT: String(port),
  })
  await says('worker runs')
  expect(await ready(port)).toBe(200)
  child.kill('SIGTERM')
  expect((await ended)[0]).toBe(0)
  await database.drop()
})

test('with Temporal away it lives, is not ready, waits, and can be told to end', async () => {
  const database = await testDatabase()
  const port = await freePort()
  const { child, ended, says } = await startMain({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`,
    LIJIAN_METRICS_PORT: String(port),
  })
  await says('Temporal is away')
  expect([await alive(port), await ready(port)]).toEqual([200, 503])
  child.kill('SIGTERM')
  expect((await ended)[0]).toBe(0)
  await database.drop()
})

test('a malformed setting stops the start with its name', async () => {
  const { ended, written } = await startMain({ DATABASE_URL: 'mysql://x', TEMPORAL_ADDRESS: 'nowhere' })
  expect((await ended)[0]).toBe(2)
  expect(written()).toContain('DATABASE_URL')
  expect(written()).toContain('TEMPORAL_ADDRESS')
})

test.each(['freeze', 'dropPackets', 'halfOpen'] as const)('SIGTERM ends it within 15 s after %s', async (fault) => {
  const database = await testDatabase()
  const cable = await Cable.to(database.url)
  const temporal = await Cable.to(`http://${(await askTemporal()).address}`)
  const port = await freePort()
  const { child, ended, says } = await startMain({
    DATABASE_URL: cable.url,
    TEMPORAL_ADDRESS: new URL(temporal.url).host,
    LIJIAN_METRICS_PORT: String(port),
  })
  await says('worker runs')
  cable[fault]()
  temporal[fault]()
  // New connections work in the last case.
  if (fault !== 'halfOpen') expect(await ready(port)).toBe(503)
  const begun = performance.now()
  child.kill('SIGTERM')
  await ended
  expect(performance.now() - begun).toBeLessThan(15_000)
  await Promise.all([cable.close(), temporal.close()])
  await database.drop()
})
