import { whoIs, type Asking, type ProposalKind } from '@lijian/approvals'
import { delegationRequest, type DelegationAnswer, type DelegationPage } from '@lijian/contracts/people'
import { LijianError, type PageQuery } from '@lijian/contracts/system'
import { mustBeHoldable } from '@lijian/identity'
import { pageOf } from '@lijian/database'
import type { PoolClient } from 'pg'
import { parsed, refused, unknownPerson, type Db } from './reading'

export interface Delegation {
  absent: string
  standsIn: string
  from: string
  until: string
}

const DAYS_MAX = 366

/** During an absence somebody else decides with one's right. Its subject, and its maker, is who will be absent. */
export const delegationKind: ProposalKind<Delegation> = {
  read: async (_db, absent, request) => {
    const { standsIn, from, until } = parsed(delegationRequest, request)
    return { absent, standsIn, from: new Date(from).toISOString(), until: new Date(until).toISOString() }
  },
  check: (db, { body, maker }) => mustBeGood(db, body, maker),
  apply: async (db, { id, body, maker }, checker) => {
    await mustBeGood(db, body, maker)
    if ((await whoIs(db, checker)).person === body.standsIn)
      throw new LijianError('forbidden', 'Nobody approves rights of their own')
    await db.query(
      'INSERT INTO delegation (absent, stands_in, from_at, until_at, proposal) VALUES ($1, $2, $3, $4, $5)',
      [...[body.absent, body.standsIn, body.from, body.until], id],
    )
  },
}

async function mustBeGood(db: PoolClient, { absent, standsIn, from, until }: Delegation, maker: string): Promise<void> {
  if ((await whoIs(db, maker)).person !== absent)
    throw new LijianError('forbidden', 'Who will be absent says who stands in')
  if (standsIn === absent) throw refused('standsIn', 'expected somebody else')
  if (Date.parse(until) <= Date.now()) throw refused('until', 'expected an instant that is not over')
  if (Date.parse(until) - Date.parse(from) > DAYS_MAX * 86_400_000)
    throw refused('until', `expected at most ${DAYS_MAX} days`)
  const { rows } = await db.query<{ id: string; roles: string[]; status: string }>(
    'SELECT id, roles, status FROM person WHERE id = ANY ($1) ORDER BY id FOR UPDATE',
    [[absent, standsIn]],
  )
  const other = rows.find(({ id }) => id === standsIn)
  if (other === undefined) throw unknownPerson(standsIn)
  if (other.status !== 'active') throw refused('standsIn', 'expected somebody who is not disabled')
  // What nobody holds for good nobody holds for a week.
  const conflict = await mustBeHoldable(db, [...new Set(rows.flatMap(({ roles }) => roles))]).catch(
    (error: LijianError) => error,
  )
  if (conflict !== undefined) throw new LijianError('forbidden', conflict.message)
}

interface Row {
  id: string
  absent: string
  standsIn: string
  from: Date
  until: Date
  proposal: string
  endedAt: Date | null
}
const COLUMNS = `id, absent, stands_in AS "standsIn", from_at AS "from", until_at AS "until", proposal, ended_at AS "endedAt"`
const answerOf = ({ id, proposal, from, until, endedAt, ...row }: Row): DelegationAnswer => ({
  ...row,
  id: Number(id),
  proposal: Number(proposal),
  from: from.toISOString(),
  until: until.toISOString(),
  endedAt: endedAt?.toISOString(),
})

/** Newest first; an administrator sees all, others their own. */
export async function listDelegations(db: Db, { after, limit }: PageQuery, asking: Asking): Promise<DelegationPage> {
  if (after !== undefined && !/^[0-9]{1,15}$/.test(after))
    throw refused('after', 'expected what "next" of the page before said')
  const own = asking.scopes.has('admin') ? null : (await whoIs(db, asking.actor)).person
  const found = await db.query<Row>(
    `SELECT ${COLUMNS} FROM delegation WHERE ($1::text IS NULL OR $1 IN (absent, stands_in)) AND ($2::bigint IS NULL OR id < $2)
     ORDER BY id DESC LIMIT $3`,
    [own, after ?? null, limit + 1],
  )
  const { rows, next } = pageOf(found.rows, limit, ({ id }) => id)
  return { delegations: rows.map(answerOf), next }
}

/** By either of the two, or by an administrator: what takes a right away needs one person. Ending it twice changes nothing. */
export async function endDelegation(db: Db, id: number, asking: Asking): Promise<DelegationAnswer> {
  const own = asking.scopes.has('admin') ? null : (await whoIs(db, asking.actor)).person
  const { rows } = await db.query<Row>(
    `UPDATE delegation SET ended_at = coalesce(ended_at, now()) WHERE id = $1 AND ($2::text IS NULL OR $2 IN (absent, stands_in)) RETURNING ${COLUMNS}`,
    [id, own],
  )
  if (rows[0] === undefined) throw new LijianError('not_found', `There is no delegation ${id}`)
  return answerOf(rows[0])
}
