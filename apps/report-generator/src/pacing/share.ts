/** The share of its time in which a report reads rows. Pure: it is told what a probe took, and says how long to rest. */

/** No rest is longer: a cancel, a lease and whoever watches the progress wait for none. */
export const MOST_REST_MS = 1000
/** A probe below this is quick, whatever was quicker before. */
export const QUICK_MS = 2
/** Slower than so many times the best of late: somebody else needs the machine. */
const SLOW_TIMES = 3
const GROWTH = 1.1
/** How fast the best is forgotten: a probe makes it this much worse, twice as bad within three minutes. */
const FORGETS = 1.001

export interface ShareState {
  /** From the least share to 1. */
  readonly share: number
  /** The quickest probe of late, in milliseconds. */
  readonly bestMs: number
  /** No probe was slow since the report began: the share doubles. */
  readonly isStarting: boolean
}

/**
 * What a report begins with: a machine that is busy already notices little of it, and an idle one gives all within a second, which the sort before
 * the first row takes anyway.
 */
export const START: ShareState = { share: 0.1, bestMs: Infinity, isStarting: true }

export const isSlow = ({ bestMs }: ShareState, probeMs: number): boolean =>
  probeMs === Infinity || probeMs > Math.max(QUICK_MS, Math.min(bestMs, probeMs) * SLOW_TIMES)

/** After a slow probe half of the share; after a quick one twice as much at the beginning, a tenth more later (as TCP does, RFC 5681). */
export function afterProbe(state: ShareState, probeMs: number, least: number): ShareState {
  const slow = isSlow(state, probeMs)
  const wanted = slow ? state.share / 2 : state.share * (state.isStarting ? 2 : GROWTH)
  return {
    share: Math.min(1, Math.max(least, wanted)),
    bestMs: Math.min(probeMs, state.bestMs * FORGETS),
    isStarting: state.isStarting && !slow,
  }
}

/** What a reader rests after so much work, to keep to its share. */
export const restMs = (workMs: number, share: number, mostMs = MOST_REST_MS): number =>
  Math.min(mostMs, workMs * (1 / share - 1))
