import { isoDate, zoneClock, type ZoneClock } from '@lijian/calendar'
import { LijianError } from '@lijian/contracts/system'
import {
  routeRef,
  ROUTING_PARTS,
  type CapacityLimit,
  type CapacityPage,
  type CapacityQuery,
  type RoutingPart,
} from '@lijian/contracts/routing'
import { isFull, type Basis } from '@lijian/selection'
import type { Pool } from 'pg'
import { codeOf, sharePpm, type Measure } from './capacity-limits'
import type { LiveRouting } from '@lijian/documents'

interface Row {
  ref: string
  measure: Measure
  part: RoutingPart
  day: string
  limit: number
  expected: number
  exhaustsAt: Date | null
  basis: Basis['basis']
  basisDays: number
  place: number
  held: number
  used: number
  over: number
}

/** What is told of a limit, and what stands on its counter of day $1 now. */
const COLUMNS = `c.ref, c.measure, c.part, c.day, c.limit_value AS "limit", c.expected, c.exhausts_at AS "exhaustsAt", c.basis,
  c.basis_days AS "basisDays", c.place,
  coalesce(CASE c.measure WHEN 'amount' THEN k.held_fen ELSE k.held_count END, 0)::bigint AS held,
  coalesce(CASE c.measure WHEN 'amount' THEN k.used_fen ELSE k.used_count END, 0)::bigint AS used,
  coalesce(CASE c.measure WHEN 'amount' THEN k.over_fen ELSE k.over_count END, 0)::bigint AS over
  FROM route_capacity c LEFT JOIN counter k ON k.key = c.ref || '|' || $1`

