import type { ClearingByHand, ClearingDays, ClearingRuns } from '@lijian/clearing'
import { acknowledgementRequest } from '@lijian/contracts/finance'
import { PROGRESS_SIGNAL, type ClearingDayActivities, type Progress } from '@lijian/workflow-clearing-day'
import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import { LijianError } from '@lijian/contracts/system'
import { mayAct } from '@lijian/identity'
import { personOf, type ProofDeps } from './proven'
import { parsed, refusalsAreFinal } from './refusal'

export interface ClearingActivityDeps extends ProofDeps {
  runs: ClearingRuns
  days: ClearingDays
  byHand: ClearingByHand
  onCase?: (kind: string) => void
  onReminder?: (businessDate: string) => void
}

/** So often within the time after which a worker that says nothing counts as dead. */
const BEATS = 12
const PROGRESS_MS = 2000

/** Says that it lives while it waits for one long statement of PostgreSQL; the server learns within the heartbeat when it does not. */
async function beating<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current()
  context.heartbeat()
  const timer = setInterval(() => context.heartbeat(), (context.info.heartbeatTimeoutMs ?? 60_000) / BEATS)
  try {
    return await work(context.cancellationSignal)
  } finally {
    clearInterval(timer)
  }
}

/** Tells rows and flow how far a file is, seldom enough to cost nothing; what gets lost comes again. */
function progress(runs: ClearingRuns, fileId: number): (rowsWritten: number) => void {
  const { client, info } = Context.current()
  let toldAt = Date.now()
  return (rowsWritten) => {
    if (Date.now() - toldAt < PROGRESS_MS) return
    toldAt = Date.now()
    runs.note(fileId, rowsWritten).catch(() => undefined)
    const told: Progress = { fileId, rowsWritten }
    const { workflowId, runId } = info.workflowExecution!
    client.workflow
      .getHandle(workflowId, runId)
      .signal(PROGRESS_SIGNAL, told)
      .catch(() => undefined)
  }
}

/** Fails so that it is tried again later; the reason stands in the pending activity. */
const waits = (what: string) => ApplicationFailure.retryable(what, 'waits')

/** The steps of libs/finance/clearing for the flow `clearing-day`. */
export function clearingActivities(deps: ClearingActivityDeps): ClearingDayActivities {
  const { runs, days, byHand, onCase, onReminder } = deps
  return {
    async waitTurn({ businessDate }) {
      const before = await runs.waitsFor(businessDate)
      if (before !== null) throw waits(`waits for ${before}, which is not published yet`)
    },
    freezeDay: ({ businessDate }) => beating(() => runs.freeze(businessDate)),
    writeClearingFile: ({ fileId }) => beating((signal) => runs.write(fileId, progress(runs, fileId), signal)),
    proveDay: ({ businessDate }) =>
      beating(async (signal) => ({ differences: await runs.prove(businessDate, () => undefined, signal) })),
    publishDay: ({ businessDate }) => beating(() => runs.publish(businessDate)),
    async openProofCase({ businessDate }) {
      if (await runs.openProofCase(businessDate)) onCase?.('clearing_proof')
    },
    async remindClearing({ businessDate }) {
      await runs.remind(businessDate)
      onReminder?.(businessDate)
    },
    async giveUpWaiting({ businessDate }) {
      const changed = await runs.giveUpWaiting(businessDate)
      if (changed.body.files.some(({ state }) => state === 'missing')) onCase?.('clearing_unacknowledged')
      return changed
    },
    settleDay: ({ businessDate }) =>
      beating(async () => {
        const { waitsFor, ...changed } = await runs.settle(businessDate)
        if (waitsFor.length > 0)
          throw waits(`waits for ${waitsFor.join(', ')}: due on the same settlement date or before`)
        return changed
      }),
    publishSettlement: ({ businessDate }) =>
      beating((signal) => runs.publishSettlement(businessDate, () => undefined, signal)),
    acknowledgeFile: ({ fileId, ...input }) =>
      refusalsAreFinal(async () => {
        const by = await personOf('clearing-day.acknowledge', fileId, input, deps)
        if (!(await mayAct(deps.pool, by, 'finance')))
          throw new LijianError('forbidden', `No API key ${by} may acknowledge files`)
        const { outcome, sha256, reasons } = input
        const request = parsed(acknowledgementRequest, { outcome, sha256, reasons })
        const said = await byHand.acknowledge(fileId, request, by)
        return { ...(await days.runOf(fileId)), ...('proposal' in said ? { proposal: said.proposal.id } : {}) }
      }),
    openDueRuns: () => days.openDue('@schedule'),
  }
}
