import { readFile, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClearingRunAnswer } from '@lijian/contracts'
import { House, until } from './house'
import { pay, type Told, type Traffic } from './traffic'

/**
 * A business date is closed and cleared, and the worker is killed between every two steps with payments before, in and after it; payments do not notice, and from the
 * first kill on they are booked on the next date. By default the traffic is what
 * Temporal can follow within a test; LIJIAN_FIRE_CLIENTS=32 LIJIAN_FIRE_PAUSE_MS=5 LIJIAN_FIRE_AROUND=1500 is about 1,000 payments a second for
 * some seconds around each kill.
 */
const TRAFFIC = {
  clients: Number(process.env['LIJIAN_FIRE_CLIENTS'] ?? 8),
  pauseMs: Number(process.env['LIJIAN_FIRE_PAUSE_MS'] ?? 80),
}
/** Payments before and after each kill. */
const AROUND = Number(process.env['LIJIAN_FIRE_AROUND'] ?? 30)

let house: House
beforeEach(async () => {
  house = await House.open()
}, 180_000)
afterEach(() => house?.close(), 60_000)

const run = (date: string) => house.finance<ClearingRunAnswer>('GET', `/v1/clearing-runs/${date}`)
const reaches = (date: string, ...states: string[]) =>
  until(`${date} is ${states.join(' or ')}`, async () => states.includes((await run(date)).state))

async function openDate(): Promise<string> {
  const [row] = await house.sql<{ date: string }>(
    `SELECT greatest((clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date, (SELECT max(business_date) + 1 FROM business_day))::text AS date`,
  )
  return row!.date
}

async function close(date: string): Promise<void> {
  expect(await house.finance('POST', '/v1/clearing-runs', { date, early: true })).toMatchObject({ status: 200 })
}

/** Every file is accepted, and the same acknowledgement comes twice. */
async function acknowledge(date: string): Promise<void> {
  for (const { id, sha256, state } of (await run(date)).files) {
    if (state !== 'published') continue
    const said = { outcome: 'accepted', sha256 }
    const path = `/v1/clearing-files/${id}/acknowledgement`
    const both = [await house.finance('POST', path, said), await house.finance('POST', path, said)]
    expect(both).toMatchObject([
      { status: 200, state: 'acknowledged' },
      { status: 200, state: 'acknowledged' },
    ])
  }
}

/** Weekends and holidays are settled together: the dates after are closed too, until this one is settled. */
async function settled(date: string): Promise<void> {
  for (let next = date, i = 0; i < 14; i++) {
    const { settlementDate } = await run(date)
    if (next >= new Date(Date.parse(settlementDate) - 86_400_000).toISOString().slice(0, 10)) break
    next = await openDate()
    await close(next)
    await reaches(next, 'published')
    await acknowledge(next)
  }
  await reaches(date, 'settled')
}

/** Payments go on for so long, and stop again while flows find their way: Temporal must be able to follow within a test. */
async function more(traffic: Traffic, count: number): Promise<void> {
  const before = traffic.told.confirmed.length
  traffic.go()
  await until(`${count} more are confirmed`, async () => traffic.told.confirmed.length >= before + count)
  traffic.hold()
}

/** Payments before the kill, in it and after it. */
async function inTheMiddle(traffic: Traffic, kill: () => Promise<void> | void): Promise<void> {
  await more(traffic, AROUND)
  traffic.go()
  await kill()
  await more(traffic, AROUND)
}

/** Captures in the files of closed dates, each with how often; files whose bytes are not those that were published. */
async function published(): Promise<{ captures: Map<string, number>; wrong: string[] }> {
  const files = await house.sql<{ name: string; sha256: string }>(
    `SELECT name, sha256 FROM clearing_file WHERE kind = 'amount' AND state IN ('published', 'acknowledged')`,
  )
  const captures = new Map<string, number>()
  const wrong: string[] = []
  for (const { name, sha256 } of files) {
    const text = await readFile(join(house.clearingDir, 'main', name), 'utf8')
    if (createHash('sha256').update(text).digest('hex') !== sha256) wrong.push(name)
    for (const line of text.split('\n')) {
      const [event, , serial] = line.split(',')
      if (event === 'capture') captures.set(serial!, (captures.get(serial!) ?? 0) + 1)
    }
  }
  return { captures, wrong }
}

