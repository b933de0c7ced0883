import { counterOwner, dayCounterKey } from '@lijian/limits'
import { zoneClock } from '@lijian/calendar'
import type { RoutingDocument } from '@lijian/contracts/routing'
import type { Client } from 'pg'
import { withSql } from '../data/load'
import type { StreamFigures, StreamPlan } from '../http/plan'
import { figure } from '../report/table'
import { EVEN, fitting, largestFitFen, MIXED, roomAtStart, scarce, starts, type Room, type Start } from './scarce'

/** Payments beyond the last that fits, to see that none is let in. */
const BEYOND = 500
const MIXED_PAYMENTS = 20_000
const CLIENTS = 128

const today = () => zoneClock('Asia/Shanghai').at(Date.now()).date

/** What routes were given of each counter, added up from the routes themselves: the counters are not asked. */
async function givenBy(sql: Client, run: string): Promise<Map<string, Room>> {
  const { rows } = await sql.query<{ key: string; fen: string; count: string }>(
    `SELECT charge ->> 'key' AS key, sum((charge ->> 'fen')::bigint) AS fen, sum((charge ->> 'count')::bigint) AS count
       FROM route, jsonb_array_elements(attempts) AS attempt, jsonb_array_elements(attempt -> 'charges') AS charge
      WHERE serial LIKE $1 AND attempt ->> 'chargesAre' <> 'none' GROUP BY 1`,
    [`${run}-%`],
  )
  return new Map(rows.map(({ key, fen, count }) => [key, { fen: Number(fen), count: Number(count) }]))
}

/** What the counters leave now. */
async function roomsNow(sql: Client, all: readonly Start[], day: string): Promise<Map<string, Room>> {
  const { rows } = await sql.query<{ owner: string; fen: string; count: string | null }>(
    `SELECT split_part(key, '|', 1) AS owner, limit_fen - held_fen - used_fen - over_fen AS fen, limit_count - held_count - used_count - over_count AS count
       FROM counter WHERE key = ANY($1)`,
    [all.map(({ owner }) => dayCounterKey(owner, day))],
  )
  return new Map(
    rows.map(({ owner, fen, count }) => [
      owner,
      { fen: Number(fen), count: count === null ? Infinity : Number(count) },
    ]),
  )
}

/** By how much what stood on counters and what routes were given pass the limits, all together; and counters that do not say what routes were given. */
export function compare(
  all: readonly Start[],
  given: ReadonlyMap<string, Room>,
  now: ReadonlyMap<string, Room>,
): { overFen: number; overCount: number; wrong: string[] } {
  let [overFen, overCount] = [0, 0]
  const wrong: string[] = []
  for (const { owner, limitFen, limitCount, usedFen, usedCount } of all) {
    const { fen, count } = given.get(owner) ?? { fen: 0, count: 0 }
    const roomFen = limitFen - usedFen - fen
    const roomCount = limitCount === null ? Infinity : limitCount - usedCount - count
    overFen += Math.max(0, -roomFen)
    overCount += Math.max(0, -roomCount)
    const stored = now.get(owner)
    if (stored?.fen !== roomFen || stored.count !== roomCount) wrong.push(owner)
  }
  return { overFen, overCount, wrong }
}

export interface Spending {
  databaseUrl: string
  send: (stream: StreamPlan) => Promise<StreamFigures>
  say: (line: string) => void
}

/** Limits spent to the last payment that fits, over HTTP: what must be given is given, and nothing beyond. */
export async function spend({ databaseUrl, send, say }: Spending): Promise<string> {
  return withSql(databaseUrl, async (sql) => {
    const day = today()
    const [even, mixed] = [scarce(EVEN), scarce(MIXED)]
    await start(sql, [...starts(even), ...starts(mixed)], day)
    say('routing: limits spent to the last payment that fits')
    const lines = [await spendEven(sql, even, day, send), await spendMixed(sql, mixed, day, send)]
    if (today() !== day) throw new Error('midnight in Shanghai came between: run it again')
    return lines.join('\n')
  })
}

