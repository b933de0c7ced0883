import type { DecidingUpdate } from '@lijian/contracts/people'
import { actAs } from '@lijian/database'
import { spendDecisionProof } from '@lijian/identity'
import { Context } from '@temporalio/activity'
import type { Pool } from 'pg'

export interface ProofDeps {
  pool: Pool
  /** Of the proofs that the API signs. */
  proofKeys: readonly Buffer[]
}

interface Proven {
  proof: string
  /** Id of the update. */
  update: string
}

/**
 * The API key of the person who has decided this. Whoever reaches Temporal can send an update and name anybody in it; only the API's proof says who
 * it was. `subject` is of the activity's input, `argument` all else of it.
 */
export async function personOf(
  update: DecidingUpdate,
  subject: number,
  { proof, update: id, ...argument }: Proven & object,
  { pool: db, proofKeys: keys }: ProofDeps,
): Promise<string> {
  const { workflowExecution, scheduledTimestampMs } = Context.current().info
  const spentBy = `${workflowExecution!.workflowId}/${id}`
  const person = await spendDecisionProof(
    { update, subject, argument },
    { db, keys, proof, spentBy, askedAtMs: scheduledTimestampMs },
  )
  actAs({ actor: person })
  return person
}
