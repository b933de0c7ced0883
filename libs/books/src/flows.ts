import { setTimeout as sleep } from 'node:timers/promises'
import type { Client as Temporal } from '@temporalio/client'
import { WorkflowNotFoundError } from '@temporalio/client'
import { transactionWorkflowId, WORKFLOW_TYPE as TRANSACTION } from '@lijian/workflow-marketing-transaction'
import { refundWorkflowId, WORKFLOW_TYPE as REFUND } from '@lijian/workflow-refund'
import { Client } from 'pg'
import { SHOWN_MAX, type CheckResult } from './verify'

export interface FlowOptions {
  databaseUrl: string
  temporal: Temporal
  /** Of the worker: workflows of others on the same server are not ours. */
  taskQueue: string
  /** What seems to disagree is looked at again for so long: under traffic both sides move, and Temporal's list lags behind. */
  lookAgainMs: number
}

export const FLOW_CHECKS = [
  'every hold and open refund has its workflow, or waits in the outbox',
  'every running transaction or refund workflow has its row',
] as const

/** One thing that waits, on either side. */
interface Waiting {
  kind: 'transaction' | 'refund'
  client: string
  serial: string
}

const idOf = ({ kind, client, serial }: Waiting): string =>
  kind === 'transaction' ? transactionWorkflowId(client, serial) : refundWorkflowId(client, serial)

/** A client's code has no slash; a serial may. */
function waitingOf(workflowId: string): Waiting | undefined {
  const [, kind, client, serial] = /^(transaction|refund)\/([^/]+)\/(.+)$/s.exec(workflowId) ?? []
  return kind === undefined ? undefined : { kind: kind as Waiting['kind'], client: client!, serial: serial! }
}

/** Holds that are not over and refunds without a result, of which Temporal has been told. */
const OPEN = `
  SELECT * FROM (
    SELECT 'transaction' AS kind, client, serial, 'transaction/' || client || '/' || serial AS id FROM marketing_transaction WHERE state = 'held'
    UNION ALL
    SELECT 'refund', client, serial, 'refund/' || client || '/' || serial FROM reverse_transaction WHERE kind = 'refund' AND state IN ('waiting', 'refund_held')
  ) open WHERE NOT EXISTS (SELECT FROM outbox o WHERE o.workflow_id = open.id)`

/**
 * Compares holds with workflows, in both directions. Each side is read once; what seems to disagree is asked again one by one (Temporal by
 * description, which does not lag) until it agrees or the time is over. Throws when either server is away.
 */
export async function compareFlows(options: FlowOptions): Promise<CheckResult[]> {
  const db = new Client({ connectionString: options.databaseUrl, application_name: 'lijian-verify' })
  db.on('error', () => undefined)
  await db.connect()
  try {
    const begun = performance.now()
    const running = await runningFlows(options)
    const { rows: open } = await db.query<Waiting & { id: string }>(OPEN)
    const lost = open.filter(({ id }) => !running.has(id))
    const orphans = await withoutRow(db, [...running.values()])
    const ms = performance.now() - begun
    const until = begun + options.lookAgainMs
    const sides = [
      { rows: open.length, suspects: lost, again: (suspects: Waiting[]) => stillLost(db, options.temporal, suspects) },
      {
        rows: running.size,
        suspects: orphans,
        again: (suspects: Waiting[]) => stillOrphans(db, options.temporal, suspects),
      },
    ]
    const results: CheckResult[] = []
    for (const [i, { rows, suspects, again }] of sides.entries()) {
      const started = performance.now()
      const wrong = await lookAgain(suspects, again, until)
      results.push({
        name: FLOW_CHECKS[i]!,
        rows,
        ms: (i === 0 ? ms : 0) + performance.now() - started,
        wrong: wrong.slice(0, SHOWN_MAX).map((waiting) => ({ workflow: idOf(waiting) })),
        more: wrong.length > SHOWN_MAX,
      })
    }
    return results
  } finally {
    await db.end()
  }
}

async function runningFlows({ temporal, taskQueue }: FlowOptions): Promise<Map<string, Waiting>> {
  const query = `TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Running' AND WorkflowType IN ('${TRANSACTION}', '${REFUND}')`
  const running = new Map<string, Waiting>()
  for await (const { workflowId } of temporal.workflow.list({ query, pageSize: 1000 })) {
    const waiting = waitingOf(workflowId)
    if (waiting) running.set(workflowId, waiting)
  }
  return running
}

async function lookAgain(
  first: Waiting[],
  again: (suspects: Waiting[]) => Promise<Waiting[]>,
  until: number,
): Promise<Waiting[]> {
  let suspects = first
  while (suspects.length > 0) {
    suspects = await again(suspects)
    if (suspects.length === 0 || performance.now() > until) break
    await sleep(250)
  }
  return suspects
}

async function stillLost(db: Client, temporal: Temporal, suspects: Waiting[]): Promise<Waiting[]> {
  const left: Waiting[] = []
  for (const suspect of suspects) if (!(await isRunning(temporal, idOf(suspect)))) left.push(suspect)
  if (left.length === 0) return []
  const { rows } = await db.query<Waiting>(
    `SELECT o.kind, o.client, o.serial FROM (${OPEN}) o JOIN unnest($1::text[]) AS s (id) USING (id)`,
    [left.map(idOf)],
  )
  return rows
}

async function stillOrphans(db: Client, temporal: Temporal, suspects: Waiting[]): Promise<Waiting[]> {
  const left = await withoutRow(db, suspects)
  const running: Waiting[] = []
  for (const orphan of left) if (await isRunning(temporal, idOf(orphan))) running.push(orphan)
  return running
}

async function withoutRow(db: Client, waiting: readonly Waiting[]): Promise<Waiting[]> {
  const { rows } = await db.query<Waiting>(
    `SELECT w.kind, w.client, w.serial FROM unnest($1::text[], $2::text[], $3::text[]) AS w (kind, client, serial)
     WHERE CASE w.kind WHEN 'transaction' THEN NOT EXISTS (SELECT FROM marketing_transaction t WHERE t.client = w.client AND t.serial = w.serial)
       ELSE NOT EXISTS (SELECT FROM reverse_transaction r WHERE r.client = w.client AND r.serial = w.serial AND r.kind = 'refund') END`,
    [waiting.map(({ kind }) => kind), waiting.map(({ client }) => client), waiting.map(({ serial }) => serial)],
  )
  return rows
}

async function isRunning(temporal: Temporal, workflowId: string): Promise<boolean> {
  try {
    const { status } = await temporal.workflow.getHandle(workflowId).describe()
    return status.name === 'RUNNING'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}
