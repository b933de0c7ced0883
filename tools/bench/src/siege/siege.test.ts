import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { forkSource, freePort, testDatabase } from '@lijian/testing'
import { makeKey } from '../data/keys'
import { apiEnvironment } from '../parts/environment'
import { begin, type Place } from './attack'
import { ATTACKS } from './attacks'
import { besiege } from './besiege'
import { attackersKeys, furnish, honestPayment } from './furnish'
import { Till } from './honest'

const PER_SECOND = 30
const BESIDE_SECONDS = 0.7
const PAYMENTS = PER_SECOND * BESIDE_SECONDS

/** Nothing here is about time: each payment is answered, and rightly. `./lijian bench siege` says how soon. */
let database: Awaited<ReturnType<typeof testDatabase>>
let child: ChildProcess
let written = ''
let place: Place
let key: string
let till: Till

beforeAll(async () => {
  database = await testDatabase()
  await furnish(database.url)
  key = await makeKey(database.url)
  const [port, internalPort] = [await freePort(), await freePort()]
  place = { port, internalPort, keys: await attackersKeys(database.url) }
  // As an institution would start it: every limit at its default.
  const { LIJIAN_RATE_LIMIT_PER_SECOND: _none, ...env } = apiEnvironment({ databaseUrl: database.appUrl }, { port })
  const main = require.resolve('@lijian/api/package.json').replace(/package\.json$/, 'src/main.ts')
  child = forkSource(main, { ...env, LIJIAN_INTERNAL_PORT: String(internalPort) })
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (said) => (written = String(said)))
  const ready = () => fetch(`http://127.0.0.1:${internalPort}/health/ready`).then(({ ok }) => ok)
  while (!(await ready().catch(() => false))) {
    if (child.exitCode !== null) throw new Error(written)
    await sleep(50)
  }
  till = new Till({ port, key, perSecond: PER_SECOND, payment: honestPayment })
  await till.pay(1)
}, 120_000)

afterAll(async () => {
  till?.close()
  if (child?.exitCode === null) {
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number | null]
    // What attackers left behind does not keep it from ending.
    expect({ code, written }).toMatchObject({ code: 0 })
  }
  await database?.drop()
}, 60_000)

test.each(Object.keys(ATTACKS))('payments are answered, and rightly, beside %s', async (name) => {
  const { beside, answers } = await besiege(name, {
    till,
    aloneSeconds: 0,
    besideSeconds: BESIDE_SECONDS,
    // In this process: nothing is measured, and a process for each takes a second to start.
    begin: (one) => begin(one, place),
  })
  expect(beside).toMatchObject({ sent: PAYMENTS, wrong: [] })
  expect(Object.keys(answers).length).toBeGreaterThan(0)
})

// Node accepts few connections in a turn of its loop: where each turn is a document, those that pay over new ones wait for ever.
test('300 payments over connections of their own are answered while documents of 300,000 offers come', async () => {
  const crowd = new Till({ port: place.port, key, perSecond: 100, payment: (n) => honestPayment(1_000_000 + n) })
  const end = begin('S10 a document of 300,000 offers', place)
  try {
    expect(await crowd.pay(3)).toMatchObject({ sent: 300, wrong: [] })
  } finally {
    crowd.close()
    expect(await end()).toHaveProperty('422')
  }
}, 60_000)
