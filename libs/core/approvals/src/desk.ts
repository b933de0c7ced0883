import {
  approvalKindSpec,
  type ApprovalCounts,
  type ApprovalLine,
  type ApprovalPage,
  type ApprovalQuery,
  type ProposalAnswer,
  type Scope,
} from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import type { Pool } from 'pg'
import { proposalAnswerOf } from './answers'
import { Inbox } from './inbox'
import { mayDecide } from './may'
import type { Proposals } from './proposals'
import { rightsOf, type Asking } from './rights'

/** Proposals of every kind as the doors use them: with the rights of the one who asks. */
export class ApprovalDesk {
  private readonly inbox: Inbox

  constructor(
    private readonly pool: Pool,
    private readonly proposals: Proposals,
    /** After an approval: brings this process's memory up to date. */
    private readonly onApproved: () => Promise<unknown> = () => Promise.resolve(),
  ) {
    this.inbox = new Inbox(pool)
  }

  list = (query: ApprovalQuery, asking: Asking): Promise<ApprovalPage> => this.inbox.list(query, asking)
  counts = (asking: Asking): Promise<ApprovalCounts> => this.inbox.counts(asking)

  async read(id: number, asking: Asking): Promise<ApprovalLine> {
    const proposal = await this.proposals.read(id)
    const rights = await rightsOf(this.pool, asking)
    const spec = approvalKindSpec(proposal.kind)
    const opens: readonly Scope[] = spec === undefined ? ['read'] : [spec.area, ...spec.make, ...spec.check]
    const may = await mayDecide(this.pool, rights, proposal)
    const sees = rights.mayCheck(proposal.kind) || opens.some((one) => asking.scopes.has(one))
    if (!sees || may.not === 'branch') throw new LijianError('not_found', `There is no proposal ${id}`)
    return { ...proposalAnswerOf(proposal), may }
  }

  /** Throws LijianError; see Proposals.approve. */
  async approve(id: number, hash: string, asking: Asking): Promise<ProposalAnswer> {
    const onBehalfOf = await this.mayCheck(id, asking)
    const approved = await this.proposals.approve(id, hash, asking.actor, onBehalfOf)
    await this.onApproved()
    return proposalAnswerOf(approved)
  }

  async reject(id: number, hash: string, reason: string, asking: Asking): Promise<ProposalAnswer> {
    const onBehalfOf = await this.mayCheck(id, asking)
    return proposalAnswerOf(await this.proposals.reject(id, hash, asking.actor, reason, onBehalfOf))
  }

  async withdraw(id: number, asking: Asking): Promise<ProposalAnswer> {
    await this.mayMake(id, asking)
    return proposalAnswerOf(await this.proposals.withdraw(id, asking.actor))
  }

  async amend(id: number, request: unknown, asking: Asking): Promise<ProposalAnswer> {
    await this.mayMake(id, asking)
    return proposalAnswerOf(await this.proposals.amend(id, request, asking.actor))
  }

  private async mayCheck(id: number, asking: Asking): Promise<string | undefined> {
    const { kind } = await this.proposals.read(id)
    const rights = await rightsOf(this.pool, asking)
    if (!rights.mayCheck(kind)) throw needs(approvalKindSpec(kind)?.check)
    return rights.onBehalfOf(kind)
  }

  private async mayMake(id: number, { scopes }: Asking): Promise<void> {
    const { kind } = await this.proposals.read(id)
    const makers = approvalKindSpec(kind)?.make ?? []
    if (!makers.some((scope) => scopes.has(scope))) throw needs(makers)
  }
}

const needs = (scopes: readonly string[] = []) =>
  new LijianError('forbidden', `This needs a key with the scope ${scopes.join(' or ')}`)
