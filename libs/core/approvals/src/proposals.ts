import { createHash } from 'node:crypto'
import { canonicalJson, LijianError } from '@lijian/contracts/system'
import { inTransaction, writeOutbox, type EventWrite } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import { mustBeTwoPeople } from './two-people'

export type ProposalState = 'proposed' | 'approved' | 'rejected' | 'withdrawn'

export interface Proposal<Body = unknown> {
  id: number
  kind: string
  /** What it is about: a partner's code, a case's id. */
  subject: string
  body: Body
  /** Of kind, subject and body: to be sent with the approval. */
  hash: string
  version: number
  state: ProposalState
  maker: string
  madeAt: string
  checker: string | null
  checkedAt: string | null
  reason: string | null
}

/** What proposals of one kind do. Everything happens in the database transaction of the change. */
export interface ProposalKind<Body = unknown> {
  /** Refuses what may not even be proposed (LijianError); called for a new and for an amended one. */
  check?(db: PoolClient, proposal: Proposal<Body>): Promise<void>
  /** The effect of an approval; LijianError refuses it and leaves the proposal open. */
  apply(db: PoolClient, proposal: Proposal<Body>): Promise<void>
  /** What its flow is told after every change. */
  event?(proposal: Proposal<Body>): EventWrite
}

export interface ProposalQuery {
  kind?: string
  subject?: string
  state?: ProposalState
  after?: string
  limit: number
}

const COLUMNS = `id, kind, subject, body, hash, version, state, maker, made_at AS "madeAt", checker, checked_at AS "checkedAt", reason`
const hashOf = (kind: string, subject: string, body: unknown) =>
  createHash('sha256')
    .update(canonicalJson([kind, subject, body]))
    .digest('hex')

/** `actor` is the identity that the door has verified: the id of an API key, or the name that a Temporal client acts under. */
export class Proposals {
  constructor(
    private readonly pool: Pool,
    private readonly kinds: Readonly<Record<string, ProposalKind<never>>>,
  ) {}

  /** Where the body has a bank reference, the same by the same maker again is answered as it stands; else each is a proposal of its own. */
  propose(kind: string, subject: string, body: unknown, actor: string): Promise<Proposal> {
    const hash = hashOf(kind, subject, body)
    return this.change({ hash, maker: actor }, async (db) => {
      const { rows } = await db.query<Row>(
        `INSERT INTO proposal (kind, subject, body, hash, maker) VALUES ($1, $2, $3, $4, $5) RETURNING ${COLUMNS}`,
        [kind, subject, JSON.stringify(body), hash, actor],
      )
      const proposal = proposalOf(rows[0]!)
      await this.kind(kind).check?.(db, proposal as Proposal<never>)
      return this.tell(db, proposal)
    })
  }

  /**
   * By its maker, while nobody has decided: the hash changes, so an approval of what was shown before is refused. What it says already
   * changes nothing.
   */
  amend(id: number, body: unknown, actor: string): Promise<Proposal> {
    return this.change(undefined, async (db) => {
      const before = await this.lockOpen(db, id, actor, 'amend')
      const { kind, subject } = before
      if (before.hash === hashOf(kind, subject, body)) return before
      const { rows } = await db.query<Row>(
        `UPDATE proposal SET body = $2, hash = $3, version = version + 1 WHERE id = $1 RETURNING ${COLUMNS}`,
        [id, JSON.stringify(body), hashOf(kind, subject, body)],
      )
      const proposal = proposalOf(rows[0]!)
      await this.kind(kind).check?.(db, proposal as Proposal<never>)
      return this.tell(db, proposal)
    })
  }

  /** By its maker; taking it back twice answers the same. */
  withdraw(id: number, actor: string): Promise<Proposal> {
    return inTransaction(this.pool, async (db) => {
      const before = await lock(db, id)
      if (before.state === 'withdrawn' && before.maker === actor) return before
      await this.lockOpen(db, id, actor, 'withdraw')
      const { rows } = await db.query<Row>(
        `UPDATE proposal SET state = 'withdrawn', version = version + 1 WHERE id = $1 RETURNING ${COLUMNS}`,
        [id],
      )
      return this.tell(db, proposalOf(rows[0]!))
    })
  }

