import type { Erasures, ForgetFlows } from '@lijian/erasure'
import type { ErasureActivities } from '@lijian/workflow-erasure'
import { transactionWorkflowId } from '@lijian/workflow-transaction'
import { isGrpcServiceError, type Connection } from '@temporalio/client'

export interface TemporalConnection {
  connection: Connection
  namespace: string
}

const NOT_FOUND = 5
const RUNNING = 1
const DAY_SECONDS = 86_400

/** What the flow of an erasure asks of libs/finance/erasure and of Temporal itself. */
export const erasureActivities = (
  erasures: Pick<Erasures, 'erasePlace' | 'certify'>,
  temporal: TemporalConnection,
): ErasureActivities => ({
  erasePlace: ({ erasure, place }) => erasures.erasePlace(erasure, place, forgetting(temporal)),
  certifyErasure: ({ erasure }) => erasures.certify(erasure),
})

/**
 * The Temporal door has tokens in its histories. A flow that runs is left alone and waited for. Temporal says yes at once and removes in its own
 * time, half a minute later: until a look finds a history no more, it is `going`.
 */
export const forgetting =
  (temporal: TemporalConnection): ForgetFlows =>
  async (payments) => {
    const flows = { found: 0, open: 0, going: 0 }
    for (const [client, serial] of payments)
      for (const execution of await runsOf(temporal, transactionWorkflowId(client, serial))) {
        const status = await statusOf(temporal, execution)
        if (status === undefined) continue
        flows.found++
        if (status === RUNNING) flows.open++
        else if (await remove(temporal, execution)) flows.going++
      }
    return { ...flows, keptDays: await keptDaysOf(temporal) }
  }

interface Execution {
  workflowId: string
  runId: string
}

/** A call that came again after the end has begun another run of the same id. The newest is asked for too: the list is a little behind. */
async function runsOf({ connection, namespace }: TemporalConnection, workflowId: string): Promise<Execution[]> {
  const runs = new Set<string>()
  const newest = await ifThere(
    connection.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } }),
  )
  if (newest?.workflowExecutionInfo?.execution?.runId) runs.add(newest.workflowExecutionInfo.execution.runId)
  const query = `WorkflowId = '${workflowId.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
  let nextPageToken: Uint8Array | undefined
  do {
    const page = await connection.workflowService.listWorkflowExecutions({ namespace, query, nextPageToken })
    for (const { execution } of page.executions) if (execution?.runId) runs.add(execution.runId)
    nextPageToken = page.nextPageToken
  } while (nextPageToken?.length)
  return [...runs].map((runId) => ({ workflowId, runId }))
}

const statusOf = async ({ connection, namespace }: TemporalConnection, execution: Execution) =>
  (await ifThere(connection.workflowService.describeWorkflowExecution({ namespace, execution })))?.workflowExecutionInfo
    ?.status

const remove = ({ connection, namespace }: TemporalConnection, workflowExecution: Execution) =>
  ifThere(connection.workflowService.deleteWorkflowExecution({ namespace, workflowExecution }))

async function keptDaysOf({ connection, namespace }: TemporalConnection): Promise<number> {
  const { config } = await connection.workflowService.describeNamespace({ namespace })
  return Math.ceil(Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_SECONDS)
}

const ifThere = <Answer>(asked: Promise<Answer>): Promise<Answer | undefined> =>
  asked.catch((error: unknown) => {
    if (isGrpcServiceError(error) && Number(error.code) === NOT_FOUND) return undefined
    throw error
  })
