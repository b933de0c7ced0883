import { setTimeout as sleep } from 'node:timers/promises'
import { brokenInvariants, verifyBooks } from '@lijian/verification'
import type { Client } from 'pg'
import { BACK_WITHIN_MS, STEADY_PER_SECOND, type Fault } from './battery/fault'
import { FAULTS, SKEWS_MS } from './battery/faults'
import { merchantsOf, SMALL_GRANTS, smallMerchant } from './battery/furnish'
import { Ground } from './battery/ground'
import { broken, firstGood, grantsOf, isHeld, notUndone, outOfBounds, unanswered } from './battery/kept'
import { Load } from './battery/load'
import { PLANTED, type Told } from './battery/planted'

let ground: Ground
/** As the owner of the tables; a new one after PostgreSQL was struck. */
let db: Client
beforeAll(async () => {
  ground = await Ground.open({ faults: FAULTS.length, skewsMs: SKEWS_MS })
}, 180_000)
afterAll(async () => {
  await db?.end().catch(() => undefined)
  await ground?.close()
})

/** One line a fault, printed at the end: this machine's figures, asserted nowhere. */
const table: string[] = []
afterAll(() =>
  console.log(['fault | queries | held, of others | C | slowest ms | back after s | took s', ...table].join('\n')),
)

interface Struck {
  fault: Fault
  n: number
  load: Load
  endedMs: number
}
const struck: Struck[] = []

async function strike(fault: Fault, n: number): Promise<Struck> {
  const load = new Load(ground, `f${n}`, { perSecond: STEADY_PER_SECOND, merchants: merchantsOf(n), ...fault.load })
  await sleep(300)
  const beganMs = performance.now()
  const note = await fault.strike({ ground, load })
  const endedMs = performance.now()
  const back = () => firstGood(load.queries, smallMerchant(n), endedMs)
  while (back() === undefined && performance.now() < endedMs + BACK_WITHIN_MS) await sleep(50)
  await sleep(200)
  await load.stop()
  const others = load.queries.filter(
    ({ atMs, tookMs, merchant }) => atMs > beganMs && atMs - tookMs < endedMs && merchant !== smallMerchant(n),
  )
  const ofC = others.filter(({ merchant }) => merchant === 'MC')
  const seconds = ((back()?.atMs ?? NaN) - endedMs) / 1000
  table.push(
    [
      [fault.name, note].filter(Boolean).join(': '),
      load.queries.length,
      `${others.filter(isHeld).length} of ${others.length}`,
      `${ofC.filter(isHeld).length} of ${ofC.length}`,
      Math.max(...load.queries.map(({ tookMs }) => tookMs)).toFixed(0),
      seconds.toFixed(2),
      ((performance.now() - beganMs) / 1000).toFixed(1),
    ].join(' | '),
  )
  return { fault, n, load, endedMs }
}

/** Undos are tried again until PostgreSQL takes them; and what they give back is there for the next. */
async function settled({ fault, n, load }: Struck): Promise<string[]> {
  const small = smallMerchant(n)
  await load.payTo(small, async () => (await grantsOf(db, small)) >= SMALL_GRANTS, 10_000)
  const left = () => (fault.endsProcesses ? [] : notUndone(db, load))
  for (const end = Date.now() + 10_000; (await left()).length > 0 && Date.now() < end;) await sleep(100)
  return [...(await left()), ...outOfBounds(await grantsOf(db, small))]
}

test.each(FAULTS.map((fault, n) => [fault.name, fault, n] as const))(
  '%s: what was told is kept, both bounds of a budget hold, and payments go on',
  async (_, fault, n) => {
    const one = await strike(fault, n)
    struck.push(one)
    db = await ground.session()
    try {
      const { load, endedMs } = one
      const wrong = [
        ...unanswered(load.queries, smallMerchant(n), endedMs),
        ...(await settled(one)),
        ...(await broken(db, load)),
      ]
      // A handful says it; to compare thousands would take all memory.
      expect(wrong.slice(0, 5)).toEqual([])
    } finally {
      await db.end()
    }
    expect(ground.tills.map((_till, i) => ground.isAlive(i))).toEqual([true, true])
  },
  240_000,
)

test('after all of it the books agree', async () => {
  const all = await verifyBooks({ databaseUrl: ground.postgres.url })
  const wrong = all.filter((check) => check.wrong.length > 0)
  expect(wrong.map((check) => ({ name: check.name, wrong: check.wrong.slice(0, 3) }))).toEqual([])
}, 240_000)

const plants = Object.entries(PLANTED).flatMap(([kind, all]) =>
  all.map((planted) => [kind, planted.bug, planted] as const),
)

test.each(plants)('planted, %s: %s', async (kind, _, { victim, beside = victim, plant, says }) => {
  const hit = struck.find(
    ({ fault, load }) => fault.kind === kind && load.payments.some(victim) && load.payments.some(beside),
  )!
  const told: Told = structuredClone({ name: hit.load.name, payments: hit.load.payments, queries: hit.load.queries })
  db = await ground.session()
  try {
    const sql = plant(told.payments.find(victim)!, told, hit.n)
    await db.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql ?? ''}`)
    const wrong = [
      ...unanswered(told.queries, smallMerchant(hit.n), hit.endedMs),
      ...(await notUndone(db, told)),
      ...outOfBounds(await grantsOf(db, smallMerchant(hit.n))),
      ...(await broken(db, told)),
      ...Object.keys(await brokenInvariants(db)),
    ]
    expect(wrong.filter((one) => says.test(one))).not.toEqual([])
  } finally {
    await db.query('ROLLBACK')
    await db.end()
  }
})