  /** `hash`: of what the checker has seen. Approving again what oneself has approved answers the same. */
  approve(id: number, hash: string, actor: string): Promise<Proposal> {
    return this.decide(id, hash, actor, 'approved', null)
  }

  reject(id: number, hash: string, actor: string, reason: string): Promise<Proposal> {
    return this.decide(id, hash, actor, 'rejected', reason)
  }

  async read(id: number): Promise<Proposal> {
    const { rows } = await this.pool.query<Row>(`SELECT ${COLUMNS} FROM proposal WHERE id = $1`, [id])
    if (!rows[0]) throw unknown(id)
    return proposalOf(rows[0])
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

  /**
   * What makes or changes a proposal: its bank reference may stand in another one, seen by a unique index. Where that is `same`, the
   * request came before.
   */
  private change(
    same: { hash: string; maker: string } | undefined,
    work: (db: PoolClient) => Promise<Proposal>,
  ): Promise<Proposal> {
    return inTransaction(this.pool, work).catch(async (error: { constraint?: string }) => {
      if (error.constraint !== 'proposal_bank_reference') throw error
      const { rows } = await this.pool.query<Row>(
        `SELECT ${COLUMNS} FROM proposal WHERE hash = $1 AND maker = $2 AND state IN ('proposed', 'approved')`,
        [same?.hash, same?.maker],
      )
      if (rows[0]) return proposalOf(rows[0])
      throw new LijianError('reference_reused')
    })
  }

  private decide(
    id: number,
    hash: string,
    actor: string,
    state: 'approved' | 'rejected',
    reason: string | null,
  ): Promise<Proposal> {
    return inTransaction(this.pool, async (db) => {
      const before = await lock(db, id)
      const isSame = before.checker === actor && before.hash === hash && before.reason === reason
      if (before.state === state && isSame) return before
      if (before.state !== 'proposed') throw decided(before)
      mustBeTwoPeople(before.maker, actor)
      if (before.hash !== hash) throw new LijianError('changed_since')
      if (state === 'approved') await this.kind(before.kind).apply(db, before as Proposal<never>)
      const { rows } = await db.query<Row>(
        `UPDATE proposal SET state = $2, checker = $3, checked_at = now(), reason = $4, version = version + 1 WHERE id = $1 RETURNING ${COLUMNS}`,
        [id, state, actor, reason],
      )
      return this.tell(db, proposalOf(rows[0]!))
    })
  }

  private async lockOpen(db: PoolClient, id: number, actor: string, what: string): Promise<Proposal> {
    const proposal = await lock(db, id)
    if (proposal.state !== 'proposed') throw decided(proposal)
    if (proposal.maker !== actor) throw new LijianError('forbidden', `Only who has made proposal ${id} can ${what} it`)
    return proposal
  }

  private kind(kind: string): ProposalKind<never> {
    const found = this.kinds[kind]
    if (!found) throw new Error(`no use case owns proposals of kind ${kind}`)
    return found
  }

  private async tell(db: PoolClient, proposal: Proposal): Promise<Proposal> {
    const event = this.kind(proposal.kind).event?.(proposal as Proposal<never>)
    if (event) await writeOutbox(db, event)
    return proposal
  }
}

async function lock(db: PoolClient, id: number): Promise<Proposal> {
  const { rows } = await db.query<Row>(`SELECT ${COLUMNS} FROM proposal WHERE id = $1 FOR UPDATE`, [id])
  if (!rows[0]) throw unknown(id)
  return proposalOf(rows[0])
}

const unknown = (id: number) => new LijianError('not_found', `There is no proposal ${id}`)
const decided = ({ id, state, checker }: Proposal) =>
  new LijianError('state_conflict', `Proposal ${id} is ${state}${checker === null ? '' : ` by ${checker}`}`, { state })

type Row = Omit<Proposal, 'id' | 'madeAt' | 'checkedAt'> & { id: number | string; madeAt: Date; checkedAt: Date | null }
const proposalOf = ({ id, madeAt, checkedAt, ...row }: Row): Proposal => ({
  ...row,
  id: Number(id),
  madeAt: madeAt.toISOString(),
  checkedAt: checkedAt?.toISOString() ?? null,
})
