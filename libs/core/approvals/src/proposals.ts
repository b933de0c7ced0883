import { LijianError } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import { Decisions } from './decisions'
import type { Proposal, ProposalKind, ProposalKinds, ProposalState } from './kinds'
import { lockSubject, takeTurn } from './lock-subject'
import { policyOf } from './policies'
import { COLUMNS, ended, hashOf, lock, proposalOf, unknown, type Row } from './rows'
import { tellFlow } from './tell'
import { HEAD_OFFICE, whoIs } from './who'

export interface ProposalQuery {
  kind?: string | undefined
  subject?: string | undefined
  state?: ProposalState | undefined
  after?: string | undefined
  limit: number
}

/** `actor` is the identity that the door has verified: the id of an API key or of a person, or the name that a Temporal client acts under. */
export class Proposals {
  private readonly decisions: Decisions

  constructor(
    private readonly pool: Pool,
    private readonly kinds: ProposalKinds,
  ) {
    this.decisions = new Decisions(pool, (kind) => this.kind(kind))
  }

  /** Where the body has a bank reference, the same by the same maker again is answered as it stands; else each is a proposal of its own. */
  propose(kind: string, subject: string, request: unknown, actor: string): Promise<Proposal> {
    return this.change({ kind, subject, request, maker: actor }, (db) =>
      this.proposeIn(db, { kind, subject, request, actor }),
    )
  }

  /** The same in a database transaction of the caller's. */
  async proposeIn(
    db: PoolClient,
    { kind, subject, request, actor }: { kind: string; subject: string; request: unknown; actor: string },
  ): Promise<Proposal> {
    const owner = this.kind(kind)
    if (owner.replaces) {
      await lockSubject(db, kind, subject)
      await this.withdrawOpen(db, kind, subject, 'a later proposal takes its place')
    }
    const body = owner.read ? await owner.read(db, subject, request) : request
    const who = await whoIs(db, actor)
    const before = (await owner.before?.(db, subject, body as never)) ?? null
    const branch =
      (await knownBranch(db, await owner.branch?.(db, subject, body as never))) ?? who.branch ?? HEAD_OFFICE
    const amountFen = owner.amountFen?.(body as never) ?? null
    const { approvers, expiresAfterHours } = await policyOf(db, kind, amountFen)
    const { rows } = await db.query<Row>(
      `INSERT INTO proposal (kind, subject, before, body, hash, maker, maker_person, branch, amount_fen, needs, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + interval '1 hour' * $11) RETURNING ${COLUMNS}`,
      [
        ...[kind, subject, before === null ? null : JSON.stringify(before), JSON.stringify(body)],
        ...[
          hashOf({ kind, subject, before, body }),
          actor,
          who.person,
          branch,
          amountFen,
          approvers,
          expiresAfterHours,
        ],
      ],
    )
    const proposal = proposalOf(rows[0]!)
    await owner.check?.(db, proposal as Proposal<never>)
    return tellFlow(db, proposal)
  }

  /**
   * By its maker, while nobody has decided: the hash changes, so an approval of what was shown before is refused, and one that was given
   * counts no more. What it says already changes nothing.
   */
  amend(id: number, request: unknown, actor: string): Promise<Proposal> {
    return this.change(undefined, async (db) => {
      await takeTurn(db, id, this.kindOf)
      const found = await this.lockOpen(db, id, actor, 'amend')
      const { kind, subject } = found
      const owner = this.kind(kind)
      if (owner.read === undefined)
        throw new LijianError(
          'state_conflict',
          `Proposals of kind ${kind} are not amended: propose it again, and the later one counts`,
        )
      const body = await owner.read(db, subject, request)
      const before = (await owner.before?.(db, subject, body as never)) ?? null
      const hash = hashOf({ kind, subject, before, body })
      if (found.hash === hash) return found
      const amountFen = owner.amountFen?.(body as never) ?? null
      const { approvers } = await policyOf(db, kind, amountFen)
      const { rows } = await db.query<Row>(
        `UPDATE proposal SET body = $2, hash = $3, before = $4, amount_fen = $5, needs = $6, version = version + 1 WHERE id = $1 RETURNING ${COLUMNS}`,
        [id, JSON.stringify(body), hash, before === null ? null : JSON.stringify(before), amountFen, approvers],
      )
      const proposal = proposalOf(rows[0]!)
      await owner.check?.(db, proposal as Proposal<never>)
      return tellFlow(db, proposal)
    })
  }

