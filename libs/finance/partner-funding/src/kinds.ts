import type { ProposalKind } from '@lijian/approvals'
import { LijianError } from '@lijian/contracts/system'
import type { CreditLineRequest, ReceiptRequest, TransferRequest, WithdrawalRequest } from '@lijian/contracts/finance'
import { topUpPosting, transferPosting, withdrawalPosting } from '@lijian/ledger'
import { postEntry, type BusinessDayRule } from '@lijian/database'
import type { ClientBase, PoolClient } from 'pg'
import { parsedAs, readAbout } from './proposals'
import { branchOfPartner, lockFunds, setFunds, unknownPartner, type Funds } from './funds'

type Db = Pick<ClientBase, 'query'>

/** A withdrawal as the checker sees it: with the account that the money goes to, and the version of the partner's accounts then. */
export type WithdrawalBody = WithdrawalRequest & { payoutAccount: string; accountsVersion: number }

/** Subject of transfers: they concern no partner. */
export const INSTITUTION = 'institution'

/** What money people enter and approve (docs/reference/postings.md); each effect happens in the database transaction of its approval. */
export const fundingKinds = (rule: BusinessDayRule) => ({
  receipt: receiptKind(rule),
  withdrawal: withdrawalKind(rule),
  credit_line: creditLineKind(),
  transfer: transferKind(rule),
})

const receiptKind = (rule: BusinessDayRule): ProposalKind<ReceiptRequest> => ({
  branch: branchOfPartner,
  read: async (db, subject, request) => (await readAbout(db, 'receipt', subject, request)).said,
  amountFen: ({ amount }) => amount,
  check: async (db, { subject, body }) => {
    await mustBe(db, subject, ['active', 'suspended'])
    await mustBeIn(db, subject, body.currency)
    await mustHaveCome(db, body.valueDate, rule)
  },
  apply: async (db, { id, subject, body }) => {
    const funds = await lockFunds(db, subject)
    statusIs(funds, ['active', 'suspended'])
    currencyIs(funds, body.currency)
    await setFunds(db, funds, { fundedFen: funds.fundedFen + body.amount })
    await postEntry(
      db,
      {
        event: 'top_up',
        client: '@receipt',
        serial: String(id),
        detail: { partner: subject, ...body },
        ...topUpPosting(subject, body.amount, funds.currency),
      },
      rule,
    )
  },
})

const withdrawalKind = (rule: BusinessDayRule): ProposalKind<WithdrawalBody> => ({
  branch: branchOfPartner,
  read: withdrawalOf,
  amountFen: ({ amount }) => amount,
  check: async (db, { subject, body }) => {
    const funds = await lockFunds(db, subject)
    mayTakeOut(funds, body)
    if (body.campaign !== undefined) await mustHaveCampaign(db, body.campaign)
  },
  apply: async (db, { id, subject, body }) => {
    const funds = await lockFunds(db, subject)
    mayTakeOut(funds, body)
    await setFunds(db, funds, { fundedFen: funds.fundedFen - body.amount })
    const { amount, campaign, payoutAccount } = body
    await postEntry(
      db,
      {
        event: 'withdrawal',
        client: '@withdrawal',
        serial: String(id),
        // What the order to the bank must carry, and its statement brings back.
        detail: { partner: subject, amount, campaign, payoutAccount, bankReference: `withdrawal-${id}` },
        ...withdrawalPosting(subject, amount, funds.currency),
      },
      rule,
    )
  },
})

/** The last digits are enough to compare. */
async function withdrawalOf(db: PoolClient, subject: string, request: unknown): Promise<WithdrawalBody> {
  const { said, stored } = await readAbout(db, 'withdrawal', subject, request)
  const { account, version } = stored
  if (!account)
    throw new LijianError(
      'state_conflict',
      `Partner ${subject} has no payout account: PUT /v1/partners/${subject} enters it`,
    )
  return { ...said, payoutAccount: `${account.bank} ****${account.last4}`, accountsVersion: version }
}

