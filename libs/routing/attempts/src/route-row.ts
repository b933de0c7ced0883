import type { AttemptAnswer, ChosenRoute, RouteAnswer, RouteFailure, RouteStateAnswer } from '@lijian/contracts/routing'
import type { RouteAttempt, RouteRow, Teller } from '@lijian/database'

/** A success is a success whatever else is open; else what is open; else how the last one ended. libs/finance/verification checks the same. */
export function stateOf(attempts: readonly RouteAttempt[]): RouteRow['state'] {
  if (attempts.some(({ state }) => state === 'succeeded')) return 'succeeded'
  if (attempts.some(({ state }) => state === 'reserved')) return 'reserved'
  return attempts.at(-1)?.state ?? 'no_route'
}

function expiryOf(attempts: readonly RouteAttempt[]): string | null {
  const open = attempts.filter(({ state }) => state === 'reserved').map(({ expiresAt }) => expiresAt)
  return open.length === 0 ? null : open.sort()[0]!
}

/** The row's next version with these attempts. */
export const withAttempts = (row: RouteRow, attempts: RouteAttempt[]): RouteRow => ({
  ...row,
  version: row.version + 1,
  state: stateOf(attempts),
  attempts,
  expiresAt: expiryOf(attempts),
})

/** The row's next version with one attempt replaced. */
export const withAttempt = (row: RouteRow, next: RouteAttempt): RouteRow =>
  withAttempts(
    row,
    row.attempts.map((one) => (one.mid === next.mid ? next : one)),
  )

export const chosenOf = ({ mid, channel, pool, secretRef, costFen, probe }: RouteAttempt): ChosenRoute => ({
  mid,
  channel,
  pool,
  ...(secretRef === undefined ? {} : { secretRef }),
  costEstimate: costFen,
  ...(probe ? { probe: true as const } : {}),
})

/** An attempt of an older release does not say who told of it: it is undone by nobody. */
export const tellersOf = ({ tellers }: RouteAttempt): readonly Teller[] => tellers ?? [{ id: '*' }]

/** What was sent upstream with it. */
export const amountOf = (row: Pick<RouteRow, 'amountFen'>, { instead }: RouteAttempt): number =>
  instead?.amountFen ?? row.amountFen

/** What the attempt was answered with, whatever has become of it. */
export const firstAnswer = (row: RouteRow, attempt: RouteAttempt): RouteAnswer => ({
  serial: row.serial,
  amount: amountOf(row, attempt),
  route: chosenOf(attempt),
  holdExpiresAt: attempt.expiresAt,
})

export const stateAnswer = (row: RouteRow): RouteStateAnswer => ({
  serial: row.serial,
  state: row.state,
  amount: row.amountFen,
  attempts: row.attempts.map(attemptAnswer),
})

function attemptAnswer(attempt: RouteAttempt): AttemptAnswer {
  const { secretRef: _, ...chosen } = chosenOf(attempt)
  const { state, failure, timedOut, upstreamSerial, at, expiresAt } = attempt
  const told = (failure ?? (timedOut && state !== 'succeeded' ? 'timeout' : undefined)) as RouteFailure | undefined
  return {
    ...chosen,
    state,
    ...(told === undefined ? {} : { failure: told }),
    ...(upstreamSerial === undefined ? {} : { upstreamSerial }),
    at,
    ...(state === 'reserved' ? { holdExpiresAt: expiresAt } : {}),
  }
}
