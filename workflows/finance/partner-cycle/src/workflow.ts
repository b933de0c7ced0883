import {
  named,
  newestState,
  refusingUnproven,
  reminder,
  ticking,
  type TickActivities,
  type TicksInput,
  updateId,
} from '@lijian/flow-kit'
import {
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow'
import {
  CHANGED_SIGNAL,
  CONFIRM_UPDATE,
  cycleLines,
  DISPUTE_UPDATE,
  figuresOf,
  STATE_QUERY,
  wrongRows,
  type Changed,
  type Confirmation,
  type CycleActivities,
  type CycleEnd,
  type CycleInput,
  type CycleSnapshot,
  type DisputeArgument,
  type IssueEnd,
} from './contract'

export const changedSignal = defineSignal<[Changed]>(CHANGED_SIGNAL)
export const stateQuery = defineQuery<CycleSnapshot | null>(STATE_QUERY)
export const confirmUpdate = defineUpdate<CycleSnapshot, [Confirmation]>(CONFIRM_UPDATE)
export const disputeUpdate = defineUpdate<CycleSnapshot, [DisputeArgument]>(DISPUTE_UPDATE)

// One database transaction; a refusal is final and is the update's answer.
const { confirmCycle, disputeCycle } = proxyActivities<Pick<CycleActivities, 'confirmCycle' | 'disputeCycle'>>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '200ms', maximumInterval: '30s' },
  summary: 'what a person says of the statement',
})
// A log line and a metric: late is better than never, never is no harm.
const { remind } = proxyActivities<Pick<CycleActivities, 'remind'>>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 5 },
})
// Sums up every period that is over: minutes where millions were paid. Begun again it goes on with what is not issued yet.
const { issueDueCycles } = proxyActivities<Pick<CycleActivities, 'issueDueCycles'>>({
  startToCloseTimeout: '2h',
  retry: { initialInterval: '5s', maximumInterval: '5m' },
  summary: 'statements that are due',
})

const plan = proxyLocalActivities<TickActivities>({ startToCloseTimeout: '5s', summary: 'plan' })

const DAY_MS = 24 * 3_600_000
const AGEING = [30, 60, 90].map((days) => ({ days, afterMs: days * DAY_MS }))

/** Every hour by the institution's clock, in one flow. Issuing again what is issued does nothing. */
export const cycleTicks = (input: TicksInput): Promise<never> =>
  ticking(input, {
    what: 'statements of periods that are over are issued, every hour',
    next: (after) => plan.nextRound({ of: 'cycles', after }),
    round: async () => `${await issueDueCycles()} statements issued`,
    missed: 'one',
  })

/** Issues what is over and closed: by hand, and by schedules of releases up to 2026-12. */
export async function issuePartnerCycles(): Promise<IssueEnd> {
  return { state: 'done', statements: await issueDueCycles() }
}

/** One statement until it is closed: shows what it waits for, and reminds when it grows old. PostgreSQL has its money. */
export async function partnerCycle(input: CycleInput): Promise<CycleEnd> {
  const { id } = input
  let overdue = 0
  const say = () => {
    const lines = cycleLines(now())
    if (overdue > 0 && !ended()) lines.push(`⚠ open for more than ${overdue} days`)
    setCurrentDetails(lines.join('\n\n'))
  }
  const { now, ask, begin, end } = newestState(changedSignal, stateQuery, say)
  const ended = () => now().state === 'closed'
  setHandler(confirmUpdate, (argument) => ask(confirmCycle({ ...argument, id, update: updateId() })), {
    validator: refusingUnproven(),
  })
  setHandler(disputeUpdate, (argument) => ask(disputeCycle({ ...argument, id, update: updateId() })), {
    validator: refusingUnproven(wrongRows),
  })
  await begin()
  const startedMs = Date.now()
  for (const [i, { days, afterMs }] of (input.ageing ?? AGEING).entries()) {
    const leftMs = Math.max(1, startedMs + afterMs - Date.now())
    if (await condition(ended, leftMs, named(`money and confirmation; ${reminder(i + 1, days * DAY_MS)}`))) break
    overdue = days
    const { cycle, partner, period, openFen } = now()
    const said = { flow: 'partner-cycle', kind: cycle, id, partner, period, openFen, days } as const
    await remind.executeWithOptions({ summary: `reminder of ${days} days` }, [said])
    say()
  }
  await condition(ended)
  return end(figuresOf)
}