const creditLineKind = (): ProposalKind<CreditLineRequest> => ({
  branch: branchOfPartner,
  read: async (db, subject, request) => (await readAbout(db, 'credit_line', subject, request)).said,
  amountFen: ({ creditLine }) => creditLine,
  before: async (db, subject) => ({ creditLine: (await lockFunds(db, subject)).creditLineFen }),
  check: async (db, { subject, body }) => {
    const funds = await lockFunds(db, subject)
    mayHaveCredit(funds, body)
  },
  // A promise, not money: nothing is posted.
  apply: async (db, { subject, body }) => {
    const funds = await lockFunds(db, subject)
    mayHaveCredit(funds, body)
    await setFunds(db, funds, { creditLineFen: body.creditLine })
  },
})

const transferKind = (rule: BusinessDayRule): ProposalKind<TransferRequest> => ({
  read: async (_db, _subject, request) => parsedAs('transfer', request),
  amountFen: ({ amount }) => amount,
  check: (db, { body }) => mustHaveCome(db, body.valueDate, rule),
  apply: async (db, { id, body }) => {
    await postEntry(
      db,
      {
        event: 'transfer',
        client: '@transfer',
        serial: String(id),
        detail: body,
        ...transferPosting(body.to, body.amount, body.currency),
      },
      rule,
    )
  },
})

export async function mustBe(db: Db, partner: string, statuses: readonly Funds['status'][]): Promise<void> {
  const { rows } = await db.query<{ status: Funds['status'] }>('SELECT status FROM partner WHERE code = $1', [partner])
  if (!rows[0]) throw unknownPartner(partner)
  statusIs({ partner, status: rows[0].status }, statuses)
}

function statusIs({ partner, status }: Pick<Funds, 'partner' | 'status'>, statuses: readonly Funds['status'][]): void {
  if (!statuses.includes(status))
    throw new LijianError('state_conflict', `Partner ${partner} is ${status}`, { state: status })
}

/** For requests that say their currency: it is the partner's, or somebody has taken yen for fen. */
export async function mustBeIn(db: Db, partner: string, currency: string | undefined): Promise<void> {
  if (currency === undefined) return
  const { rows } = await db.query<{ currency: string }>('SELECT currency FROM partner WHERE code = $1', [partner])
  if (rows[0]) currencyIs({ partner, currency: rows[0].currency }, currency)
}

function currencyIs(
  { partner, currency: own }: Pick<Funds, 'partner' | 'currency'>,
  currency: string | undefined,
): void {
  if (currency !== undefined && currency !== own)
    throw new LijianError(
      'state_conflict',
      `Partner ${partner} is in ${own}, the amount in ${currency}: enter it in ${own}`,
    )
}

function mayTakeOut(funds: Funds, { amount, accountsVersion, currency }: WithdrawalBody): void {
  statusIs(funds, ['active'])
  currencyIs(funds, currency)
  if (funds.accountsVersion !== accountsVersion)
    throw new LijianError(
      'changed_since',
      `The accounts of ${funds.partner} have changed since this withdrawal was entered`,
    )
  // What was lent is not the partner's: the credit line is never paid out.
  const leftFen = Math.max(0, funds.fundedFen - funds.usedFen - funds.heldFen)
  if (amount > leftFen)
    throw new LijianError(
      'exceeds_balance',
      `Of the balance of ${funds.partner} ${leftFen} fen are neither used nor held`,
      { leftFen },
    )
}

function mayHaveCredit(funds: Funds, { creditLine, currency }: CreditLineRequest): void {
  currencyIs(funds, currency)
  if (creditLine > funds.creditLineFen) statusIs(funds, ['active'])
  const taken = funds.usedFen + funds.heldFen
  if (funds.fundedFen + creditLine < taken)
    throw new LijianError(
      'state_conflict',
      `${taken} fen are used or held, more than the ${funds.fundedFen + creditLine} that would remain`,
    )
}

async function mustHaveCampaign(db: Db, code: string): Promise<void> {
  const { rowCount } = await db.query('SELECT 1 FROM campaign WHERE code = $1', [code])
  if (rowCount === 0) throw new LijianError('not_found', `There is no campaign ${code}`)
}

/** By the database's clock in the institution's zone, like business dates. */
export async function mustHaveCome(db: Db, date: string, { timeZone }: BusinessDayRule): Promise<void> {
  const { rows } = await db.query<{ future: boolean }>(
    'SELECT $1::date > (clock_timestamp() AT TIME ZONE $2)::date AS future',
    [date, timeZone],
  )
  if (rows[0]!.future)
    throw new LijianError('invalid_request', undefined, {
      errors: [{ path: 'valueDate', message: 'expected a date that has come' }],
    })
}
