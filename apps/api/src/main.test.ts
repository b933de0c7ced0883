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

test.each([
  [
    'one key for two purposes',
    { LIJIAN_ACCOUNT_KEY: hash('sha256', 'token') },
    /LIJIAN_ACCOUNT_KEY: key \w+ is also in LIJIAN_TOKEN_KEY; each purpose has a key of its own/,
  ],
  [
    'zeros',
    { LIJIAN_TOKEN_KEY: '00'.repeat(32) },
    /LIJIAN_TOKEN_KEY: key \w+ repeats one byte, so it can be guessed: make one with `openssl rand -hex 32`/,
  ],
  ['a short period', { LIJIAN_DRAW_KEY: '0123'.repeat(16) }, /LIJIAN_DRAW_KEY: the key repeats the same 2 bytes/],
  [
    'a wrong length',
    { LIJIAN_TOKEN_KEY: 'ab' },
    /LIJIAN_TOKEN_KEY: found a text of 2 characters; expected 64 hexadecimal digits/,
  ],
] as const)('%s ends the start with exit code 2 and says what to do', async (_case, wrong, sentence) => {
  const child = forkSource(require.resolve('./main'), {
    DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/x',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
    LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
    LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
    ...wrong,
  })
  let written = ''
  child.stderr!.on('data', (chunk: Buffer) => (written += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  expect([code, written]).toEqual([2, expect.stringMatching(sentence)])
  expect(written).not.toMatch(/[0-9a-f]{32}/)
})
