import type { ReportParameters } from '@lijian/contracts/finance'
import { LIMITS, steadyClient } from '@lijian/database'
import { putRows, testDatabase } from '@lijian/testing'
import fc from 'fast-check'
import { Pool } from 'pg'
import type { ReportRow } from '../definition'
import { ReportPages } from '../pages'
import { anyRoutingWorld, routingTables, type RoutingWorld } from '../testing/routing-world'
import { CANARIES, dateAt, inOrder, isWithin, toSecond, wholeReport, ZONE } from '../testing/whole-section'
import { routingReport } from './routing'

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const share = (part: number, whole: number | null) =>
  whole === null || whole === 0 ? null : Number((BigInt(part) * 1_000_000n) / BigInt(whole))
const CNY = { currency: 'CNY' }

/** Rows by a name that `by` gives each; a list of parts that may hold anything. */
function grouped<Of>(all: readonly Of[], by: (one: Of) => unknown[]): { key: unknown[]; all: Of[] }[] {
  const groups = new Map<string, Of[]>()
  for (const one of all) {
    const key = JSON.stringify(by(one))
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups].map(([key, of]) => ({ key: JSON.parse(key) as unknown[], all: of }))
}

const routesOf = ({ routes }: RoutingWorld, asked: ReportParameters) =>
  routes
    .map((route, i) => ({ ...route, serial: i, date: dateAt(route.at), cardType: route.learnt ?? route.cardType }))
    .filter(({ at }) => isWithin(at, asked))
    .filter(({ merchant, method }) => merchant === (asked.merchant ?? merchant) && method === (asked.method ?? method))
type Route = ReturnType<typeof routesOf>[number]

const attemptsOf = (routes: Route[]) =>
  routes.flatMap(({ attempts, amountFen, date, cardType, serial }) =>
    attempts.map((one) => {
      const failure = one.state === 'succeeded' ? '' : (one.failure ?? (one.state === 'failed' ? 'channel_error' : ''))
      return { ...one, failure, date, cardType, serial, amount: one.instead?.amountFen ?? amountFen }
    }),
  )
type Attempt = ReturnType<typeof attemptsOf>[number]

function figures(all: Attempt[]): ReportRow {
  const count = (want: (one: Attempt) => boolean) => all.filter(want).length
  const done = all.filter(({ state }) => state === 'succeeded')
  const credit = sum(done.filter(({ cardType }) => cardType === 'credit').map(({ amount }) => amount))
  const debit = sum(done.filter(({ cardType }) => cardType === 'debit').map(({ amount }) => amount))
  return {
    ...{ attempts: all.length, succeeded: done.length, declined: count(({ failure }) => failure === 'declined') },
    channel_errors: count(({ failure }) => failure === 'channel_error'),
    timeouts: count(({ failure }) => failure === 'timeout'),
    open: count(({ state }) => state === 'reserved'),
    expired: count(({ state }) => state === 'expired'),
    success: share(
      done.length,
      count(({ state }) => state === 'succeeded' || state === 'failed'),
    ),
    ...{ amount: sum(done.map(({ amount }) => amount)), cost: sum(done.map(({ costFen }) => costFen)) },
    ...{ credit, credit_share: share(credit, credit + debit) },
  }
}

function loadRows(world: RoutingWorld, attempts: Attempt[], { from, to }: ReportParameters): ReportRow[] {
  const taken = new Set(attempts.flatMap(({ charges, over }) => [...charges, ...over].map(({ key }) => key)))
  return world.counters.flatMap(({ key, limitFen, limitCount, overFen, overCount }) => {
    const [, part, code, date] = /^@route\/(channel|mid|pool)\/([^|]*)\|([^|]*)$/.exec(key) ?? []
    if (date === undefined || !taken.has(key) || date < from || date > to) return []
    const fen = (limitFen ?? 7) + overFen
    const count = Math.min(limitCount ?? 2, 2) + overCount
    const ends = world.capacities
      .filter(({ ref, day }) => key === `${ref}|${day}`)
      .flatMap(({ exhaustsAt }) => (exhaustsAt === null ? [] : [exhaustsAt]))
    return [
      {
        ...{ date, part: part!, code: code!, ...CNY, limit_amount: limitFen, taken: fen, share: share(fen, limitFen) },
        ...{ limit_count: limitCount, taken_count: count, share_count: share(count, limitCount) },
        exhausts_at: toSecond(ends.sort()[0] ?? null),
      },
    ]
  })
}

