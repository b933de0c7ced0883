import type { Proposal, ProposalKind } from '@lijian/approvals'
import { LijianError, type FieldError } from '@lijian/contracts/system'
import type { ResolutionRequest } from '@lijian/contracts/people'
import {
  accountKind,
  ACCOUNT_KINDS,
  adjustmentPosting,
  differencePosting,
  unmatchedReceiptPosting,
  writeOffPosting,
  type Posting,
} from '@lijian/ledger'
import { postEntry, type BusinessDayRule, type EntryToPost } from '@lijian/database'
import { grantUnfunded } from '@lijian/transactions'
import type { PoolClient } from 'pg'

export const CASE_RESOLUTION = 'case_resolution'
/** Whose entries those of cases are: `@case`, and the proposal's id. */
const CLIENT = '@case'

interface OpenCase {
  id: number
  kind: string
  client: string
  serial: string
  merchant: string | null
  oursFen: number | null
  theirsFen: number | null
  cashFen: number | null
  amountFen: number | null
}

/** How cases end: approved by a second person, it is posted and the case closed in one database transaction. */
export const caseResolution = (day: BusinessDayRule): ProposalKind<ResolutionRequest> => ({
  async check(db, { subject, body }) {
    mayEnd(await lockOpen(db, subject), body)
  },
  async apply(db, proposal) {
    const open = await lockOpen(db, proposal.subject)
    mayEnd(open, proposal.body)
    await settle(db, open, proposal, day)
    const { resolution, evidence } = proposal.body
    await db.query(
      `UPDATE reconciliation_case SET state = 'closed', resolution = $2, resolved_by = $3, closed_at = now(), evidence = coalesce($4, evidence)
       WHERE id = $1`,
      [open.id, resolution, proposal.id, evidence ?? null],
    )
  },
})

async function lockOpen(db: PoolClient, subject: string): Promise<OpenCase> {
  const { rows } = await db.query<Record<string, unknown>>(
    `SELECT id, kind, client, serial, merchant, state, ours_fen AS "oursFen", theirs_fen AS "theirsFen", cash_fen AS "cashFen",
       amount_fen AS "amountFen" FROM reconciliation_case WHERE id = $1 FOR UPDATE`,
    [subject],
  )
  const row = rows[0]
  if (!row) throw new LijianError('not_found', `There is no case ${subject}`)
  if (row['state'] !== 'open') throw new LijianError('state_conflict', `Case ${subject} is closed`, { state: 'closed' })
  const number = (name: string) => (row[name] === null ? null : Number(row[name]))
  return {
    ...(row as Pick<OpenCase & Record<string, unknown>, 'kind' | 'client' | 'serial' | 'merchant'>),
    id: Number(row['id']),
    oursFen: number('oursFen'),
    theirsFen: number('theirsFen'),
    cashFen: number('cashFen'),
    amountFen: number('amountFen'),
  }
}

/** Prepaid balances are also counters that payments reserve from: only receipts, withdrawals and payments move them. */
function accountErrors(path: string, account: string): FieldError[] {
  const kind = accountKind(account)
  if (kind === undefined)
    return [
      {
        path,
        message: 'expected an account of the chart: docs/postings.md',
        messageZh: '科目不存在，见 docs/postings.md',
      },
    ]
  if (kind === ACCOUNT_KINDS.prepaid)
    return [
      {
        path,
        message: 'expected another account: a prepaid balance is changed by a receipt or a withdrawal',
        messageZh: '预存款只能通过入账或退款变动',
      },
    ]
  return []
}

function mayEnd({ kind, oursFen, theirsFen }: OpenCase, body: ResolutionRequest): void {
  const errors: FieldError[] = []
  if (body.resolution === 'grant' && kind !== 'unfunded')
    throw new LijianError('state_conflict', `Only a case of the kind unfunded can be granted; this one is ${kind}`)
  if (body.resolution === 'adjust') {
    errors.push(...accountErrors('debit', body.debit), ...accountErrors('credit', body.credit))
    if (body.debit === body.credit)
      errors.push({ path: 'credit', message: 'expected another account than "debit"', messageZh: '借贷科目不应相同' })
  }
  if (body.resolution === 'write_off') {
    errors.push(...accountErrors('account', body.account))
    if (oursFen !== null || theirsFen !== null) {
      const differenceFen = Math.abs((theirsFen ?? 0) - (oursFen ?? 0))
      if (Math.abs(body.amount) > differenceFen)
        errors.push({
          path: 'amount',
          message: `expected at most the difference, ${differenceFen} fen`,
          messageZh: `不应超过差额 ${differenceFen} 分`,
        })
    }
  }
  if (errors.length > 0) throw new LijianError('invalid_request', undefined, { errors })
}

async function settle(
  db: PoolClient,
  open: OpenCase,
  { id, body }: Proposal<ResolutionRequest>,
  day: BusinessDayRule,
): Promise<void> {
  if (body.resolution === 'grant') {
    await grantUnfunded(db, { client: open.client, serial: open.serial }, day)
    return
  }
  const booked = body.resolution === 'accept' ? accepted(open) : ordered(body)
  if (booked === undefined) return
  const { event, accounts, amountsFen } = booked
  const detail = {
    case: open.id,
    kind: open.kind,
    reason: body.reason,
    // A bank reference that is booked now matches its line from now on.
    ...(open.client.startsWith('@') ? { bankReference: open.serial } : { client: open.client, serial: open.serial }),
  }
  const entry: EntryToPost = { event, client: CLIENT, serial: String(id), detail, accounts, amountsFen }
  await postEntry(db, open.merchant === null ? entry : { ...entry, merchant: open.merchant }, day)
}

type Booked = Posting & Pick<EntryToPost, 'event'>

function ordered(body: Extract<ResolutionRequest, { resolution: 'adjust' | 'write_off' }>): Booked {
  return body.resolution === 'adjust'
    ? { event: 'adjustment', ...adjustmentPosting(body.debit, body.credit, body.amount) }
    : { event: 'write_off', ...writeOffPosting(body.account, body.amount) }
}

/** What stands is right; money over or short, or that nobody can place, waits in suspense. Undefined: nothing is to be booked. */
function accepted({ kind, cashFen, client }: OpenCase): Booked | undefined {
  if (cashFen === null || cashFen === 0) return undefined
  if (kind === 'unmatched_receipt') return { event: 'unmatched_receipt', ...unmatchedReceiptPosting(cashFen) }
  return { event: 'adjustment', ...differencePosting(client.startsWith('@') ? 'own' : 'reserve', cashFen) }
}