async function start(sql: Client, all: readonly Start[], day: string): Promise<void> {
  await sql.query(
    `INSERT INTO counter (key, limit_fen, limit_count, limit_version, used_fen, used_count)
     SELECT s ->> 'owner' || '|' || $2, (s ->> 'limitFen')::bigint, (s ->> 'limitCount')::bigint, 1, (s ->> 'usedFen')::bigint, (s ->> 'usedCount')::bigint
       FROM jsonb_array_elements($1::jsonb) AS s`,
    [JSON.stringify(all), day],
  )
}

/** By owner instead of key; all are of one day. */
const byOwner = (given: ReadonlyMap<string, Room>): Map<string, Room> =>
  new Map([...given].map(([key, room]) => [counterOwner(key), room]))

async function verdict(sql: Client, document: RoutingDocument, day: string, run: string): Promise<string> {
  const all = starts(document)
  const { overFen, overCount, wrong } = compare(all, byOwner(await givenBy(sql, run)), await roomsNow(sql, all, day))
  if (wrong.length > 0) throw new Error(`counters that do not say what routes were given: ${wrong.join(', ')}`)
  const over = overFen + overCount
  return `${over === 0 ? 'overshoot 0' : `**overshoot ${figure(overFen)} fen, ${figure(overCount)} payments**`}`
}

/** One size: how many fit is known beforehand. As many are sent, then more. */
async function spendEven(sql: Client, document: RoutingDocument, day: string, send: Spending['send']): Promise<string> {
  const fit = fitting(document, roomAtStart(starts(document)), EVEN.sizeFen)
  const run = 'even'
  const { answers: first } = await send({ mix: 'spendEven', clients: CLIENTS, run, atMost: fit })
  const { answers: more } = await send({ mix: 'spendEven', clients: CLIENTS, run: `${run}-more`, atMost: BEYOND })
  const { routed = 0, no_route: early = 0 } = first
  expectOnly(first)
  expectOnly(more)
  const over = await verdict(sql, document, day, run)
  return `- one size, ${figure(fit)} payments fit and are sent: ${figure(routed)} routed, ${figure(early)} refused though one fitted; ${BEYOND} more: ${figure(more['routed'] ?? 0)} routed, ${figure(more['no_route'] ?? 0)} refused; ${over}`
}

/** Any size: room only shrinks, so a payment that still fits at the end did so when it was refused. */
async function spendMixed(
  sql: Client,
  document: RoutingDocument,
  day: string,
  send: Spending['send'],
): Promise<string> {
  const run = 'mixed'
  const { answers } = await send({ mix: 'spendMixed', clients: CLIENTS, run, atMost: MIXED_PAYMENTS })
  expectOnly(answers)
  const largest = largestFitFen(document, await roomsNow(sql, starts(document), day))
  const { rows } = await sql.query<{ smallest: string | null; wrong: string }>(
    `SELECT min(amount_fen) AS smallest, count(*) FILTER (WHERE amount_fen <= $2) AS wrong
       FROM route WHERE state = 'no_route' AND serial LIKE $1`,
    [`${run}-%`, largest],
  )
  const over = await verdict(sql, document, day, run)
  return `- sizes of 1 to ${figure(MIXED.mostFen)} fen, ${figure(MIXED_PAYMENTS)} payments: ${figure(answers['routed'] ?? 0)} routed, ${figure(answers['no_route'] ?? 0)} refused, the smallest of ${figure(Number(rows[0]!.smallest))} fen; at the end the largest that fits anywhere is ${figure(largest)} fen: ${figure(Number(rows[0]!.wrong))} refused though one fitted; ${over}`
}

function expectOnly(answers: Readonly<Record<string, number>>): void {
  const others = Object.keys(answers).filter((name) => name !== 'routed' && name !== 'no_route')
  if (others.length > 0) throw new Error(`routing: answers ${others.join(', ')} where a route or none was expected`)
}