function cardRows(world: RoutingWorld, attempts: Attempt[], { from, to }: ReportParameters): ReportRow[] {
  const used = attempts.flatMap(({ usage }) => (usage === undefined ? [] : [usage]))
  const holders = new Set([
    ...used.map(({ merchant }) => `merchant ${merchant}`),
    ...used.flatMap(({ parents }) => parents.map((parent) => `parent ${parent}`)),
  ])
  const mine = world.usages.filter(
    ({ kind, holder, period }) =>
      holders.has(`${kind} ${holder}`) &&
      (period.length === 7 ? period >= from.slice(0, 7) && period <= to.slice(0, 7) : period >= from && period <= to),
  )
  return grouped(mine, ({ kind, holder, period }) => [kind, holder, period]).map(({ key, all }) => {
    const [kind, holder, period] = key as [string, string, string]
    const over = world.overs.filter((one) => kind === 'merchant' && one.merchant === holder && one.period === period)
    return {
      ...{ kind, holder, period, cards: all.length, payments: sum(all.map(({ count }) => count)) },
      ...{ most: Math.max(...all.map(({ count }) => count)), over: new Set(over.map(({ card }) => card)).size },
    }
  })
}

function reference(world: RoutingWorld, asked: ReportParameters): Record<string, ReportRow[]> {
  const routes = routesOf(world, asked)
  const attempts = attemptsOf(routes)
  const steps = attempts.flatMap((one, i) => {
    const before = attempts[i - 1]
    return before?.serial === one.serial ? [{ ...one, from: before.channel, why: before.failure }] : []
  })
  const refused = routes.flatMap(({ merchant, method, decisions }) =>
    decisions.filter(({ mid }) => mid === null).map((one) => ({ ...one, merchant, method })),
  )
  return {
    days: grouped(routes, ({ date }) => [date]).map(({ key: [date], all }) => ({
      ...{ date: date as string, ...CNY, payments: all.length },
      refused: all.filter(({ state }) => state === 'no_route').length,
      fallbacks: all.filter((one) => one.attempts.length > 1).length,
      ...figures(attemptsOf(all)),
    })),
    parts: (['channel', 'mid', 'pool'] as const).flatMap((part) =>
      grouped(attempts, (one) => [one[part]]).map(({ key: [code], all }) => ({
        ...{ part, code: code as string, ...CNY, ...figures(all) },
      })),
    ),
    load: loadRows(world, attempts, asked),
    fallbacks: grouped(steps, ({ from, channel, why }) => [from, channel, why]).map(({ key, all }) => {
      const [from, to, failure] = key as [string, string, string]
      const done = all.filter(({ state }) => state === 'succeeded')
      return {
        ...{ from_channel: from, to_channel: to, failure, ...CNY, payments: all.length, succeeded: done.length },
        amount: sum(done.map(({ amount }) => amount)),
      }
    }),
    refusals: grouped(refused, ({ merchant, method }) => [merchant, method]).map(({ key, all }) => {
      const [merchant, method] = key as [string, string]
      const first = all.filter(({ exclude }) => exclude.length === 0).length
      return {
        ...{ merchant, method, ...CNY, at_first: first, after_failures: all.length - first },
        without_counters: all.filter(({ withoutCounters }) => withoutCounters).length,
        amount: sum(all.map(({ amountFen }) => amountFen)),
      }
    }),
    cards: cardRows(world, attempts, asked),
  }
}

const asks = fc
  .record({
    dates: fc.constantFrom(['2026-03-01', '2026-03-03'], ['2026-03-02', '2026-03-02'], ['2026-02-01', '2026-03-01']),
    merchant: fc.constantFrom(undefined, undefined, CANARIES[0]),
    method: fc.constantFrom(undefined, undefined, '+nfc'),
  })
  .map(({ dates: [from, to], merchant, method }) => ({ from, to, ...(merchant && { merchant }), ...(method && { method }) }) as ReportParameters) // prettier-ignore

test('every section is what a slow reference makes of the raw rows, and no card is told', async () => {
  const { url, drop } = await testDatabase()
  const pool = new Pool({ connectionString: url, max: 2 })
  const sql = steadyClient(url, { name: 'test' }, LIMITS.work)
  await sql.connect()
  const pages = new ReportPages(pool, ZONE)
  const seen: Record<string, number> = {}
  try {
    await fc.assert(
      fc.asyncProperty(anyRoutingWorld, asks, async (world, asked) => {
        await putRows(sql, routingTables(world))
        const found = await wholeReport(pages, 'routing', asked)
        const expected = reference(world, asked)
        for (const { section, keys, sums } of routingReport.sections) {
          const { rows, totals } = found[section]!
          expect([section, rows]).toEqual([section, inOrder(expected[section]!, keys)])
          for (const key of sums)
            expect([key, Number(totals[0]?.[key] ?? 0)]).toEqual([key, sum(rows.map((row) => Number(row[key])))])
          seen[section] = (seen[section] ?? 0) + rows.length
        }
        expect(JSON.stringify(found)).not.toMatch(/secret_|tok/)
      }),
      { numRuns: 60 },
    )
  } finally {
    await Promise.all([pool.end(), sql.end()])
    await drop()
  }
  for (const { section } of routingReport.sections) expect(seen[section]).toBeGreaterThan(20)
}, 600_000)