/** Daily limits as they stand now, with what the last telling said of them; read by index, whatever the size of the document. */
export class Capacity {
  constructor(
    private readonly pool: Pool,
    private readonly live: Pick<LiveRouting, 'current'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** What is used up first, then what is fullest. Throws LijianError not_found without a routing document. */
  async list({ part, code, after, limit }: CapacityQuery): Promise<CapacityPage> {
    const routing = this.live.current()
    if (routing === undefined) throw new LijianError('not_found', 'No routing document is stored')
    const { timeZone } = routing
    const zone = zoneClock(timeZone)
    const day = zone.at(this.now()).date
    const values: unknown[] = [day, limit + 1]
    const given = (value: unknown) => `$${values.push(value)}`
    const where = [
      ...(part === undefined ? [] : [`c.part = ${given(part)}`]),
      ...(code === undefined ? [] : [`c.ref = ANY (${given(ROUTING_PARTS.map((one) => routeRef(one, code)))})`]),
      ...(after === undefined ? [] : [`(c.place, c.ref, c.measure) > (${cursor(after).map(given).join(', ')})`]),
    ]
    const { rows } = await this.pool.query<Row>(
      `SELECT ${COLUMNS} ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`} ORDER BY c.place, c.ref, c.measure LIMIT $2`,
      values,
    )
    const told = await this.pool.query<{ at: Date }>('SELECT at FROM route_capacity_run')
    const at = told.rows[0]?.at
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    return {
      day,
      timeZone,
      toldAt: at === undefined ? null : localInstant(zone, at.getTime()),
      limits: shown.map((row) => limitOf(row, zone, day)),
      ...(last === undefined ? {} : { next: `${last.place}~${last.measure}~${last.ref}` }),
    }
  }
}

function cursor(after: string): [number, string, string] {
  const [place, measure, ref] = after.split('~')
  return [Number(place), ref!, measure!]
}

function limitOf(row: Row, zone: ZoneClock, day: string): CapacityLimit {
  const { ref, measure, part, limit, held, used, over } = row
  // Told yesterday, it says nothing of today.
  const told = row.day === day
  const exhaustsAt = told ? row.exhaustsAt : null
  return {
    part,
    code: codeOf(ref),
    measure,
    limit,
    held,
    used,
    over,
    sharePpm: sharePpm(held + used + over, limit),
    exhaustsAt: exhaustsAt && localInstant(zone, exhaustsAt.getTime()),
    expected: told ? row.expected : null,
    basis: told ? { from: row.basis, days: row.basisDays } : null,
    ...sentences(row, told, exhaustsAt, zone),
  }
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const WEEKDAYS_ZH = ['周一', '周二', '周三', '周四', '周五', '周六', '周日']

function sentences(
  { ref, measure, held, used, over, limit, basis, basisDays: days, day }: Row,
  told: boolean,
  exhaustsAt: Date | null,
  zone: ZoneClock,
): { message: string; messageZh: string } {
  const ofCount = measure === 'count'
  const [who, whoZh] = [`${codeOf(ref)}${ofCount ? ' (payments)' : ''}`, `${codeOf(ref)}${ofCount ? '(笔数)' : ''}`]
  if (!told) return { message: `${who}: nothing is told of today yet`, messageZh: `${whoZh}:今日尚无预测` }
  const at = exhaustsAt && localInstant(zone, exhaustsAt.getTime()).slice(11, 16)
  if (at !== null && isFull(held + used + over, limit))
    return { message: `${who} has been full since ${at}`, messageZh: `${whoZh} 自 ${at} 起已用尽` }
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  const [why, whyZh] =
    basis === 'pace'
      ? ['no history: at the pace of today so far', '无历史数据:按今日至今的速度']
      : [
          days === 1 ? `as last ${WEEKDAYS[weekday]!} went` : `as the last ${days} ${WEEKDAYS[weekday]!}s went`,
          `按前 ${days} 个${WEEKDAYS_ZH[weekday]!}的走势`,
        ]
  return at === null
    ? { message: `${who} does not run out today (${why})`, messageZh: `${whoZh} 今日预计不会用尽(${whyZh})` }
    : { message: `${who} exhausts at ${at} (${why})`, messageZh: `${whoZh} 预计 ${at} 用尽(${whyZh})` }
}

/** An instant as the zone's clocks show it, with their offset, to the second. */
export function localInstant(zone: ZoneClock, atMs: number): string {
  const { day, minute } = zone.at(atMs)
  const offset = day * 1440 + minute - Math.floor(atMs / 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = Math.floor(atMs / 1000) % 60
  const clock = `${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(seconds)}`
  const size = Math.abs(offset)
  return `${isoDate(day)}T${clock}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

export interface CapacityFigure {
  part: RoutingPart
  code: string
  measure: Measure
  limit: number
  held: number
  used: number
  over: number
  /** Past when it is used up; null: not today. */
  exhaustsAt: Date | null
}

/** As many series a scrape shows of channels, of pools and of MIDs, soonest full first; of MIDs only those that are used up today or taken to `MIDS_FROM_PPM`. */
export const FIGURES_AT_MOST = { channels: 500, pools: 500, mids: 100 } as const
const MIDS_FROM_PPM = 800_000

/** For metrics: a bounded choice of limits. `toldAt` undefined: never yet. */
export async function capacityFigures(
  pool: Pool,
  nowMs: number,
): Promise<{ toldAt: Date | undefined; figures: CapacityFigure[] }> {
  const { rows: runs } = await pool.query<{ at: Date; time_zone: string }>(
    'SELECT at, time_zone FROM route_capacity_run',
  )
  const run = runs[0]
  if (run === undefined) return { toldAt: undefined, figures: [] }
  const day = zoneClock(run.time_zone).at(nowMs).date
  const figures: CapacityFigure[] = []
  for (const part of ROUTING_PARTS) {
    const { rows } = await pool.query<Row>(
      `SELECT ${COLUMNS} WHERE c.part = $2 ORDER BY c.place, c.ref, c.measure LIMIT $3`,
      [day, part, FIGURES_AT_MOST[part]],
    )
    for (const { ref, measure, limit, held, used, over, ...row } of rows) {
      const exhaustsAt = row.day === day ? row.exhaustsAt : null
      if (part === 'mids' && exhaustsAt === null && sharePpm(held + used + over, limit) < MIDS_FROM_PPM) continue
      figures.push({ part, code: codeOf(ref), measure, limit, held, used, over, exhaustsAt })
    }
  }
  return { toldAt: run.at, figures }
}
