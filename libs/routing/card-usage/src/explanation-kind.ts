import { liftRef, type ProposalKind } from '@lijian/approvals'
import { explanationRequest, merchantMethodRef, type CardCaseState } from '@lijian/contracts/routing'
import { LijianError } from '@lijian/contracts/system'
import type { ClientBase } from 'pg'
import { readCase, type CaseRow } from './row'

export const CARD_USAGE = 'card_usage'

export interface ExplanationBody {
  merchant: string
  method: string
  /** Reference of the merchant's written explanation. */
  file: string
  note?: string
}

/** How a reviewer sends an explanation back: asking for another one, or ending the case with the method still stopped. */
export interface Returned {
  reason: string
  keepSuspended: boolean
}

/** The explanation of a case, by the case's id: approved it opens the method again. `returned`: what a rejection says beside its reason. */
export const explanationKind = (returned?: Returned): ProposalKind<ExplanationBody> => ({
  replaces: true,

  async read(db, subject, request) {
    const parsed = explanationRequest.safeParse(request)
    if (!parsed.success)
      throw new LijianError('invalid_request', undefined, {
        errors: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
      })
    const { id, state, merchant, method } = await readCase(db, Number(subject), true)
    if (state === 'reopened') throw new LijianError('state_conflict', `Case ${id} has ended: the method is open`)
    const { file, note } = parsed.data
    return { merchant, method, file, ...(note === undefined ? {} : { note }) }
  },

  async check(db, { subject, body: { file, note }, maker }) {
    const explanation = { file, ...(note === undefined ? {} : { note }), by: maker }
    const event = { what: 'explained', by: maker, words: file }
    await write(db, await readCase(db, Number(subject), true), { state: 'waiting_review', explanation, event })
  },

  async apply(db, { subject }, checker) {
    const row = await readCase(db, Number(subject), true)
    mustBeReviewed(row)
    await write(db, row, { state: 'reopened', decision: { by: checker }, event: { what: 'approved', by: checker } })
  },

  async drop(db, { subject, maker }, { state: how, by, reason }) {
    const row = await readCase(db, Number(subject), true)
    if (row.state !== 'waiting_review') return
    if (how !== 'rejected' || by === undefined) {
      const event = { what: how, by: by ?? maker }
      await write(db, row, { state: 'waiting_explanation', event })
      return
    }
    const kept = returned?.keepSuspended === true
    await write(db, row, {
      state: kept ? 'kept_suspended' : 'waiting_explanation',
      decision: { reason: reason ?? '', by },
      event: { what: kept ? 'kept_suspended' : 'returned', by, words: reason ?? '' },
    })
  },
})

export function mustBeReviewed({ id, state }: CaseRow): void {
  if (state !== 'waiting_review')
    throw new LijianError('state_conflict', `Case ${id} is ${state}: there is no explanation to decide on`)
}

interface Change {
  state: CardCaseState
  explanation?: { file: string; note?: string; by: string }
  decision?: { reason?: string; by: string }
  event: { what: string; by: string; words?: string }
}

async function write(db: ClientBase, { id, merchant, method }: CaseRow, change: Change): Promise<void> {
  const { state, explanation, decision, event } = change
  await db.query(
    `UPDATE card_usage_case SET state = $2, version = version + 1,
       explanation = CASE WHEN $3::jsonb IS NULL THEN explanation ELSE $3::jsonb || jsonb_build_object('at', now()) END,
       decision = CASE WHEN $4::jsonb IS NOT NULL THEN $4::jsonb || jsonb_build_object('at', now()) END,
       history = history || (jsonb_build_object('at', now()) || $5::jsonb),
       closed_at = CASE WHEN $2 IN ('reopened', 'kept_suspended') THEN now() END
     WHERE id = $1`,
    [
      id,
      state,
      explanation && JSON.stringify(explanation),
      decision && JSON.stringify(decision),
      JSON.stringify(event),
    ],
  )
  // Only what the case itself has stopped: what a person stopped stays stopped.
  if (state === 'reopened') await liftRef(db, merchantMethodRef(merchant, method), '@card-usage')
  await db.query('SELECT tell_card_usage_case($1)', [id])
}
