import type { ProposalKind } from '@lijian/approvals'
import { LijianError } from '@lijian/contracts/system'
import type { CollectionRequest, CycleAdjustmentRequest, DisputeRequest } from '@lijian/contracts/finance'
import { branchOfPartner, mustBe, mustBeIn, mustHaveCome, readAbout } from '@lijian/partner-funding'
import { collectionPosting, writeOffPosting } from '@lijian/ledger'
import { inTransaction, postEntry, type BusinessDayRule } from '@lijian/database'
import type { ClientBase, Pool } from 'pg'
import { tellCycle } from './event'
import { SHARES, sharesOf } from './movements'
import { CYCLE_COLUMNS, openFen, type CycleRow, type Dispute } from './row'

type Db = Pick<ClientBase, 'query'>

export const unknownCycle = (id: number): LijianError => new LijianError('not_found', `There is no partner cycle ${id}`)

async function lockCycle(db: Db, id: number): Promise<CycleRow> {
  const { rows } = await db.query<CycleRow>(`SELECT ${CYCLE_COLUMNS} FROM partner_cycle WHERE id = $1 FOR UPDATE`, [id])
  if (!rows[0]) throw unknownCycle(id)
  return rows[0]
}

type Change = Partial<Pick<CycleRow, 'state' | 'paidFen' | 'waivedFen' | 'disputes' | 'confirmedBy'>>

/** Writes the change; a cycle of which nothing is open and that nobody disputes is closed. */
async function write(db: Db, before: CycleRow, change: Change): Promise<CycleRow> {
  const row = { ...before, ...change }
  const disputed = row.disputes.some(({ state }) => state === 'open')
  const settled = openFen(row) === 0 && !disputed && (row.state !== 'issued' || row.dueFen > 0)
  const state = settled ? 'closed' : row.state
  const { rows } = await db.query<CycleRow>(
    `UPDATE partner_cycle SET state = $2, paid_fen = $3, waived_fen = $4, disputes = $5, version = version + 1,
       confirmed_by = $6, confirmed_at = CASE WHEN $6::text IS NOT NULL THEN coalesce(confirmed_at, now()) END,
       closed_at = CASE WHEN $2 = 'closed' THEN now() END
     WHERE id = $1 RETURNING ${CYCLE_COLUMNS}`,
    [row.id, state, row.paidFen, row.waivedFen, JSON.stringify(row.disputes), row.confirmedBy],
  )
  await tellCycle(db, rows[0]!)
  return rows[0]!
}

const mustBeOpen = ({ id, state }: CycleRow): void => {
  if (state === 'closed') throw new LijianError('state_conflict', `Partner cycle ${id} is closed`, { state })
}

/** The partner agrees (postpay), or the statement is approved (prepay). What it had disputed it lets go. */
export function confirm(pool: Pool, id: number, actor: string): Promise<CycleRow> {
  return inTransaction(pool, async (db) => {
    const row = await lockCycle(db, id)
    if (row.confirmedBy === actor && row.state !== 'disputed') return row
    mustBeOpen(row)
    if (row.state === 'confirmed')
      throw new LijianError('state_conflict', `Partner cycle ${id} is confirmed by ${row.confirmedBy}`, {
        state: row.state,
      })
    return write(db, row, { state: 'confirmed', confirmedBy: actor, disputes: settleDisputes(row.disputes, 'dropped') })
  })
}

/** Rows that the partner does not accept: each is one of this statement, for at most its share. */
export function dispute(pool: Pool, id: number, { rows: disputed }: DisputeRequest): Promise<CycleRow> {
  return inTransaction(pool, async (db) => {
    const row = await lockCycle(db, id)
    if (disputed.every((one) => isDisputed(row, one))) return row
    mustBeOpen(row)
    const { rows } = await db.query<{ serial: string; fen: number }>(
      `WITH ${SHARES} SELECT serial, sum(abs(fen))::float8 AS fen FROM share WHERE serial = ANY ($6) GROUP BY 1`,
      [...sharesOf(row, row), disputed.map(({ serial }) => serial)],
    )
    const shares = new Map(rows.map(({ serial, fen }) => [serial, fen]))
    const seen = new Set(row.disputes.filter(({ state }) => state === 'open').map(({ serial }) => serial))
    const errors = disputed.flatMap(({ serial, amount }, i) => {
      const fen = shares.get(serial)
      if (fen === undefined) return [{ path: `rows[${i}].serial`, message: 'expected a row of this statement' }]
      if (amount > fen) return [{ path: `rows[${i}].amount`, message: `expected at most ${fen}` }]
      if (seen.has(serial)) return [{ path: `rows[${i}].serial`, message: 'expected it once' }]
      seen.add(serial)
      return []
    })
    if (errors.length > 0) throw new LijianError('invalid_request', undefined, { errors })
    const more = disputed.map(({ serial, amount, reason }): Dispute => ({
      serial,
      amountFen: amount,
      reason,
      state: 'open',
    }))
    return write(db, row, { state: 'disputed', confirmedBy: null, disputes: [...row.disputes, ...more] })
  })
}

