import { randomBytes } from 'node:crypto'
import { LijianError } from '@lijian/contracts/system'
import { readDecisionProof, signDecision, type Decision } from '@lijian/privacy'
import type { Pool } from 'pg'

/** Long enough to send an update, too short to keep one for later. */
const VALID_MS = 5 * 60_000

/** Signs what this person decides, for a flow that cannot ask for an API key. */
export function makeDecisionProof(key: Buffer, decision: Decision, by: string, nowMs: number) {
  const expiresAtMs = nowMs + VALID_MS
  const proof = signDecision(key, decision, { id: randomBytes(16).toString('base64url'), by, expiresAtMs })
  return { proof, expiresAt: new Date(expiresAtMs).toISOString() }
}

export interface Spending {
  db: Pick<Pool, 'query'>
  /** The first one signs. */
  keys: readonly Buffer[]
  proof: unknown
  /** The update of one flow: the same again has the same answer. */
  spentBy: string
  /** When the update asked; a retry may come long after. */
  askedAtMs: number
}

const refused = (why: string) =>
  new LijianError('forbidden', `proof: ${why}; ask POST /v1/decision-proofs for another one`)

/** The API key of the person who has decided this. Throws LijianError forbidden: nobody has, or the proof is spent or too old. */
export async function spendDecisionProof(decision: Decision, spending: Spending): Promise<string> {
  const { db, keys, spentBy, askedAtMs } = spending
  const proof = readDecisionProof(keys, decision, spending.proof)
  if (proof === undefined) throw refused('expected one for exactly this decision')
  const spent = async () => {
    const { rows } = await db.query<{ by: string }>('SELECT spent_by AS by FROM decision_proof WHERE id = $1', [
      proof.id,
    ])
    return rows[0]?.by
  }
  const before = await spent()
  if (before === spentBy) return proof.by
  if (before !== undefined) throw refused('it was used')
  if (askedAtMs > proof.expiresAtMs) throw refused('it has expired')
  await db.query(
    `INSERT INTO decision_proof (id, spent_by, decision, person) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`,
    [proof.id, spentBy, `${decision.update}/${decision.subject}`, proof.by],
  )
  // Two updates at once with one proof: the row is one's.
  if ((await spent()) !== spentBy) throw refused('it was used')
  return proof.by
}