/** Each acknowledged payment stands in exactly one file, or is booked on the date that is still open; and the books agree. */
async function expectAllCleared(told: Told): Promise<void> {
  const { captures, wrong } = await published()
  const open = await house.sql<{ serial: string }>(
    `SELECT serial FROM journal WHERE event = 'capture' AND business_date > (SELECT max(business_date) FROM business_day)`,
  )
  for (const { serial } of open) captures.set(serial, (captures.get(serial) ?? 0) + 1)
  expect(new Set(captures.keys())).toEqual(new Set(told.confirmed))
  expect([...captures].filter(([, times]) => times !== 1)).toEqual([])
  expect(wrong).toEqual([])
  expect(await house.disagreements()).toEqual([])
}

const STEPS: readonly (readonly [table: string, when: string, what: string])[] = [
  ['clearing_run', `NEW.state = 'frozen'`, 'the date is closed and sealed, no file is planned'],
  ['clearing_file', 'OLD.sha256 IS NULL AND NEW.sha256 IS NOT NULL', 'a file is written, nobody knows'],
  ['clearing_file', 'OLD.proved_at IS NULL AND NEW.proved_at IS NOT NULL', 'a file is proved, nobody knows'],
  ['clearing_file', `OLD.state = 'created' AND NEW.state = 'published'`, 'a file has its name, nobody knows'],
  ['clearing_run', `NEW.state = 'published'`, 'every file is out, the date is not'],
]

test('the worker killed between every two steps of a closing date, under payments: each is in one file, and the date settles', async () => {
  const traffic = pay(house, 'day', TRAFFIC)
  await more(traffic, AROUND)
  const date = await openDate()
  for (const [i, [table, when]] of STEPS.entries()) {
    await house.killAt(
      table,
      when,
      () => inTheMiddle(traffic, () => house.killWorker()),
      () => (i === 0 ? close(date) : house.startWorker()),
    )
  }
  expect(await openDate()).not.toBe(date)
  await house.startWorker()
  await reaches(date, 'published')
  await house.killAt(
    'clearing_run',
    `NEW.state = 'settled'`,
    () => inTheMiddle(traffic, () => house.killWorker()),
    async () => {
      await acknowledge(date)
      void settled(date).catch(() => undefined)
    },
  )
  await house.startWorker()
  await settled(date)
  const told = await traffic.stop()
  expect(told.refused).toBe(0)
  await expectAllCleared(told)

  // Planted: a line that was lost from a published file is found by its payments and by its hash.
  const [file] = await house.sql<{ name: string }>(
    `SELECT name FROM clearing_file WHERE kind = 'amount' AND rows_count > 2 ORDER BY id LIMIT 1`,
  )
  const path = join(house.clearingDir, 'main', file!.name)
  const lines = (await readFile(path, 'utf8')).split('\n')
  const lost = lines.findIndex((line) => line.startsWith('capture,'))
  await writeFile(path, lines.filter((_, i) => i !== lost).join('\n'))
  const after = await published()
  expect(after.wrong).toEqual([file!.name])
  expect(
    told.confirmed.filter((serial) => lines[lost]!.includes(`,${serial},`) && !after.captures.has(serial)),
  ).toHaveLength(1)
}, 400_000)

test('Temporal away while a date closes, PostgreSQL restarted while its files are published: late, and right', async () => {
  const traffic = pay(house, 'servers', TRAFFIC)
  await more(traffic, AROUND)
  const date = await openDate()
  await house.killAt(
    ...([STEPS[0]![0], STEPS[0]![1]] as const),
    () => inTheMiddle(traffic, () => house.killTemporal()),
    () => close(date),
  )
  await house.startTemporal()
  await reaches(date, 'published')
  const second = await openDate()
  await house.killAt(
    ...([STEPS[3]![0], STEPS[3]![1]] as const),
    () =>
      inTheMiddle(traffic, async () => {
        house.killPostgres()
        await sleep(300)
        await house.startPostgres()
      }),
    () => close(second),
  )
  await reaches(second, 'published')
  await acknowledge(date)
  await acknowledge(second)
  const told = await traffic.stop()
  await expectAllCleared(told)
}, 400_000)
