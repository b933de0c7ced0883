import type { Proposal } from '@lijian/approvals'
import type { OpenCase, Resolutions } from '@lijian/cases'
import { currencyOfKey } from '@lijian/contracts/money'
import { LijianError, type FieldError } from '@lijian/contracts/system'
import type { ResolutionRequest } from '@lijian/contracts/people'
import {
  accountKind,
  ACCOUNT_KINDS,
  adjustmentPosting,
  differencePosting,
  isPartnerAccount,
  unmatchedReceiptPosting,
  writeOffPosting,
  type Posting,
} from '@lijian/ledger'
import { postEntry, type BusinessDayRule, type EntryToPost } from '@lijian/database'
import { grantResolution } from '@lijian/transactions'
import type { PoolClient } from 'pg'

/** Whose entries those of cases are: `@case`, and the proposal's id. */
const CLIENT = '@case'

type Ask<Name extends ResolutionRequest['resolution']> = Extract<ResolutionRequest, { resolution: Name }>

/** How cases end here: each posts what it costs, in the database transaction that closes the case. */
export function caseResolutions(day: BusinessDayRule): Resolutions {
  return {
    grant: grantResolution(day),
    accept: {
      async apply(db, open, proposal) {
        const booked = accepted(open)
        if (booked !== undefined) await post(db, open, proposal, booked, day)
      },
    },
    adjust: {
      check: (_open, body) => refuse(adjustErrors(body)),
      apply: (db, open, proposal) => {
        const { debit, credit, amount } = proposal.body
        return post(db, open, proposal, { event: 'adjustment', ...adjustmentPosting(debit, credit, amount) }, day)
      },
    },
    write_off: {
      check: (open, body) => refuse(writeOffErrors(open, body)),
      apply: (db, open, proposal) => {
        const { account, amount } = proposal.body
        return post(db, open, proposal, { event: 'write_off', ...writeOffPosting(account, amount) }, day)
      },
    },
  }
}

/** Prepaid balances are also counters that payments reserve from: only receipts, withdrawals and payments move them. */
function accountErrors(path: string, account: string): FieldError[] {
  const kind = accountKind(account)
  if (kind === undefined)
    return [
      {
        path,
        message: 'expected an account of the chart: docs/reference/postings.md',
        messageZh: '科目不存在，见 docs/reference/postings.md',
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

function adjustErrors({ debit, credit }: Ask<'adjust'>): FieldError[] {
  const errors = [...accountErrors('debit', debit), ...accountErrors('credit', credit)]
  if (debit === credit)
    errors.push({ path: 'credit', message: 'expected another account than "debit"', messageZh: '借贷科目不应相同' })
  const [from, to] = [currencyOfKey(debit), currencyOfKey(credit)]
  // The account of a partner does not say its currency; `verify` compares it.
  if (from !== to && !isPartnerAccount(debit) && !isPartnerAccount(credit))
    errors.push({
      path: 'credit',
      message: `expected an account in ${from} as "debit" is, found one in ${to}`,
      messageZh: `应为与 "debit" 相同币种 ${from} 的科目,实际为 ${to}`,
    })
  return errors
}

function writeOffErrors({ oursFen, theirsFen }: OpenCase, { account, amount }: Ask<'write_off'>): FieldError[] {
  const errors = accountErrors('account', account)
  if (oursFen === null && theirsFen === null) return errors
  const differenceFen = Math.abs((theirsFen ?? 0) - (oursFen ?? 0))
  if (Math.abs(amount) > differenceFen)
    errors.push({
      path: 'amount',
      message: `expected at most the difference, ${differenceFen} fen`,
      messageZh: `不应超过差额 ${differenceFen} 分`,
    })
  return errors
}

function refuse(errors: FieldError[]): void {
  if (errors.length > 0) throw new LijianError('invalid_request', undefined, { errors })
}

type Booked = Posting & Pick<EntryToPost, 'event'>

async function post(
  db: PoolClient,
  open: OpenCase,
  { id, body }: Proposal<ResolutionRequest>,
  { event, accounts, amountsFen }: Booked,
  day: BusinessDayRule,
): Promise<void> {
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

/** What stands is right; money over or short, or that nobody can place, waits in suspense. Undefined: nothing is to be booked. */
function accepted({ kind, cashFen, client, currency }: OpenCase): Booked | undefined {
  if (cashFen === null || cashFen === 0) return undefined
  if (kind === 'unmatched_receipt') return { event: 'unmatched_receipt', ...unmatchedReceiptPosting(cashFen, currency) }
  return { event: 'adjustment', ...differencePosting(client.startsWith('@') ? 'own' : 'reserve', cashFen, currency) }
}
