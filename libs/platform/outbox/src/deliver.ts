import type { FlowEvent, FlowEvents } from '@lijian/contracts/system'
import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowStartOptions } from '@temporalio/client'
import type { SearchAttributePair } from '@temporalio/common'
import type { OutboxRow, Parcel } from './lane'

export interface DeliverOptions {
  client: Client
  taskQueue: string
  /** By Date.now(): Temporal's answers are waited for until then. */
  deadlineMs: number
  flows: FlowEvents
}

/** Signal by which every flow learns what has changed. */
const CHANGED_SIGNAL = 'changed'

/**
 * Hands over the events that belong together: one call per workflow, in the order in which the workflows were first mentioned.
 * Safe to repeat: events carry versions, and a flow that may start once does.
 */
export async function deliver(parcel: Parcel, options: DeliverOptions): Promise<void> {
  const byWorkflow = new Map<string, OutboxRow[]>()
  for (const row of parcel) byWorkflow.set(row.workflowId, [...(byWorkflow.get(row.workflowId) ?? []), row])
  for (const [workflowId, rows] of byWorkflow) {
    const { workflowType } = rows[0]!
    const events = rows.map((row) => eventOf(row, options.flows)).sort((a, b) => b.version - a.version)
    const send = () => tell(workflowId, workflowType, events as [FlowEvent, ...FlowEvent[]], options)
    await options.client.connection.withDeadline(options.deadlineMs, send)
  }
}

function eventOf({ workflowType, snapshot }: OutboxRow, flows: FlowEvents): FlowEvent {
  const event = flows[workflowType]?.(snapshot as never) ?? (snapshot as FlowEvent)
  if (!Array.isArray(event.start)) throw new Error(`outbox row of an unknown workflow type: ${workflowType}`)
  return event
}

async function tell(
  workflowId: string,
  type: string,
  [newest, ...older]: [FlowEvent, ...FlowEvent[]],
  { client, taskQueue }: DeliverOptions,
): Promise<void> {
  const { start, summary, attributes, signal, reuse } = newest
  const options: WorkflowStartOptions = {
    workflowId,
    taskQueue,
    args: [...start],
    typedSearchAttributes: attributes.map(({ name, type: kind, value }) => ({
      key: { name, type: kind },
      value,
    })) as SearchAttributePair[],
    staticSummary: summary,
    // What happens after a flow's end starts another run under the same id: a late success, a change that the flow reads before it ends again.
    workflowIdReusePolicy: reuse === 'never' ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
  }
  if (signal === 'none') return startOnce(client, type, options)
  const told = [newest, ...older.filter(({ keep }) => keep)]
  const signalArgs = told.map(({ version, body }) => (signal === 'body' ? body : { version, body }))
  await client.workflow.signalWithStart(type, { ...options, signal: CHANGED_SIGNAL, signalArgs })
}

/** The id that runs already is the same event, delivered before. */
async function startOnce(client: Client, type: string, options: WorkflowStartOptions): Promise<void> {
  try {
    await client.workflow.start(type, options)
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
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
