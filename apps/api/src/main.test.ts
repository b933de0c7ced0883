import { hash } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Cable, forkSource, freePort, testDatabase } from '@lijian/testing'

test.each(['thaw', 'freeze', 'dropPackets', 'halfOpen'] as const)(
  'SIGTERM ends it within 15 s after %s',
  async (fault) => {
    const database = await testDatabase()
    const cable = await Cable.to(database.appUrl)
    const port = await freePort()
    const child = forkSource(require.resolve('./main'), {
      DATABASE_URL: cable.url,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      LIJIAN_API_PORT: String(port),
      LIJIAN_INTERNAL_PORT: String(await freePort()),
      LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
      LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
      LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
    })
    let written = ''
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => (written += String(chunk)))
    const ended = once(child, 'exit') as Promise<[number | null]>
    while (!written.includes('listening')) {
      if (child.exitCode !== null) throw new Error(written)
      await sleep(50)
    }
    cable[fault]()
    await sleep(1500)
    const begun = performance.now()
    child.kill('SIGTERM')
    const [code] = await ended
    expect(performance.now() - begun).toBeLessThan(15_000)
    if (fault === 'thaw') expect(code).toBe(0)
    expect(written).toMatch(code === 0 ? /"msg":"stopped"/ : /did not close within|stopping took too long/)
    await cable.close()
    await database.drop()
  },
)