  /** By its maker; taking it back twice answers the same. */
  withdraw(id: number, actor: string): Promise<Proposal> {
    return inTransaction(this.pool, async (db) => {
      await takeTurn(db, id, this.kindOf)
      const found = await lock(db, id)
      if (found.state === 'withdrawn' && (await isMaker(db, found, actor))) return found
      await this.lockOpen(db, id, actor, 'withdraw')
      return this.drop(db, found, 'withdrawn', null)
    })
  }

  /** `hash`: of what the checker has seen. Approving again what oneself has approved answers the same. Throws LijianError. */
  approve(id: number, hash: string, actor: string, onBehalfOf?: string): Promise<Proposal> {
    return this.decisions.approve(id, hash, { actor, onBehalfOf })
  }

  /** The same in a database transaction of the caller's. */
  approveIn(db: PoolClient, id: number, hash: string, actor: string): Promise<Proposal> {
    return this.decisions.approveIn(db, id, hash, { actor })
  }

  reject(id: number, hash: string, actor: string, reason: string, onBehalfOf?: string): Promise<Proposal> {
    return this.decisions.reject(id, hash, { actor, onBehalfOf }, reason)
  }

  /** When its time is over. Throws Error while PostgreSQL's clock says that it is not. */
  expire(id: number): Promise<Proposal> {
    return inTransaction(this.pool, async (db) => {
      await takeTurn(db, id, this.kindOf)
      const found = await lock(db, id)
      if (found.state !== 'proposed') return found
      const { rows } = await db.query<{ over: boolean | null }>(
        'SELECT expires_at <= now() AS over FROM proposal WHERE id = $1',
        [id],
      )
      if (rows[0]!.over !== true) throw new Error(`proposal ${id} is not over yet`)
      return this.drop(db, found, 'expired', null)
    })
  }

  async read(id: number): Promise<Proposal> {
    const { rows } = await this.pool.query<Row>(`SELECT ${COLUMNS} FROM proposal WHERE id = $1`, [id])
    if (!rows[0]) throw unknown(id)
    return proposalOf(rows[0])
  }

  /** What nobody has decided in time ends, where its flow has not come to it yet. To be called before anything else that its `drop` locks. */
  async endOver(db: PoolClient, kind: string, subject: string): Promise<void> {
    const { rows } = await db.query<{ id: string }>(
      `SELECT id FROM proposal WHERE kind = $1 AND subject = $2 AND state = 'proposed' AND expires_at <= now() ORDER BY id FOR UPDATE`,
      [kind, subject],
    )
    for (const { id } of rows) await this.drop(db, await lock(db, Number(id)), 'expired', null)
  }

  /** What waits about a subject; undefined: nothing, or nothing that is in time. */
  async openOf(
    kind: string,
    subject: string,
    db: Pick<PoolClient, 'query'> = this.pool,
  ): Promise<Proposal | undefined> {
    const { rows } = await db.query<Row>(
      `SELECT ${COLUMNS} FROM proposal WHERE kind = $1 AND subject = $2 AND state = 'proposed' AND (expires_at > now()) IS NOT FALSE
       ORDER BY id DESC LIMIT 1`,
      [kind, subject],
    )
    return rows[0] && proposalOf(rows[0])
  }

  /** Newest first; `after` is the `next` of the page before. */
  async list({ kind, subject, state, after, limit }: ProposalQuery): Promise<{ proposals: Proposal[]; next?: string }> {
    const { rows } = await this.pool.query<Row>(
      `SELECT ${COLUMNS} FROM proposal
       WHERE ($1::text IS NULL OR kind = $1) AND ($2::text IS NULL OR subject = $2) AND ($3::text IS NULL OR state = $3)
         AND ($4::bigint IS NULL OR id < $4)
       ORDER BY id DESC LIMIT $5`,
      [kind ?? null, subject ?? null, state ?? null, after ?? null, limit + 1],
    )
    const proposals = rows.slice(0, limit).map(proposalOf)
    return rows.length > limit ? { proposals, next: String(proposals.at(-1)!.id) } : { proposals }
  }

