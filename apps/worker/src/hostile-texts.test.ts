import { hash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { everyPlace, type Placed } from '@lijian/api/testing/every-place'
import { LijianClient, type HttpDoor } from '@lijian/client'
import type { Scope } from '@lijian/contracts/people'
import { dataSource } from '@lijian/database'
import { ApiKeys, Clients } from '@lijian/identity'
import { forkSource, freePort, until } from '@lijian/testing'
import { brokenInvariants } from '@lijian/verification'
import { transactionWorkflowId } from '@lijian/workflow-transaction'
import { openStage, type Stage } from './testing/stage'

const API = join(dirname(require.resolve('@lijian/api/package.json')), 'src/main.ts')
const PAYMENTS = 160
const ATTACKS_MIN = 600
/** Another one tries others. */
const SEED = Number(process.env['LIJIAN_WALK'] ?? 20261201)

/** As they stand in a JSON text, with their quotes. */
const POISONS = [
  ...[String.raw`"a\u0000b"`, String.raw`"\ud800"`, String.raw`"\udfff\ud800"`, String.raw`"\u202eevil\u2066"`],
  ...[String.raw`"\u001b[2J\r\nset-cookie: a=b"`, String.raw`"\ufeff\u2028\u2029\ufffe"`, '"e\u0301\u200d\u{1f468}\u200d\u{1f469}"'],
  ...['"__proto__"', '"constructor"', '"toString"', '"=HYPERLINK(1)"', '"＝cmd|calc"', '"\'||pg_sleep(9)||\'"'],
  ...['"\'; DROP TABLE journal; --"', '"../../../etc/passwd"', '"%00%0a"', '"${jndi:ldap://x}"', '"{{7*7}}"', '"-1"', '""'],
  ...['{"__proto__":{"scopes":["admin"]}}', '[[[[[[[[1]]]]]]]]', '1e400', '-0', 'null', '9007199254740993', 'true'],
  ...[`"${'x'.repeat(65)}"`, `"${'長'.repeat(5_000)}"`, `"${'a'.repeat(1_000_000)}"`, `{"${'k'.repeat(50_000)}":1}`],
] // prettier-ignore

let stage: Stage
let second: { door: HttpDoor; base: string; stop(): void }
const attackers = new Map<Placed['who'], string>()
beforeAll(async () => {
  stage = await openStage({ room: 1_000_000, webhook: true })
  second = await secondApi()
  const source = await dataSource(stage.databaseUrl, { poolSize: 1 }).initialize()
  const make = async (who: Placed['who'], client: string, scopes: Scope[]) => {
    await new Clients(source).put(client, { name: client })
    attackers.set(who, (await new ApiKeys(source).make({ client, name: who, scopes })).key)
  }
  await make('system', 'hostile', ['transactions'])
  await make('finance', 'hostile-finance', ['finance'])
  // Nobody approves: what is live stays what it is, so that each honest answer is known.
  await make('maker', 'hostile-people', [
    ...(['campaigns.make', 'merchants', 'card-groups', 'partners', 'funding.make', 'cases'] as const),
    ...(['reconciliation', 'read'] as const),
  ])
  await source.destroy()
}, 120_000)
afterAll(async () => {
  second?.stop()
  await stage.close()
})

/** Beside that of the stage, over the same database. */
async function secondApi(): Promise<typeof second> {
  const { databaseUrl } = stage.config
  const port = await freePort()
  const child = forkSource(API, {
    ...{ DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: stage.temporal.address, LIJIAN_LOG_LEVEL: 'silent' },
    ...{ LIJIAN_TOKEN_KEY: hash('sha256', 'token'), LIJIAN_DRAW_KEY: hash('sha256', 'draw') },
    ...{ LIJIAN_ACCOUNT_KEY: hash('sha256', 'account') },
    ...{ LIJIAN_API_PORT: String(port), LIJIAN_INTERNAL_PORT: String(await freePort()) },
    // Tests share two cores with others: no answer here is about time.
    ...{ LIJIAN_QUERY_DEADLINE_MS: '10000' },
  })
  let said = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (piece: Buffer) => (said += String(piece)))
  const base = `http://127.0.0.1:${port}`
  await until(() => {
    if (child.exitCode !== null) throw new Error(`the second API ended: ${said.slice(-2_000)}`)
    return fetch(`${base}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    )
  })
  const door = LijianClient.http({ baseUrl: base, apiKey: stage.apiKey, queryTimeoutMs: 30_000, timeoutMs: 30_000 })
  return { door, base, stop: () => void child.kill('SIGKILL') }
}

/** Numbers from 0 to below 1, the same of the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}

/** One place, one poison: what was answered, where it must not be. */
async function attack({ place, who, method, path, body }: Placed, poison: string, base: string): Promise<string[]> {
  const inPath = encodeURIComponent(poison.replaceAll('"', '')).slice(0, 4_000)
  const text = body === undefined ? undefined : JSON.stringify(body).replaceAll('"POISON"', () => poison)
  const answer = await fetch(base + path.replace('POISON', () => inPath), {
    method,
    headers: {
      authorization: `Bearer ${attackers.get(who)}`,
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(text === undefined ? {} : { body: text }),
  })
  const said = await answer.text()
  return answer.status >= 500 ? [`${place} ${poison.slice(0, 40)}: ${answer.status} ${said.slice(0, 200)}`] : []
}

test('random poisons at two processes: each payment of another client is answered rightly', async () => {
  const random = randomOf(SEED)
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
  const places = everyPlace('POISON').filter(({ who }) => attackers.has(who))
  const payments = places.filter(({ who }) => who === 'system')
  const bases = [stage.apiUrl, second.base]
  let isOver = false
  let attacks = 0
  const wrong: string[] = []
  const attacking = Array.from({ length: 6 }, async (_, n) => {
    // Half of them where payments are, in whose batches others travel.
    while (!isOver || attacks < ATTACKS_MIN) {
      const found = await attack(pick(n % 2 ? places : payments), pick(POISONS), pick(bases)).catch((error: Error) => [
        // The API closes a connection whose body it will not read to the end.
        ...(/fetch failed|terminated/.test(error.message) ? [] : [String(error)]),
      ])
      wrong.push(...found)
      attacks++
    }
  })

  const doors = [stage.http, second.door]
  const serials = Array.from({ length: PAYMENTS }, (_, i) => `H${i}`)
  const pay = async (serial: string, i: number) => {
    const [ask, tell] = [doors[i % 2]!, doors[(i >> 1) % 2]!]
    // What is asked is right answers, not quick ones: the deadline of 50 ms is not looked at here.
    const held = await ask.query({ serial, merchant: 'M1', amount: 10_000, paymentMethod: 'qr', deadlineMs: 10_000 })
    expect([serial, held.state, held.discount, held.payable]).toEqual([serial, 'held', 1500, 8500])
    const told = i % 10 === 9 ? ({ outcome: 'failure' } as const) : ({ outcome: 'success', paid: 8500 } as const)
    const { state } = await tell.result(serial, told)
    expect([serial, state]).toEqual([serial, i % 10 === 9 ? 'cancelled' : 'confirmed'])
    if (i % 10 !== 0) return
    const refund = await ask.refund(serial, { serial: `${serial}-R`, amount: 5000 })
    expect([refund.payer, refund.discountReturned]).toEqual([4250, 750])
    expect((await tell.refundResult(serial, `${serial}-R`, { outcome: 'success' })).state).toBe('partially_refunded')
  }
  const lanes = Array.from({ length: 4 }, async (_, lane) => {
    for (const [i, serial] of serials.entries()) if (i % 4 === lane) await pay(serial, i)
  })
  const paid = await Promise.allSettled(lanes)
  isOver = true
  await Promise.all(attacking)
  expect(paid.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual([])
  expect(wrong.slice(0, 5)).toEqual([])
  expect(attacks).toBeGreaterThanOrEqual(ATTACKS_MIN)

  // The worker too: each flow of the other client comes to its end, and its notification arrives.
  const failed = serials.filter((_, i) => i % 10 === 9)
  for (const serial of [serials[1]!, serials.at(-2)!, ...failed.slice(0, 2)])
    await until(async () => {
      const handle = stage.temporalClient.workflow.getHandle(transactionWorkflowId(stage.client, serial))
      return (await handle.describe().catch(() => undefined))?.status.name === 'COMPLETED'
    })
  const { rows } = await stage.sql.query<{ state: string; n: number }>(
    `SELECT state, count(*)::int AS n FROM marketing_transaction WHERE client = $1 GROUP BY 1 ORDER BY 1`,
    [stage.client],
  )
  expect(rows.map(({ state, n }) => [state, n])).toEqual([
    ['cancelled', PAYMENTS / 10],
    ['confirmed', PAYMENTS * 0.8],
    ['partially_refunded', PAYMENTS / 10],
  ])
  expect(await brokenInvariants(stage.sql)).toEqual({})
}, 300_000)
