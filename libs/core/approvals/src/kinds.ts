import type { PoolClient } from 'pg'

export type ProposalState = 'proposed' | 'approved' | 'rejected' | 'withdrawn' | 'expired'

export interface Proposal<Body = unknown> {
  id: number
  kind: string
  /** What it is about: a partner's code, a case's id. */
  subject: string
  /** What it changes from; null: nothing is there, or nothing that stands is changed. */
  before: unknown
  /** What it changes to. */
  body: Body
  /** Of kind, subject, before and body: to be sent with the approval. */
  hash: string
  version: number
  state: ProposalState
  branch: string
  amountFen: number | null
  /** The key or person that has made it, and the person behind it. */
  maker: string
  makerPerson: string | null
  madeAt: string
  /** The last one who had to decide. */
  checker: string | null
  checkedAt: string | null
  reason: string | null
  /** So many others approve it, and so many have. */
  needs: number
  approvals: number
  expiresAt: string | null
}

/** What proposals of one kind do. Everything happens in the database transaction of the change. */
export interface ProposalKind<Body = unknown> {
  /**
   * Of what its maker sends, for a new one and for an amended one: refuses what is none (LijianError invalid_request), and adds what the checker
   * must know. Absent: the door has parsed it, and it is not amended.
   */
  read?(db: PoolClient, subject: string, request: unknown): Promise<object>
  /**
   * What stands now and would be changed, as the approver is shown it; null: nothing. Read again before an approval, which is refused if it
   * differs: so it locks what it reads. Absent: the kind changes nothing that stands.
   */
  before?(db: PoolClient, subject: string, body: Body): Promise<unknown>
  /** Whose it is; absent or undefined: the maker's branch. */
  branch?(db: PoolClient, subject: string, body: Body): Promise<string | undefined>
  /** What policies look at. */
  amountFen?(body: Body): number | undefined
  /** A later proposal about the same subject takes the place of an open one. */
  replaces?: true
  /** Refuses what may not even be proposed (LijianError); called for a new and for an amended one. */
  check?(db: PoolClient, proposal: Proposal<Body>): Promise<void>
  /** The effect of the last approval needed; LijianError refuses it and leaves the proposal open. */
  apply(db: PoolClient, proposal: Proposal<Body>, checker: string): Promise<void>
  /** What else is to happen when it is rejected, withdrawn, expired or replaced. */
  drop?(db: PoolClient, proposal: Proposal<Body>, how: Dropped): Promise<void>
}

/** Why a proposal takes no effect; `by`: who has rejected it. */
export interface Dropped {
  state: 'rejected' | 'withdrawn' | 'expired'
  reason: string | null
  by?: string
}

export type ProposalKinds = Readonly<Record<string, ProposalKind<never>>>
