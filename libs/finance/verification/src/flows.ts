import { setTimeout as sleep } from 'node:timers/promises'
import { type Client as Temporal, WorkflowNotFoundError } from '@temporalio/client'
import { WORKFLOW_TYPE as CARD_CASE } from '@lijian/workflow-card-usage-case'
import { WORKFLOW_TYPE as CLEARING } from '@lijian/workflow-clearing-day'
import { WORKFLOW_TYPE as TRANSACTION } from '@lijian/workflow-transaction'
import { WORKFLOW_TYPE as CYCLE } from '@lijian/workflow-partner-cycle'
import { EARLIER_TYPE as FUNDING, WORKFLOW_TYPE as APPROVAL } from '@lijian/workflow-approval'
import { WORKFLOW_TYPE as REFUND } from '@lijian/workflow-refund'
import { LIMITS, steadyClient } from '@lijian/database'
import type { Client } from 'pg'
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
  'every hold, refund, date, proposal, statement and case of cards that waits has its workflow, or waits in the outbox',
  'every workflow that runs has the row that it is about',
] as const

/** Types of workflows that wait for something a row says; the others are only told what has happened. */
const TYPES = [TRANSACTION, REFUND, CLEARING, APPROVAL, FUNDING, CYCLE, CARD_CASE]

/** Ids of workflows that must run, since something waits for them: of those in the outbox Temporal has not been told yet. */
const OPEN = `
  SELECT id FROM (
    SELECT 'transaction/' || client || '/' || serial AS id FROM marketing_transaction WHERE state = 'held'
    UNION ALL
    SELECT 'refund/' || client || '/' || serial FROM reverse_transaction WHERE kind = 'refund' AND state IN ('waiting', 'refund_held')
    UNION ALL
    SELECT 'clearing/' || r.business_date FROM clearing_run r WHERE state <> 'settled' OR EXISTS (
      SELECT FROM clearing_file f WHERE f.kind = 'settlement' AND f.settlement_date = r.settlement_date AND f.state = 'created')
    UNION ALL
    -- Other kinds have flows since they expire.
    SELECT CASE WHEN kind IN ('receipt', 'withdrawal', 'credit_line', 'transfer', 'collection', 'cycle_adjustment') THEN 'funding/' ELSE 'approval/' END || id
    FROM proposal WHERE state = 'proposed' AND (expires_at IS NOT NULL OR kind <> 'case_resolution')
    UNION ALL
    SELECT 'cycle/' || partner || '/' || cycle || '/' || period FROM partner_cycle WHERE state <> 'closed'
    UNION ALL
    SELECT 'card-usage/' || merchant || '/' || method || '/' || id FROM card_usage_case WHERE state IN ('waiting_explanation', 'waiting_review')
  ) open WHERE NOT EXISTS (SELECT FROM outbox o WHERE o.workflow_id = open.id)`

/** Of these ids those whose row is not there. A client's code has no slash; a serial may. */
const WITHOUT_ROW = `
  SELECT id FROM unnest($1::text[]) id, LATERAL (
    SELECT split_part(id, '/', 1) AS kind, split_part(id, '/', 2) AS key, substr(id, strpos(id, '/') + length(split_part(id, '/', 2)) + 2) AS rest
  ) w
  WHERE NOT CASE w.kind
    WHEN 'transaction' THEN EXISTS (SELECT FROM marketing_transaction t WHERE t.client = w.key AND t.serial = w.rest)
    WHEN 'refund' THEN EXISTS (SELECT FROM reverse_transaction r WHERE r.client = w.key AND r.serial = w.rest AND r.kind = 'refund')
    WHEN 'clearing' THEN EXISTS (SELECT FROM clearing_run r WHERE r.business_date::text = w.key)
    WHEN 'approval' THEN EXISTS (SELECT FROM proposal p WHERE p.id::text = w.key)
    WHEN 'funding' THEN EXISTS (SELECT FROM proposal p WHERE p.id::text = w.key)
    WHEN 'card-usage' THEN EXISTS (SELECT FROM card_usage_case u WHERE u.merchant = w.key AND u.method || '/' || u.id = w.rest)
    ELSE EXISTS (SELECT FROM partner_cycle c WHERE c.partner = w.key AND c.cycle || '/' || c.period = w.rest) END`

/**
 * Compares what waits with workflows, in both directions. Each side is read once; what seems to disagree is asked again one by one (Temporal
 * by description, which does not lag) until it agrees or the time is over. Throws when either server is away.
 */
export async function compareFlows(options: FlowOptions): Promise<CheckResult[]> {
  const { temporal } = options
  const db = steadyClient(options.databaseUrl, { name: 'lijian-verify' }, LIMITS.whole)
  await db.connect()
  try {
    const begun = performance.now()
    const running = await runningFlows(options)
    const open = await idsOf(db, OPEN)
    const lost = open.filter((id) => !running.has(id))
    const orphans = await idsOf(db, WITHOUT_ROW, [[...running]])
    const ms = performance.now() - begun
    const until = begun + options.lookAgainMs
    const sides = [
      { rows: open.length, suspects: lost, again: (suspects: string[]) => stillLost(db, temporal, suspects) },
      { rows: running.size, suspects: orphans, again: (suspects: string[]) => stillOrphans(db, temporal, suspects) },
    ]
    const results: CheckResult[] = []
    for (const [i, { rows, suspects, again }] of sides.entries()) {
      const started = performance.now()
      const wrong = await lookAgain(suspects, again, until)
      results.push({
        name: FLOW_CHECKS[i]!,
        rows,
        ms: (i === 0 ? ms : 0) + performance.now() - started,
        wrong: wrong.slice(0, SHOWN_MAX).map((workflow) => ({ workflow })),
        more: wrong.length > SHOWN_MAX,
      })
    }
    return results
  } finally {
    await db.end()
  }
}

async function idsOf(db: Client, sql: string, values: unknown[] = []): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(sql, values)
  return rows.map(({ id }) => id)
}

async function runningFlows({ temporal, taskQueue }: FlowOptions): Promise<Set<string>> {
  const types = TYPES.map((type) => `'${type}'`).join(', ')
  const query = `TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Running' AND WorkflowType IN (${types})`
  const running = new Set<string>()
  for await (const { workflowId } of temporal.workflow.list({ query, pageSize: 1000 })) running.add(workflowId)
  return running
}

async function lookAgain(
  first: string[],
  again: (suspects: string[]) => Promise<string[]>,
  until: number,
): Promise<string[]> {
  let suspects = first
  while (suspects.length > 0) {
    suspects = await again(suspects)
    if (suspects.length === 0 || performance.now() > until) break
    await sleep(250)
  }
  return suspects
}

async function stillLost(db: Client, temporal: Temporal, suspects: string[]): Promise<string[]> {
  const left: string[] = []
  for (const id of suspects) if (!(await isRunning(temporal, id))) left.push(id)
  if (left.length === 0) return []
  return idsOf(db, `SELECT id FROM (${OPEN}) o JOIN unnest($1::text[]) AS s (id) USING (id)`, [left])
}

async function stillOrphans(db: Client, temporal: Temporal, suspects: string[]): Promise<string[]> {
  const running: string[] = []
  for (const id of await idsOf(db, WITHOUT_ROW, [suspects])) if (await isRunning(temporal, id)) running.push(id)
  return running
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
