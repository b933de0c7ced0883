import { APPROVAL_KINDS, type ApprovalKindName } from '@lijian/contracts/people'
import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { LijianError } from '@lijian/contracts/system'
import { PROPOSAL_KINDS, type ProposalKindName } from '@lijian/contracts/finance'
import { mayAct } from '@lijian/identity'
import type { Pool, PoolClient } from 'pg'
import { unknownPartner } from './funds'

const fieldErrorsOf = (issues: readonly { path: PropertyKey[]; message: string }[]) =>
  issues.map(({ path, message }) => ({ path: path.join('.'), message }))

type Request<Kind extends ProposalKindName> = ReturnType<(typeof PROPOSAL_KINDS)[Kind]['request']['parse']>

/** Held against the schema of its kind: a new one has been, an amended one comes as it was sent. */
export function parsedAs<Kind extends ProposalKindName>(kind: Kind, request: unknown): Request<Kind> {
  const parsed = PROPOSAL_KINDS[kind as ProposalKindName].request.safeParse(request)
  if (!parsed.success)
    throw new LijianError('invalid_request', undefined, { errors: fieldErrorsOf(parsed.error.issues) })
  return parsed.data as Request<Kind>
}

interface Stored {
  account: { bank: string; last4: string } | null
  version: number
  currency: string
}

/** As a maker sends it about a partner; a checker is told the currency of its amount too, where it is not CNY. */
export async function readAbout<Kind extends ProposalKindName>(
  db: PoolClient,
  kind: Kind,
  partner: string,
  request: unknown,
) {
  const parsed = parsedAs(kind, request)
  const { rows } = await db.query<Stored>(
    `SELECT payout_account AS account, accounts_version AS version, currency FROM partner WHERE code = $1`,
    [partner],
  )
  const stored = rows[0]
  if (!stored) throw unknownPartner(partner)
  const { currency } = stored
  return {
    stored,
    said: currency === DEFAULT_CURRENCY ? parsed : { ...parsed, currency: saidCurrency(parsed) ?? currency },
  }
}

const saidCurrency = ({ currency }: { currency?: string | undefined }) => currency

/** Whether an API key may decide: for doors that have not authenticated it themselves. */
export async function mayDecide(pool: Pool, keyId: string, kind: string): Promise<boolean> {
  const spec = Object.hasOwn(APPROVAL_KINDS, kind) ? APPROVAL_KINDS[kind as ApprovalKindName] : undefined
  for (const scope of spec?.check ?? []) if (await mayAct(pool, keyId, scope)) return true
  return false
}
