import type { FlowEvent } from '@lijian/contracts/system'
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import type { SearchAttributePair } from '@temporalio/common'
import {
  CHANGED_SIGNAL,
  searchAttributesOf,
  summaryOf,
  WORKFLOW_TYPE as TRANSACTION,
  type TransactionSnapshot,
} from '@lijian/workflow-transaction'
import { WORKFLOW_TYPE as REVERSE, type ReverseSnapshot } from '@lijian/workflow-reversal'
import type { OutboxRow, Parcel } from './lane'

export interface DeliverOptions {
  client: Client
  taskQueue: string
  timeoutMs: number
}

/**
 * Hands one transaction's events to Temporal: one call per workflow, in the order in which the workflows were first mentioned.
 * Safe to repeat: snapshots carry versions, and a reverse transaction starts once per id.
 */
export async function deliver(parcel: Parcel, options: DeliverOptions): Promise<void> {
  const byWorkflow = new Map<string, OutboxRow[]>()
  for (const row of parcel) byWorkflow.set(row.workflowId, [...(byWorkflow.get(row.workflowId) ?? []), row])
  for (const [workflowId, rows] of byWorkflow) {
    const { workflowType } = rows[0]!
    const send = () => {
      if (workflowType === TRANSACTION) return signalTransaction(workflowId, rows, options)
      if (workflowType === REVERSE) return startReverse(workflowId, rows[0]!.snapshot as ReverseSnapshot, options)
      return signalFlow(workflowId, workflowType, rows, options)
    }
    await options.client.connection.withDeadline(Date.now() + options.timeoutMs, send)
  }
}

async function signalTransaction(workflowId: string, rows: OutboxRow[], options: DeliverOptions): Promise<void> {
  const snapshots = rows.map(({ snapshot }) => snapshot as TransactionSnapshot).sort((a, b) => b.version - a.version)
  const [newest, ...older] = snapshots as [TransactionSnapshot, ...TransactionSnapshot[]]
  const { client, serial } = newest
  await options.client.workflow.signalWithStart(TRANSACTION, {
    workflowId,
    taskQueue: options.taskQueue,
    args: [{ client, serial }],
    signal: CHANGED_SIGNAL,
    signalArgs: [newest, ...older.filter((snapshot) => snapshot.case !== null)],
    typedSearchAttributes: searchAttributesOf(newest),
    staticSummary: summaryOf(newest),
    // A late success comes after its workflow has ended: it gets another run under the same id.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  })
}

async function startReverse(workflowId: string, reverse: ReverseSnapshot, options: DeliverOptions): Promise<void> {
  try {
    await options.client.workflow.start(REVERSE, {
      workflowId,
      taskQueue: options.taskQueue,
      args: [reverse],
      typedSearchAttributes: searchAttributesOf(reverse),
      staticSummary: `${reverse.kind} of ${reverse.originalSerial} · ${summaryOf(reverse)}`,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}

/** Any other flow says itself how it starts; of several changes it is told the newest. */
async function signalFlow(workflowId: string, type: string, rows: OutboxRow[], options: DeliverOptions): Promise<void> {
  const events = rows.map(({ snapshot }) => snapshot as FlowEvent).sort((a, b) => b.version - a.version)
  const { version, start, summary, attributes, body } = events[0]!
  if (!Array.isArray(start)) throw new Error(`outbox row of an unknown workflow type: ${type}`)
  await options.client.workflow.signalWithStart(type, {
    workflowId,
    taskQueue: options.taskQueue,
    args: [...start],
    signal: CHANGED_SIGNAL,
    signalArgs: [{ version, body }],
    typedSearchAttributes: attributes.map(({ name, type: kind, value }) => ({
      key: { name, type: kind },
      value,
    })) as SearchAttributePair[],
    staticSummary: summary,
    // What happens after its end starts another run, which reads how things stand and ends again.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  })
}

/** gRPC statuses that are about this one delivery; any other failure is about the road, and everything waits. */
const ABOUT_THE_PARCEL = new Set([
  3, // INVALID_ARGUMENT: too large, or a search attribute that the server does not know (yet)
  9, // FAILED_PRECONDITION: such as too many signals of one workflow
  11, // OUT_OF_RANGE
])

/** Whether Temporal refused this parcel (its neighbours may pass), as opposed to being away. */
export function isRefused(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'number') return ABOUT_THE_PARCEL.has(at.code)
  }
  // No gRPC status: it failed on our side, while it was made (an unknown type, a payload that cannot be converted).
  return true
}
