import { createLogger } from '@lijian/telemetry'
import { sourceExecArgv } from '@lijian/testing'
import { Writable } from 'node:stream'
import { brokenInvariants, MONEY_CHECKS } from '@lijian/verification'
import type { Endpoint } from './endpoint'
import { TABLE } from './http/table'
import { startApi } from './start'
import { campaign, merchant } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'
import { REQUESTS, routing } from './testing/twice-requests'
import { Scene, type Ready } from './testing/twice-scene'

/**
 * The same request twice at once, in one process and in two over one database, and just after: one answer, byte for byte, and one effect. Every
 * operation of the table that can change something is here, or says why it has no identity.
 */
const mutating = (Object.values(TABLE).flat() as Endpoint<never>[]).filter(({ method }) => method !== 'GET')
const walked = mutating.flatMap((one) => {
  const makes = REQUESTS[one.operationId]
  return makes === undefined || 'unlike' in makes
    ? []
    : makes.map((make, i) => [one.operationId, i, one, make] as const)
})

let api: TestApi
let beside: Awaited<ReturnType<typeof startApi>>
let bases: [string, string]
let scene: Scene
let n = 0
const PER_TEST = 60

beforeAll(async () => {
  api = await testApi()
  const destination = new Writable({ write: (_chunk, _encoding, done) => done() })
  const log = createLogger({ service: 'test', level: 'error', destination })
  beside = await startApi(api.config, log, Date.now, sourceExecArgv)
  bases = [api.base, await beside.app.listen({ host: '127.0.0.1', port: 0 })]
  scene = await Scene.open(api)
  await scene.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await scene.agreed('maker', 'PUT', '/v1/partners/CCB', { name: 'CCB' })
  await scene.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign({ budget: { amount: 100_000_000 } }))
  await scene.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
  await scene.agreed('maker', 'PUT', '/v1/routing', routing('first'))
  // The other process learns of documents by itself.
  for (;;) {
    const probe = { serial: `PROBE-${n++}`, merchant: 'M0001', amount: 10_000, paymentMethod: 'swipe', type: 'scan' }
    const { text } = await send(bases[1], 'POST', '/v1/payments', { who: 'system', body: probe })
    if (text.includes('"held"') && text.includes('MID-1')) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
})
afterAll(async () => {
  expect(await brokenInvariants(scene.sql, MONEY_CHECKS)).toEqual({})
  await scene.sql.end()
  await beside.close()
  await api.stop()
})

async function send(base: string, method: string, path: string, { who, query = '', body, type }: Ready) {
  const reply = await fetch(`${base}${path}${query}`, {
    method,
    headers: {
      authorization: `Bearer ${api.keys[who as 'maker']}`,
      ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: reply.status, text: await reply.text() }
}

const pathOf = ({ path }: Endpoint<never>, params: Record<string, string> = {}) =>
  path.replaceAll(/:([A-Za-z]+)/g, (_all, name: string) => encodeURIComponent(params[name]!))

/** Status and bytes; an age, and the number that a refused request gets, are of the moment. */
const bytesOf = ({ status, text }: { status: number; text: string }) =>
  `${status} ${text.replace(/"ageSeconds":\d+/, '"ageSeconds":0').replace(/"instance":"[^"]*"/, '')}`
/** An import says so when another one of the same file had ended before it began; of two that are sent at once one may do so. */
const AGAIN = ',"again":true'
const atOnce = (answer: { status: number; text: string }) => bytesOf(answer).replace(AGAIN, '')

test('every operation that can change something is walked here, or says why not', () => {
  expect(Object.keys(REQUESTS).sort()).toEqual(mutating.map(({ operationId }) => operationId).sort())
})

test.each(walked)('%s (%i)', async (operation, _i, one, make) => {
  const [here, there] = bases
  const ways = [[here], [here, here], [here, there], Array.from({ length: 8 }, (_, i) => bases[i % 2]!)]
  let alone: Record<string, number> | undefined
  for (const way of ways) {
    const ready = await make(scene, `T${PER_TEST + n++}`)
    const path = pathOf(one, ready.params)
    const before = await scene.effects()
    const told = (await Promise.all(way.map((base) => send(base, one.method, path, ready)))).map(atOnce)
    expect(new Set(told)).toEqual(new Set([told[0]]))
    expect(told[0]).not.toMatch(/^(5|400|403|429)/)
    const after = await scene.effects()
    const more = Object.fromEntries(Object.keys(after).map((key) => [key, after[key]! - before[key]!]))
    alone ??= more
    expect(more).toEqual(alone)
    const later = await Promise.all([there, here].map((base) => send(base, one.method, path, ready)))
    const expected = operation === 'importBill' ? told[0]!.replace(/}$/, `${AGAIN}}`) : told[0]
    expect(later.map(bytesOf)).toEqual([expected, expected])
    expect(await scene.effects()).toEqual(after)
  }
})
