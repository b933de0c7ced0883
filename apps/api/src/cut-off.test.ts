import { setTimeout as sleep } from 'node:timers/promises'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi, type Who, type WithKey } from './testing/test-api'

/** Two APIs over one database: the road of `here` breaks, `there` works. */
let here: TestApi
beforeEach(async () => {
  here = await testApi({ staleAfterSeconds: 5 }, { breakable: true })
  expect((await here.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)).status).toBe(200)
  expect((await here.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())).status).toBe(200)
})
afterEach(async () => {
  const begun = performance.now()
  await here.stop().catch(() => undefined)
  expect(performance.now() - begun).toBeLessThan(15_000)
})

const within = async (ms: number, what: string, isSo: () => Promise<boolean>): Promise<number> => {
  const begun = performance.now()
  while (!(await isSo())) {
    if (performance.now() - begun > ms) throw new Error(`not within ${ms} ms: ${what}`)
    await sleep(50)
  }
  return performance.now() - begun
}
const status = async (who: Who, path: string) => (await here.ask(who, 'GET', path)).status
const checks = async () => (await here.ask('operator', 'GET', '/health/ready')).body

/** As another process does it, over a road of its own. */
async function revoke(who: WithKey): Promise<void> {
  const id = here.keys[who].split('_')[1]!
  const { Client } = await import('pg')
  const sql = new Client({ connectionString: here.url })
  await sql.connect()
  await sql.query(`UPDATE api_key SET revoked_at = now() WHERE id = $1`, [id])
  await sql.query(`INSERT INTO config_change (kind, code) VALUES ('client', 'people')`)
  await sql.end()
}

test('unreachable, then back: what is stale is named, nobody manages with it, payments go on; then everything is well by itself', async () => {
  here.cable.dropPackets()
  await revoke('checker')
  await within(15_000, 'not ready', async () => {
    const { checks: said } = (await checks()) as { checks: Record<string, boolean> }
    return said['keys'] === false && said['catalog'] === false && said['routing'] === false
  })
  expect((await here.ask('operator', 'GET', '/health/ready')).status).toBe(503)
  expect(await here.ask('maker', 'GET', '/v1/campaigns')).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  expect((await here.ask('system', 'POST', '/v1/transactions', payment('T1'))).body).toMatchObject({
    state: 'no_offer',
  })
  here.cable.mend()
  await within(5000, 'a revoked key is refused', async () => (await status('checker', '/v1/campaigns')) === 401)
  await within(30_000, 'ready', async () => (await status('operator', '/health/ready')) === 200)
  expect(await status('maker', '/v1/campaigns')).toBe(200)
}, 180_000)

test('connections that are dead while new ones work: a change is answered, a revoked key is refused', async () => {
  here.cable.halfOpen()
  await revoke('checker')
  const put = here.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await within(5000, 'a revoked key is refused', async () => (await status('checker', '/v1/campaigns')) === 401)
  expect([200, 503]).toContain((await put).status)
  await within(10_000, 'a change is taken', async () => {
    return (await here.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)).status === 200
  })
  await within(10_000, 'ready', async () => (await status('operator', '/health/ready')) === 200)
}, 180_000)

test.each(['freeze', 'dropPackets', 'halfOpen', 'cut'] as const)(
  'it ends in time after %s, an upload under way',
  async (fault) => {
    const body = new ReadableStream<Uint8Array>({ start: (to) => to.enqueue(Buffer.from('{"kind":')) })
    const upload = fetch(
      `${here.base}/v1/reconciliation/imports?layout=lijian-list-ndjson&date=2026-11-02&client=system`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${here.keys.maker}`, 'content-type': 'application/x-ndjson' },
        body,
        duplex: 'half',
      } as RequestInit,
    ).catch(() => undefined)
    const asked = here.ask('maker', 'GET', '/v1/partners').catch(() => undefined)
    await sleep(300)
    here.cable[fault]()
    const late = here.ask('maker', 'PUT', '/v1/merchants/M0001', merchant).catch(() => undefined)
    await sleep(100)
    const begun = performance.now()
    const said = await here.running.close().catch((error: Error) => error.message)
    expect(performance.now() - begun).toBeLessThan(13_000)
    if (said !== undefined) expect(said).toMatch(/did not close within \d+ ms/)
    await Promise.all([upload, asked, late])
  },
  180_000,
)
