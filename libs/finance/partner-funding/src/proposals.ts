import { mayAct } from '@lijian/identity'
import { Proposals, type Proposal, type ProposalKind, type ProposalQuery } from '@lijian/approvals'
import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { LijianError } from '@lijian/contracts/system'
import { PROPOSAL_KINDS, type ProposalKindName, type WithdrawalRequest } from '@lijian/contracts/finance'
import type { ProposalAnswer } from '@lijian/contracts/people'
import type { FundingSnapshot } from '@lijian/workflow-partner-funding'
import type { Pool } from 'pg'
import { fundingSnapshot } from './event'
import { unknownPartner } from './funds'
import type { WithdrawalBody } from './kinds'

const fieldErrorsOf = (issues: readonly { path: PropertyKey[]; message: string }[]) =>
  issues.map(({ path, message }) => ({ path: path.join('.'), message }))

/** Proposals of money as the doors use them: what is entered, completed by what the checker must know; and as it is answered. */
export class MoneyProposals {
  private readonly proposals: Proposals

  constructor(
    private readonly pool: Pool,
    kinds: Readonly<Record<string, ProposalKind<never>>>,
  ) {
    this.proposals = new Proposals(pool, kinds)
  }

  async propose(kind: ProposalKindName, subject: string, request: object, actor: string): Promise<ProposalAnswer> {
    return answerOf(await this.proposals.propose(kind, subject, await this.complete(kind, subject, request), actor))
  }

  /** `request`: as it came; it is held against the schema of the proposal's kind. */
  async amend(id: number, request: unknown, actor: string): Promise<ProposalAnswer> {
    const { kind, subject } = await this.proposals.read(id)
    const parsed = PROPOSAL_KINDS[kind as ProposalKindName].request.safeParse(request)
    if (!parsed.success)
      throw new LijianError('invalid_request', undefined, { errors: fieldErrorsOf(parsed.error.issues) })
    return answerOf(
      await this.proposals.amend(id, await this.complete(kind as ProposalKindName, subject, parsed.data), actor),
    )
  }

  withdraw = async (id: number, actor: string): Promise<ProposalAnswer> =>
    answerOf(await this.proposals.withdraw(id, actor))
  approve = async (id: number, hash: string, actor: string): Promise<ProposalAnswer> =>
    answerOf(await this.proposals.approve(id, hash, actor))
  reject = async (id: number, hash: string, actor: string, reason: string): Promise<ProposalAnswer> =>
    answerOf(await this.proposals.reject(id, hash, actor, reason))
  read = async (id: number): Promise<ProposalAnswer> => answerOf(await this.proposals.read(id))

  async list(query: ProposalQuery): Promise<{ proposals: ProposalAnswer[]; next?: string }> {
    const { proposals, ...next } = await this.proposals.list(query)
    return { proposals: proposals.map(answerOf), ...next }
  }

  /** What its flow shows of it. */
  snapshot(answer: ProposalAnswer): FundingSnapshot {
    return fundingSnapshot({ checker: null, checkedAt: null, reason: null, ...answer })
  }

  /** A checker is told where the money goes, its last digits are enough to compare; and in which currency, where it is not CNY. */
  private async complete(kind: ProposalKindName, subject: string, request: object): Promise<object> {
    if (kind === 'transfer') return request
    const { rows } = await this.pool.query(
      `SELECT payout_account AS account, accounts_version AS version, currency FROM partner WHERE code = $1`,
      [subject],
    )
    if (!rows[0]) throw unknownPartner(subject)
    const { account, version, currency } = rows[0]
    const said = currency === DEFAULT_CURRENCY ? request : { currency, ...request }
    if (kind !== 'withdrawal') return said
    if (!account)
      throw new LijianError(
        'state_conflict',
        `Partner ${subject} has no payout account: PUT /v1/partners/${subject} enters it`,
      )
    const body: WithdrawalBody = {
      ...(said as WithdrawalRequest),
      payoutAccount: `${account.bank} ****${account.last4}`,
      accountsVersion: version,
    }
    return body
  }
}

/** Whether an API key may decide: for doors that have not authenticated it themselves. */
export async function mayDecide(pool: Pool, keyId: string, kind: string): Promise<boolean> {
  const scope = PROPOSAL_KINDS[kind as ProposalKindName]?.check
  return scope !== undefined && mayAct(pool, keyId, scope)
}

function answerOf({ checker, checkedAt, reason, body, ...proposal }: Proposal): ProposalAnswer {
  return {
    ...proposal,
    body: body as Record<string, unknown>,
    ...(checker === null ? {} : { checker }),
    ...(checkedAt === null ? {} : { checkedAt }),
    ...(reason === null ? {} : { reason }),
  }
}
