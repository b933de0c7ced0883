import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import type { FlowEvent } from '@lijian/contracts/system'
import { writeOutbox } from '@lijian/database'
import {
  cycleAttributes,
  cycleSummary,
  cycleWorkflowId,
  WORKFLOW_TYPE,
  type CycleInput,
  type CycleSnapshot,
} from '@lijian/workflow-partner-cycle'
import type { ClientBase } from 'pg'
import { openFen, type CycleRow } from './row'

export function cycleSnapshot(row: CycleRow): CycleSnapshot {
  const { id, partner, cycle, period, from, to, campaigns, state, version, openingFen, closingFen, dueFen, paidFen } =
    row
  return {
    id,
    partner,
    ...(row.currency === DEFAULT_CURRENCY ? {} : { currency: row.currency }),
    cycle,
    period,
    from,
    to,
    campaigns,
    state,
    version,
    openingFen,
    closingFen,
    dueFen,
    paidFen,
    incomeFen: row.collectedFen + (row.prepaid?.paidInFen ?? 0),
    expenseFen: row.chargedFen - row.returnedFen + (row.prepaid ? row.prepaid.spentFen - row.prepaid.returnedFen : 0),
    openFen: openFen(row),
    disputed: row.disputes.filter((dispute) => dispute.state === 'open').length,
    balanceFen: row.prepaid?.closingFen ?? null,
    lowBalance: row.prepaid?.low ?? false,
    issuedAt: row.issuedAt.toISOString(),
  }
}

/** In the database transaction of the change. */
export async function tellCycle(db: Pick<ClientBase, 'query'>, row: CycleRow): Promise<void> {
  const body = cycleSnapshot(row)
  const { partner, cycle, period } = row
  const start: [CycleInput] = [{ id: row.id, partner, cycle, period }]
  const event: FlowEvent = {
    version: row.version,
    start,
    summary: cycleSummary(body),
    attributes: cycleAttributes(body),
    body,
  }
  await writeOutbox(db, {
    client: '@cycle',
    serial: String(row.id),
    workflowId: cycleWorkflowId(partner, cycle, period),
    workflowType: WORKFLOW_TYPE,
    snapshot: event,
    delayMs: 0,
    dated: false,
  })
}