  /** What waits is taken back, such as when it has no sense any more. */
  async withdrawOpen(db: PoolClient, kind: string, subject: string, reason: string): Promise<void> {
    await this.endOver(db, kind, subject)
    const { rows } = await db.query<{ id: string }>(
      `SELECT id FROM proposal WHERE kind = $1 AND subject = $2 AND state = 'proposed' ORDER BY id FOR UPDATE`,
      [kind, subject],
    )
    for (const { id } of rows) await this.drop(db, await lock(db, Number(id)), 'withdrawn', reason)
  }

  private async drop(
    db: PoolClient,
    found: Proposal,
    state: 'withdrawn' | 'expired',
    reason: string | null,
  ): Promise<Proposal> {
    await this.kinds[found.kind]?.drop?.(db, found as Proposal<never>, { state, reason })
    const { rows } = await db.query<Row>(
      `UPDATE proposal SET state = $2, reason = $3, version = version + 1 WHERE id = $1 RETURNING ${COLUMNS}`,
      [found.id, state, reason],
    )
    return tellFlow(db, proposalOf(rows[0]!))
  }

  /**
   * What makes or changes a proposal: its bank reference may stand in another one, seen by a unique index. Where that is the same by the same
   * maker, the request came before; one that is over makes room.
   */
  private change(
    same: { kind: string; subject: string; request: unknown; maker: string } | undefined,
    work: (db: PoolClient) => Promise<Proposal>,
  ): Promise<Proposal> {
    return inTransaction(this.pool, work).catch(async (error: { constraint?: string }) => {
      if (error.constraint !== 'proposal_bank_reference') throw error
      const { rows } = await this.pool.query<Row>(
        `SELECT ${COLUMNS} FROM proposal WHERE kind = $1 AND subject = $2 AND body @> $3::jsonb AND maker = $4 AND state IN ('proposed', 'approved')`,
        [same?.kind, same?.subject, JSON.stringify(same?.request), same?.maker],
      )
      const found = rows[0] && proposalOf(rows[0])
      if (same === undefined || found === undefined) throw new LijianError('reference_reused')
      const isOver = found.state === 'proposed' && found.expiresAt !== null && Date.parse(found.expiresAt) <= Date.now()
      if (!isOver) return found
      return inTransaction(this.pool, async (db) => {
        await this.endOver(db, same.kind, same.subject)
        return work(db)
      })
    })
  }

  private async lockOpen(db: PoolClient, id: number, actor: string, what: string): Promise<Proposal> {
    const proposal = await lock(db, id)
    if (proposal.state !== 'proposed') throw ended(proposal)
    if (!(await isMaker(db, proposal, actor)))
      throw new LijianError('forbidden', `Only who has made proposal ${id} can ${what} it`)
    return proposal
  }

  /** A process that knows nothing of a kind may still end its proposals. */
  private readonly kindOf = (kind: string): { replaces?: true } => this.kinds[kind] ?? {}

  private kind(kind: string): ProposalKind<never> {
    const found = this.kinds[kind]
    if (!found) throw new LijianError('forbidden', `Proposals of kind ${kind} are decided over HTTP`)
    return found
  }
}

/** The same person, under whichever key. */
async function isMaker(db: PoolClient, { maker, makerPerson }: Proposal, actor: string): Promise<boolean> {
  return maker === actor || makerPerson === (await whoIs(db, actor)).person
}

/** One that nobody knows is the owner's to refuse, in `check`. */
async function knownBranch(db: PoolClient, branch: string | undefined): Promise<string | undefined> {
  if (branch === undefined) return undefined
  const { rowCount } = await db.query('SELECT FROM branch WHERE code = $1', [branch])
  return rowCount === 1 ? branch : undefined
}
