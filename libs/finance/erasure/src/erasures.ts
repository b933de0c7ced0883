import { createHash } from 'node:crypto'
import { proposalAnswerOf, type Proposals } from '@lijian/approvals'
import {
  ERASURE_PLACES,
  type ErasureAnswer,
  type ErasurePage,
  type ErasurePlace,
  type ErasureQuery,
  type ErasureRequest,
  type ProposalAnswer,
} from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import type { PlaceDone } from '@lijian/workflow-erasure'
import type { Pool, PoolClient } from 'pg'
import { eraseBacktests } from './backtests'
import { eraseBooks, type Payment } from './books'
import { certificateOf } from './certificate'
import type { ErasureBody } from './kind'
import { eraseBills, eraseDecisions, eraseGroups } from './places'
import { answerOf, COLUMNS, type Row } from './rows'
import { tokensOf } from './tokens'

/**
 * Has the histories of these payments removed from Temporal. Answers how many there are, how many of them still run, how many are on their way out,
 * and for how long Temporal keeps any other.
 */
export type ForgetFlows = (
  payments: readonly Payment[],
) => Promise<{ found: number; open: number; going: number; keptDays: number }>

/** Temporal removes a history half a minute after it was told to. */
const REMOVED_AFTER_MS = 15_000

/** `tokenKeys`: all of the list, those that are in use no more too. */
export class Erasures {
  constructor(
    private readonly pool: Pool,
    private readonly proposals: Pick<Proposals, 'proposeIn'>,
    private readonly settings: { tokenKeys: readonly Buffer[]; timeZone: string },
  ) {}

