import { newestState, refusingUnproven, updateId } from '@lijian/flow-kit'
import {
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow'
import {
  CHANGED_SIGNAL,
  DECIDE_UPDATE,
  fundingSummary,
  isDecided,
  STATE_QUERY,
  wrongDecision,
  type Changed,
  type Decision,
  type FundingActivities,
  type FundingInput,
  type FundingSnapshot,
} from './contract'

export const changedSignal = defineSignal<[Changed]>(CHANGED_SIGNAL)
export const stateQuery = defineQuery<FundingSnapshot | null>(STATE_QUERY)
export const decideUpdate = defineUpdate<FundingSnapshot, [Decision]>(DECIDE_UPDATE)

// One database transaction; a refusal is final and is the update's answer.
const { decideProposal } = proxyActivities<Pick<FundingActivities, 'decideProposal'>>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', maximumInterval: '30s' },
})
// A log line and a metric: late is better than never, never is no harm.
const { remind } = proxyActivities<Pick<FundingActivities, 'remind'>>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 5 },
})

const HOUR_MS = 3_600_000
const REMIND_AFTER_MS = [4 * HOUR_MS, 24 * HOUR_MS]

/** Shows who waits for whom until a second person has decided; reminds meanwhile. PostgreSQL decides what is allowed. */
export async function partnerFunding(input: FundingInput): Promise<string> {
  const { proposal } = input
  const { now, ask, begin, end } = newestState(changedSignal, stateQuery, () => say(now(), 0))
  setHandler(decideUpdate, (decision) => ask(decideProposal({ ...decision, proposal, update: updateId() })), {
    validator: refusingUnproven(wrongDecision),
  })
  await begin()
  const ended = () => isDecided(now())
  const waits = input.remindAfterMs ?? REMIND_AFTER_MS
  for (let times = 1; !(await condition(ended, waits[Math.min(times, waits.length) - 1]!)); times++) {
    const { kind, subject, madeAt } = now()
    await remind({ flow: 'partner-funding', proposal, kind, subject, waitsSince: madeAt, times })
    if (!ended()) say(now(), times)
  }
  return end()
}

function say(proposal: FundingSnapshot, reminders: number): void {
  const { state, maker, madeAt, checker } = proposal
  const lines = [`**${state}** · ${fundingSummary(proposal)}`, `made by ${maker} at ${madeAt}`]
  if (state === 'proposed') lines.push(`waits for somebody other than ${maker} who may check: approve or reject`)
  if (checker !== null) lines.push(`${state} by ${checker}`)
  if (reminders > 0) lines.push(`⚠ nobody has acted: reminded ${reminders} time(s)`)
  setCurrentDetails(lines.join('\n\n'))
}
