import { named, newestState, refusingUnproven, reminder, updateId } from '@lijian/flow-kit'
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
  approvalSummary,
  figuresOf,
  isDecided,
  STATE_QUERY,
  wrongDecision,
  type Changed,
  type Decision,
  type ApprovalActivities,
  type ApprovalEnd,
  type ApprovalInput,
  type ApprovalSnapshot,
  type Reminder,
} from './contract'

export const changedSignal = defineSignal<[Changed]>(CHANGED_SIGNAL)
export const stateQuery = defineQuery<ApprovalSnapshot | null>(STATE_QUERY)
export const decideUpdate = defineUpdate<ApprovalSnapshot, [Decision]>(DECIDE_UPDATE)

// One database transaction; a refusal is final and is the update's answer.
const { decideProposal } = proxyActivities<Pick<ApprovalActivities, 'decideProposal'>>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', maximumInterval: '30s' },
  summary: 'decision of a person',
})
// PostgreSQL looks at its own clock, which may be behind: asked again until it agrees.
const { expireProposal } = proxyActivities<Pick<ApprovalActivities, 'expireProposal'>>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '10m' },
  summary: 'expiry',
})
// A log line and a metric: late is better than never, never is no harm.
const { remind } = proxyActivities<Pick<ApprovalActivities, 'remind'>>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 5 },
})

const HOUR_MS = 3_600_000
const REMIND_AFTER_MS = [4 * HOUR_MS, 24 * HOUR_MS]
/** From this reminder on somebody above hears of it. */
const ESCALATED_FROM = 3

/** Shows who waits for whom until others have decided; reminds, escalates, lets it expire. PostgreSQL decides what is allowed. */
export function approval(input: ApprovalInput): Promise<ApprovalEnd> {
  return waitFor(input, { flow: 'approval', learnsOfTime: true })
}

/** As releases before began it, for proposals of money: it does not expire by itself. */
export function partnerFunding(input: ApprovalInput): Promise<ApprovalEnd> {
  return waitFor(input, { flow: 'partner-funding', learnsOfTime: false })
}

interface Manner {
  flow: Reminder['flow']
  learnsOfTime: boolean
}

async function waitFor(input: ApprovalInput, { flow, learnsOfTime }: Manner): Promise<ApprovalEnd> {
  const { proposal } = input
  const { now, ask, begin, end } = newestState(changedSignal, stateQuery, () => say(now(), 0))
  setHandler(decideUpdate, (decision) => ask(decideProposal({ ...decision, proposal, update: updateId() })), {
    validator: refusingUnproven(wrongDecision),
  })
  await begin()
  const ended = () => isDecided(now())
  const waits = input.remindAfterMs ?? REMIND_AFTER_MS
  for (let times = 1; ; times++) {
    const reminderMs = waits[Math.min(times, waits.length) - 1]!
    const leftMs = learnsOfTime ? untilExpiry(now()) : Infinity
    const what =
      leftMs < reminderMs ? named('decision', now().expiresAt) : named(`decision; ${reminder(times, reminderMs)}`)
    if (await condition(ended, Math.max(1, Math.min(reminderMs, leftMs)), what)) return end(figuresOf)
    if (learnsOfTime && untilExpiry(now()) <= 0) {
      await ask(expireProposal({ proposal }))
      if (ended()) return end(figuresOf)
    }
    const { kind, subject, madeAt } = now()
    const escalated = learnsOfTime && times >= ESCALATED_FROM ? { escalated: true as const } : {}
    const said = { flow, proposal, kind, subject, waitsSince: madeAt, times, ...escalated }
    await remind.executeWithOptions({ summary: `reminder ${times}` }, [said])
    if (!ended()) say(now(), times)
  }
}

const untilExpiry = ({ expiresAt }: ApprovalSnapshot): number =>
  expiresAt === undefined ? Infinity : Date.parse(expiresAt) - Date.now()

function say(proposal: ApprovalSnapshot, reminders: number): void {
  const { state, maker, madeAt, checker, needs = 1, approvals = 0, expiresAt } = proposal
  const lines = [`**${state}** · ${approvalSummary(proposal)}`, `made by ${maker} at ${madeAt}`]
  if (state === 'proposed') {
    lines.push(`waits for somebody other than ${maker} who may check: approve or reject`)
    if (needs > 1) lines.push(`${approvals} of ${needs} have approved`)
    if (expiresAt !== undefined) lines.push(`expires at ${expiresAt}`)
  }
  if (checker !== null) lines.push(`${state} by ${checker}`)
  if (reminders > 0) lines.push(`⚠ nobody has acted: reminded ${reminders} time(s)`)
  setCurrentDetails(lines.join('\n\n'))
}