  /** What names the person becomes tokens here. Another person approves it. */
  request({ person, legalBasis, heldBack }: ErasureRequest, actor: string): Promise<ProposalAnswer> {
    const tokens = tokensOf(person, this.settings.tokenKeys)
    const namedBy = Object.keys(person).sort()
    return inTransaction(this.pool, async (db) => {
      const { rows } = await db.query<{ id: string }>(
        `INSERT INTO erasure (legal_basis, named_by, held_back, tokens, requested_by) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
        [legalBasis, namedBy, JSON.stringify(heldBack), tokens, actor],
      )
      const erasure = Number(rows[0]!.id)
      const body: ErasureBody = { erasure, namedBy, legalBasis, heldBack }
      const asked = { kind: 'erasure', subject: `erasure-${erasure}`, request: body, actor }
      return proposalAnswerOf(await this.proposals.proposeIn(db, asked))
    })
  }

  async read(id: number): Promise<ErasureAnswer> {
    const { rows } = await this.pool.query<Row>(`SELECT ${COLUMNS} FROM erasure e WHERE id = $1`, [id])
    if (rows[0] === undefined) throw new LijianError('not_found', `There is no erasure ${id}`)
    return answerOf(rows[0])
  }

  /** Newest first. */
  async list({ after, limit }: ErasureQuery): Promise<ErasurePage> {
    const { rows } = await this.pool.query<Row>(
      `SELECT ${COLUMNS} FROM erasure e WHERE $1::bigint IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [after ?? null, limit + 1],
    )
    const erasures = rows.slice(0, limit).map(answerOf)
    return rows.length > limit ? { erasures, next: String(erasures.at(-1)!.id) } : { erasures }
  }

  /** One place, in one database transaction with the note that it is done. */
  async erasePlace(id: number, place: ErasurePlace, forgetFlows: ForgetFlows): Promise<PlaceDone> {
    return this.alone(id, async (db, row) => {
      const before = row.places[place]
      if (before?.state === 'done') return { place, state: 'done', rows: before.rows }
      const until = row.heldBack.find((one) => one.place === place)?.until
      const untilMs = until === undefined ? undefined : await this.leftOf(db, until)
      const found =
        until !== undefined && untilMs !== undefined && untilMs > 0
          ? ({ place, state: 'waits', rows: 0, until, untilMs } as const)
          : await this.erase(db, place, row, forgetFlows)
      const { untilMs: _, ...kept } = found
      await db.query(`UPDATE erasure SET places = places || jsonb_build_object($2::text, $3::jsonb) WHERE id = $1`, [
        id,
        place,
        JSON.stringify(kept),
      ])
      return found
    })
  }

  /** The end: what was done, without the person; tokens and serials go. */
  certify(id: number): Promise<string> {
    return this.alone(id, async (db, row) => {
      if (row.certificate !== null) return row.certificate.sha256
      const left = ERASURE_PLACES.filter((place) => row.places[place]?.state !== 'done')
      if (left.length > 0) throw new Error(`erasure ${id} is not done: ${left.join(', ')}`)
      const { rows } = await db.query<{ now: string }>(
        `SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS now`,
      )
      const text = certificateOf(answerOf(row), rows[0]!.now)
      const sha256 = createHash('sha256').update(text).digest('hex')
      await db.query(
        `UPDATE erasure SET state = 'done', tokens = NULL, payments = NULL, salt = NULL, ended_at = now(), certificate = $2 WHERE id = $1`,
        [id, JSON.stringify({ text, sha256 })],
      )
      return sha256
    })
  }

  private async erase(
    db: PoolClient,
    place: ErasurePlace,
    { id, tokens, payments, places }: Row,
    forgetFlows: ForgetFlows,
  ): Promise<PlaceDone> {
    const done = (rows: number): PlaceDone => ({ place, state: 'done', rows })
    if (tokens === null) throw new Error(`erasure ${id} does not run`)
    if (place === 'groups') return done(await eraseGroups(db, tokens))
    if (place === 'decisions') {
      const answers = await eraseDecisions(db, tokens)
      await remember(db, id, answers)
      return done(answers.length + (await eraseBacktests(db, tokens)))
    }
    if (place === 'books') {
      const found = await eraseBooks(db, tokens)
      if (found.open > 0) return { place, state: 'waits', rows: 0, open: found.open }
      await remember(db, id, found.payments)
      return done(found.rows)
    }
    // Whose they are is known from these two only.
    if (places['books']?.state !== 'done' || places['decisions']?.state !== 'done')
      return { place, state: 'waits', rows: 0 }
    if (place === 'bills') return done(await eraseBills(db, payments ?? []))
    const { found, open, going, keptDays } = await forgetFlows(payments ?? [])
    // What an earlier look has removed is not there any more, and counts.
    const rows = Math.max(found, places['flows']?.rows ?? 0)
    if (open > 0) return { place, state: 'waits', rows, open }
    if (going > 0) return { place, state: 'waits', rows, untilMs: REMOVED_AFTER_MS }
    return { ...done(rows), keptDays }
  }

  /** To the end of a date where the house is. */
  private async leftOf(db: PoolClient, date: string): Promise<number> {
    const { rows } = await db.query<{ ms: number }>(
      `SELECT (extract(epoch FROM ($1::date + 1)::timestamp AT TIME ZONE $2 - now()) * 1000)::float8 AS ms`,
      [date, this.settings.timeZone],
    )
    return Math.ceil(rows[0]!.ms)
  }

  /** One after the other, each in one state of the database. What changed meanwhile makes it fail; the flow tries again. */
  private alone<Done>(id: number, work: (db: PoolClient, row: Row) => Promise<Done>): Promise<Done> {
    return inTransaction(this.pool, async (db) => {
      await db.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
      const { rows } = await db.query<Row>(`SELECT ${COLUMNS} FROM erasure e WHERE id = $1 FOR UPDATE OF e`, [id])
      if (rows[0] === undefined) throw new LijianError('not_found', `There is no erasure ${id}`)
      return work(db, { ...rows[0], id: Number(rows[0].id) })
    })
  }
}

/** Of the person, until the end: what stands in the rows does not lead to them any more. */
async function remember(db: PoolClient, id: number, payments: readonly Payment[]): Promise<void> {
  await db.query(`UPDATE erasure SET payments = coalesce(payments, '[]') || $2::jsonb WHERE id = $1`, [
    id,
    JSON.stringify(payments),
  ])
}
