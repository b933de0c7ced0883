import {
  isSameBody,
  isUntold,
  withoutTeller,
  withTeller,
  type Admission,
  type BatchView,
  type Finish,
  type Why,
} from '@lijian/admission'
import type { RouteAttempt, RouteDecision, RouteRow } from '@lijian/database'
import { nextRow, type AskedRoute } from './decide-route'
import { giveBack } from './route-result'
import { tellersOf, withAttempt, withAttempts } from './route-row'

/** Attempts that nobody was told of, kept with a payment: the last ones, for `./lijian verify`. */
const UNDONE_KEPT = 8

/** Gives back what a payment's attempts have reserved and whose time is over; whether there was any. */
export function decideRouteExpire(view: BatchView, client: string, serial: string, nowMs: number): Finish<boolean> {
  const row = view.route(client, serial)
  const isOver = ({ state, expiresAt }: RouteAttempt) => state === 'reserved' && Date.parse(expiresAt) <= nowMs
  if (row === null || !row.attempts.some(isOver)) return () => false
  const attempts = row.attempts.map((attempt): RouteAttempt => {
    if (!isOver(attempt)) return attempt
    giveBack(view, attempt)
    return { ...attempt, state: 'expired', chargesAre: 'none' }
  })
  view.putRoute(withAttempts(row, attempts))
  return () => true
}

/** Gives back what at most `limit` payments have reserved and whose time is over; how many there were. Throws LijianError unavailable. */
export async function expireDueRoutes(admission: Admission, limit: number): Promise<number> {
  const nowMs = await admission.clock.asked(admission.pool)
  const { rows } = await admission.pool.query<{ client: string; serial: string }>(
    'SELECT client, serial FROM route WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2',
    [new Date(nowMs), limit],
  )
  await Promise.all(
    rows.map(({ client, serial }) =>
      admission.run({ routes: [{ client, serial }], decide: (view) => decideRouteExpire(view, client, serial, nowMs) }),
    ),
  )
  return rows.length
}

/** What the caller was told instead of the decision. */
export interface ToldInstead {
  why: Why
  /** The statement of the attempt may still be committed: it must meet a row that it does not know. */
  isLost?: boolean
  amountFen: number
  /** He was given this MID, which needs no counter; absent: he was told that there is none. */
  given?: { attempt: RouteAttempt; decision: RouteDecision }
  /** The answer of an offer beside it, which holds nothing: the same question again is told it again. */
  noOffer?: unknown
}

/**
 * A decision whose answer came too late, or perhaps was never made: what it reserved is given back unless another attempt at the question has told of it,
 * and the MID that the caller was really given stands beside what stays. Nothing is touched once a result has come.
 */
export function decideRouteUndo(view: BatchView, asked: AskedRoute, told: ToldInstead): Finish<void> {
  const { client, request, bodyHash } = asked.ask
  const row = view.route(client, request.serial)
  const isOthers = row !== null && row.attempts.length > 0 && !isSameBody(row.bodyHash, bodyHash)
  const next = isOthers ? undefined : withGiven(withdrawn(view, row, asked, told), asked, told)
  const inTheWay = told.isLost ? (row ?? nextRow(null, asked, told.amountFen, undefined, undefined)) : undefined
  const written = next === undefined || next === row ? inTheWay : next
  if (written !== undefined) view.putRoute({ ...written, version: (row?.version ?? 0) + 1 })
  return () => undefined
}

/** Without what this attempt alone has told of: it has told something else. */
function withdrawn(view: BatchView, row: RouteRow | null, { id }: AskedRoute, { why, given }: ToldInstead) {
  const mine = row?.attempts.find(
    ({ state, tellers = [] }) => state === 'reserved' && tellers.some((one) => one.id === id),
  )
  const left = mine && withoutTeller(tellersOf(mine), id, why)
  if (row === null || mine === undefined || left === undefined || mine.mid === given?.attempt.mid) return row
  if (!isUntold(left)) return withAttempt(row, { ...mine, tellers: left })
  giveBack(view, mine)
  const undone = [...(row.record.undone ?? []), { mid: mine.mid, tellers: left }].slice(-UNDONE_KEPT)
  const kept = row.attempts.filter((attempt) => attempt !== mine)
  return { ...withAttempts(row, kept), record: { ...row.record, undone } }
}

/** With the MID that was given without PostgreSQL. */
function withGiven(row: RouteRow | null, asked: AskedRoute, { given, amountFen, noOffer }: ToldInstead) {
  if (given === undefined) return row ?? undefined
  const same = row?.attempts.find(({ mid }) => mid === given.attempt.mid)
  if (row !== null && same !== undefined) {
    const tellers = same.state === 'reserved' ? withTeller(tellersOf(same), asked.id) : undefined
    return tellers === undefined ? row : withAttempt(row, { ...same, tellers })
  }
  const isFirst = row === null || row.attempts.length === 0
  const instead = { amountFen, ...(noOffer === undefined ? {} : { noOffer }) }
  const attempt = isFirst ? given.attempt : { ...given.attempt, instead }
  const next = nextRow(row, asked, isFirst ? amountFen : row.amountFen, given.decision, attempt)
  const record = {
    ...next.record,
    ...(row?.record.undone && { undone: row.record.undone }),
    ...(isFirst && noOffer !== undefined && { noOffer }),
  }
  return { ...next, record }
}
