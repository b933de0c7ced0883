import type { Admission, BatchView, Finish } from '@lijian/admission'
import type { RouteAttempt, RouteDecision } from '@lijian/database'
import { nextRow, type AskedRoute } from './decide-route'
import { giveBack } from './route-result'
import { withAttempts } from './route-row'

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
export async function expireDueRoutes(admission: Admission, nowMs: number, limit: number): Promise<number> {
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
  amountFen: number
  /** He was given this MID, which needs no counter; absent: he was told that there is none. */
  given?: { attempt: RouteAttempt; decision: RouteDecision }
  /** The answer of an offer beside it, which holds nothing: the same question again is told it again. */
  noOffer?: unknown
  /** Another caller of the same question was told this MID in time: it stands. */
  alsoTold?: (mid: string) => boolean
}

/**
 * A decision whose answer came too late, or perhaps was never made: what it reserved is given back, and the attempt that the caller was really given stands
 * in its place. Nothing is touched once a result has come.
 */
export function decideRouteUndo(view: BatchView, asked: AskedRoute, told: ToldInstead): Finish<void> {
  const { client, request, bodyHash } = asked.ask
  const { amountFen, given, noOffer, alsoTold = () => false } = told
  const row = view.route(client, request.serial)
  if (row !== null && row.attempts.length > 0 && row.bodyHash !== bodyHash) return () => undefined
  const late = row?.attempts.at(-1)
  const isLate =
    late?.state === 'reserved' &&
    !alsoTold(late.mid) &&
    late.exclude.length === asked.exclude.length &&
    late.exclude.every((mid, i) => mid === asked.exclude[i])
  if (isLate && given?.attempt.mid === late.mid) return () => undefined
  const kept = row?.attempts.filter((attempt) => !isLate || attempt !== late) ?? []
  if (isLate) giveBack(view, late)
  const known = given !== undefined && kept.some(({ mid }) => mid === given.attempt.mid)
  if (given === undefined || known) {
    if (isLate) view.putRoute(withAttempts(row!, kept))
    return () => undefined
  }
  const next = nextRow(row && { ...row, attempts: kept }, asked, amountFen, given.decision, given.attempt)
  view.putRoute(kept.length > 0 || noOffer === undefined ? next : { ...next, record: { ...next.record, noOffer } })
  return () => undefined
}
