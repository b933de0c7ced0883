import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '@lijian/testing'
import { campaign, merchant } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'
import { send } from './testing/upload'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
  const put = await api.agreed('maker', 'PUT', '/v1/routing', {
    timeZone: 'Asia/Shanghai',
    channels: [{ code: 'CH-A' }],
    mids: [{ code: 'MID-1', channel: 'CH-A', allowedMerchants: ['M0001'] }],
    pools: [{ code: 'P', mids: ['MID-1'] }],
    merchants: [{ merchant: 'M0001', routes: [{ method: 'qr', type: 'scan', pools: ['P'] }] }],
  })
  expect(put.status).toBe(200)
})
afterAll(() => api.stop())

const BILL = '/v1/reconciliation/imports?layout=lijian-list-ndjson&date=2026-11-30&client=system'
const others = () =>
  Promise.all(
    ['/v1/partners', '/v1/campaigns', '/v1/cases', '/v1/reconciliation/imports'].map(
      async (path) => (await api.ask('maker', 'GET', path)).status,
    ),
  )
const stops = () =>
  Promise.all([
    api.ask('maker', 'POST', '/v1/routing/channels/CH-A/suspend'),
    api.ask('maker', 'POST', '/v1/campaigns/CCB/suspend'),
    api.ask('maker', 'POST', '/v1/routing/mids/MID-1/suspend'),
  ])

test('sixteen wrong bills at once are each refused, and everybody else goes on meanwhile and afterwards', async () => {
  const wrong = Array.from({ length: 16 }, (_, i) => send(api, BILL, `${'x'.repeat(24_000)}${i}\n`))
  expect(await others()).toEqual([200, 200, 200, 200])
  expect((await Promise.all(wrong)).map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 422))
  expect(await others()).toEqual([200, 200, 200, 200])
  expect(await api.ask('operator', 'GET', '/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } })
})

test('eight slow uploads: lists, the money desk and the kill switch go on', async () => {
  const stop = new AbortController()
  async function* slowly() {
    for (; !stop.signal.aborted; await sleep(50)) yield Buffer.from('{"serial":"S')
  }
  const uploads = Array.from({ length: 8 }, () =>
    send(api, BILL, Readable.toWeb(Readable.from(slowly())) as never, { signal: stop.signal }).catch(() => undefined),
  )
  await sleep(500)
  expect(await others()).toEqual([200, 200, 200, 200])
  expect((await stops()).map(({ status }) => status)).toEqual([200, 200, 200])
  stop.abort()
  await Promise.all(uploads)
  expect(await others()).toEqual([200, 200, 200, 200])
})

test('while nobody gets a connection of people or documents, stopping still does, and readiness names the pools', async () => {
  const { Pool } = await import('pg')
  const lock = new Pool({ connectionString: api.url, max: 1 })
  const db = await lock.connect()
  try {
    // Everything that reads partners or clients waits; payments and stops read neither.
    await db.query('BEGIN; LOCK TABLE partner, client IN ACCESS EXCLUSIVE MODE')
    const waiting = Array.from({ length: 40 }, (_, i) =>
      api.ask('maker', 'GET', i % 2 === 0 ? '/v1/partners' : '/v1/clients/system'),
    )
    await until(async () => {
      const { status, body } = await api.ask('operator', 'GET', '/health/ready')
      const stuck = (body['stuck'] ?? []) as string[]
      // Payments go on, so it is ready for them.
      return status === 200 && stuck.includes('people') && stuck.includes('documents')
    })
    expect((await stops()).map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await api.ask('operator', 'GET', '/metrics')).text).toMatch(
      /^lijian_pool_wait_seconds\{pool="people",service="api"\} [1-9]/m,
    )
    await db.query('ROLLBACK')
    // Who waited too long for a connection was told so; nobody waits for ever.
    for (const { status } of await Promise.all(waiting)) expect([200, 503]).toContain(status)
    await until(async () => (await api.ask('operator', 'GET', '/health/ready')).body['stuck'] === undefined)
  } finally {
    db.release()
    await lock.end()
  }
})