/** This very row, for this amount and reason, is disputed already: the same request again. */
const isDisputed = ({ disputes }: CycleRow, { serial, amount, reason }: DisputeRequest['rows'][number]): boolean =>
  disputes.some(
    (one) => one.state === 'open' && one.serial === serial && one.amountFen === amount && one.reason === reason,
  )

const settleDisputes = (disputes: Dispute[], to: 'accepted' | 'dropped'): Dispute[] =>
  disputes.map((one) => (one.state === 'open' ? { ...one, state: to } : one))

/** What two people do about a cycle: money that arrived for it, and what is given up of it. */
export function cycleKinds(rule: BusinessDayRule) {
  const collection: ProposalKind<CollectionRequest> = {
    branch: branchOfPartner,
    read: async (db, subject, request) => (await readAbout(db, 'collection', subject, request)).said,
    amountFen: ({ amount }) => amount,
    check: async (db, { subject, body }) => {
      await mustBe(db, subject, ['active', 'suspended'])
      await mustHaveCome(db, body.valueDate, rule)
      await mustBeIn(db, subject, body.currency)
      mustBeOpen(await ofPartner(db, body.cycle, subject))
    },
    apply: async (db, { id, subject, body }) => {
      const row = await ofPartner(db, body.cycle, subject)
      mustBeOpen(row)
      const matchedFen = Math.min(body.amount, openFen(row))
      await write(db, row, { paidFen: row.paidFen + matchedFen })
      const posting = collectionPosting(subject, body.amount, matchedFen, row.currency)
      await postEntry(
        db,
        {
          event: 'collection',
          client: '@collection',
          serial: String(id),
          detail: { ...streamOf(row), ...body, cycleId: row.id, cycle: row.cycle, matchedFen },
          ...posting,
        },
        rule,
      )
    },
  }
  const cycle_adjustment: ProposalKind<CycleAdjustmentRequest> = {
    branch: branchOfPartner,
    read: async (db, subject, request) => (await readAbout(db, 'cycle_adjustment', subject, request)).said,
    amountFen: ({ amount }) => amount,
    check: async (db, { subject, body }) => {
      await mustBeIn(db, subject, body.currency)
      mustHaveOpen(await ofPartner(db, body.cycle, subject), body.amount)
    },
    apply: async (db, { id, subject, body }) => {
      const row = await ofPartner(db, body.cycle, subject)
      mustHaveOpen(row, body.amount)
      const disputes = settleDisputes(row.disputes, 'accepted')
      await write(db, row, {
        waivedFen: row.waivedFen + body.amount,
        disputes,
        state: row.state === 'disputed' ? 'issued' : row.state,
      })
      const { amount, reason } = body
      const detail = { ...streamOf(row), amount, reason, cycleId: row.id }
      await postEntry(
        db,
        {
          event: 'write_off',
          client: '@cycle_adjustment',
          serial: String(id),
          detail,
          ...writeOffPosting(`receivable/${subject}`, amount, row.currency),
        },
        rule,
      )
    },
  }
  return { collection, cycle_adjustment }
}

/** By this a posting is found again as one of its stream. */
const streamOf = ({ partner, cycle, campaign }: CycleRow) => ({ partner, cycle, campaign })

async function ofPartner(db: Db, id: number, partner: string): Promise<CycleRow> {
  const row = await lockCycle(db, id)
  if (row.partner !== partner)
    throw new LijianError('state_conflict', `Partner cycle ${id} is one of ${row.partner}, not of ${partner}`)
  return row
}

function mustHaveOpen(row: CycleRow, amountFen: number): void {
  mustBeOpen(row)
  const leftFen = openFen(row)
  if (amountFen > leftFen)
    throw new LijianError('exceeds_balance', `Of partner cycle ${row.id} ${leftFen} fen are open`, { leftFen })
}
