import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow'
import { atMinute, named } from './names'

/** What people and workers tell a flow of ticks: a round at once, a plan that may have changed, no rounds for now, rounds again. */
export const NOW_SIGNAL = 'now'
export const PLAN_SIGNAL = 'plan'
export const SUSPEND_SIGNAL = 'suspend'
export const RESUME_SIGNAL = 'resume'
export const TICKS_QUERY = 'state'

/** What one run hands to the next; the first one gets what the release before knew. */
export interface TicksInput {
  /** ISO instant up to which rounds have been done. Absent: the flow begins now. */
  after?: string
  suspended?: boolean
  /** Somebody has asked for a round at once. */
  asked?: boolean
  /** What came of the last round, in words. */
  last?: string
  /** After so many rounds another run goes on; absent: when Temporal suggests it. */
  roundsInARun?: number
}

export interface TicksView {
  state: TicksState
  after: string
  /** Null: no round is planned. */
  next: string | null
  last: string | null
}
type TicksState = 'ticking' | 'suspended' | 'off'

export interface TickActivities {
  /** The first time of a round after this instant, by the configuration of now; null: there is none. */
  nextRound(input: { of: 'clearing' | 'cycles' | 'reconciliation'; after: string }): Promise<string | null>
}

export interface Ticks {
  /** For people: `reservations of routes whose time is over`. */
  what: string
  /** The first time of a round after this instant, perhaps long ago; null: the configuration has switched it off. */
  next(after: string): Promise<string | null>
  /** Safe to repeat. What came of it, in words. */
  round(at: string): Promise<string>
  /** Rounds that were missed: `one` for all of them, or `each` of so many days. */
  missed: 'one' | { eachOfDays: number }
}

const DAY_MS = 86_400_000
const nowSignal = defineSignal(NOW_SIGNAL)
const planSignal = defineSignal(PLAN_SIGNAL)
const suspendSignal = defineSignal(SUSPEND_SIGNAL)
const resumeSignal = defineSignal(RESUME_SIGNAL)
const ticksQuery = defineQuery<TicksView>(TICKS_QUERY)
const iso = (ms: number) => new Date(ms).toISOString()

/**
 * Rounds without end in one flow, which begins another run before its history grows long. Nothing ends it but people: a round that is refused for good is
 * told and the next one comes. A worker that was away finds its timer fired, and does what was missed.
 */
export async function ticking(input: TicksInput, ticks: Ticks): Promise<never> {
  let { after = iso(Date.now()), suspended = false, asked = false, last } = input
  let next: string | null = null
  let replan = false
  const state = (): TicksState => (suspended ? 'suspended' : next === null ? 'off' : 'ticking')
  let shown = ''
  const say = () => {
    setCurrentDetails(linesOf(ticks.what, { state: state(), after, next, last: last ?? null }))
    if (shown !== state())
      upsertSearchAttributes([{ key: { name: 'LijianState', type: 'KEYWORD' }, value: (shown = state()) }])
  }
  setHandler(ticksQuery, () => ({ state: state(), after, next, last: last ?? null }))
  setHandler(nowSignal, () => void (asked = true))
  setHandler(planSignal, () => void (replan = true))
  setHandler(suspendSignal, () => void (suspended = true))
  setHandler(resumeSignal, () => void (suspended = false))

  for (let rounds = 0; ;) {
    replan = false
    if (ticks.missed !== 'one') after = iso(Math.max(Date.parse(after), Date.now() - ticks.missed.eachOfDays * DAY_MS))
    next = await ticks.next(after)
    say()
    const was = suspended
    const moved = () => asked || replan || suspended !== was
    if (suspended || next === null) await condition(moved)
    else if (!moved()) {
      const restMs = Date.parse(next) - Date.now()
      if (restMs > 0) await condition(moved, restMs, named('next round', next))
    }
    if (!asked && (suspended || replan || next === null || Date.parse(next) > Date.now())) continue
    const byHand = asked
    asked = false
    last = await roundOf(ticks, byHand ? iso(Date.now()) : next!)
    if (ticks.missed === 'one') after = iso(Date.now())
    else if (!byHand) after = next!
    say()
    if (++rounds >= (input.roundsInARun ?? Infinity) || workflowInfo().continueAsNewSuggested)
      await continueAsNew<(given: TicksInput) => Promise<never>>({ ...input, after, suspended, asked, last })
  }
}

async function roundOf({ round }: Ticks, at: string): Promise<string> {
  try {
    return `${atMinute(at)}: ${await round(at)}`
  } catch (failure) {
    if (isCancellation(failure)) throw failure
    return `${atMinute(at)}: ⚠ refused, see the failed activity`
  }
}

function linesOf(what: string, { state, next, last }: TicksView): string {
  const lines = [`**${state}** · ${what}`]
  if (last !== null) lines.push(`last round ${last}`)
  if (state === 'ticking') lines.push(`next round ${atMinute(next!)}`)
  if (state === 'suspended') lines.push(`no rounds until somebody sends the signal \`${RESUME_SIGNAL}\``)
  if (state === 'off') lines.push('no rounds: the configuration has switched them off')
  lines.push(`signals: \`${NOW_SIGNAL}\` for a round at once, \`${SUSPEND_SIGNAL}\`, \`${RESUME_SIGNAL}\``)
  return lines.join('\n\n')
}
