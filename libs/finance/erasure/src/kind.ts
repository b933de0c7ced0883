import type { Proposal, ProposalKind } from '@lijian/approvals'
import { LijianError, type FlowEvent } from '@lijian/contracts/system'
import { writeOutbox } from '@lijian/database'
import { erasureWorkflowId, WORKFLOW_TYPE, type ErasureInput } from '@lijian/workflow-erasure'
import type { PoolClient } from 'pg'

/** What the approver is shown, and what stays with the approval: nothing by which the person could be known again. */
export interface ErasureBody {
  erasure: number
  namedBy: string[]
  legalBasis: string
  heldBack: { place: string; until: string; basis: string }[]
}

/** Once approved, its flow begins; not approved, the tokens go at once. */
export const erasureKind: ProposalKind<ErasureBody> = {
  async apply(db: PoolClient, { body: { erasure } }: Proposal<ErasureBody>) {
    const { rowCount } = await db.query(
      `UPDATE erasure SET state = 'running', begun_at = now() WHERE id = $1 AND state = 'proposed'`,
      [erasure],
    )
    if (rowCount !== 1) throw new LijianError('state_conflict', `Erasure ${erasure} does not wait for an approval`)
    const start: [ErasureInput] = [{ erasure }]
    const event: FlowEvent = { version: 1, start, summary: `erasure ${erasure}`, attributes: [], body: { erasure } }
    await writeOutbox(db, {
      client: '@erasure',
      serial: String(erasure),
      workflowId: erasureWorkflowId(erasure),
      workflowType: WORKFLOW_TYPE,
      snapshot: event,
      delayMs: 0,
      dated: false,
    })
  },
  async drop(db: PoolClient, { body: { erasure } }: Proposal<ErasureBody>) {
    await db.query(
      `UPDATE erasure SET state = 'dropped', tokens = NULL, payments = NULL, salt = NULL, ended_at = now() WHERE id = $1 AND state = 'proposed'`,
      [erasure],
    )
  },
}
