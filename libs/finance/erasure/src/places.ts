import { DRAFT_PAGES } from '@lijian/database'
import { fingerprintsOf, pagesOf } from '@lijian/rules'
import type { PoolClient } from 'pg'
import type { Payment } from './books'
import { Statement, strangersFor } from './tokens'

const MEMBER_BYTES = 16

/** Answers without an offer: their tokens become strangers', the same in each. Whose answers they were is told: the Temporal door has a history of each. */
export async function eraseDecisions(db: PoolClient, tokens: readonly string[]): Promise<Payment[]> {
  const said = new Statement(tokens)
  const decision = said.swapped('decision::text', strangersFor(tokens))
  const { rows } = await db.query<{ client: string; serial: string }>(
    `UPDATE decision_log SET decision = (${decision}::jsonb #- '{facts,last4}')::json
     WHERE ${said.holds('decision::text')} RETURNING client, serial`,
    said.values,
  )
  return rows.map(({ client, serial }) => [client, serial])
}

/** First six and last four digits in lines of bills about the person's payments. */
export async function eraseBills(db: PoolClient, payments: readonly Payment[]): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE bill_line b SET card = NULL FROM unnest($1::text[], $2::text[]) AS p (client, serial)
     WHERE b.client = p.client AND (b.serial = p.serial OR b.original_serial = p.serial) AND b.card IS NOT NULL`,
    [payments.map(([client]) => client), payments.map(([, serial]) => serial)],
  )
  return rowCount ?? 0
}

/** Members of card and customer groups. The group grows a version, so that every process reads it anew. */
export async function eraseGroups(db: PoolClient, tokens: readonly string[]): Promise<number> {
  let removed = 0
  for (const kind of ['card_group', 'customer_group'] as const) {
    const { rows } = await db.query<{ code: string; version: number }>(
      `SELECT code, members_version AS version FROM ${kind} WHERE member_count > 0 ORDER BY code FOR UPDATE`,
    )
    for (const { code, version } of rows) removed += await eraseMembers(db, { kind, code, version }, tokens)
    // What waits for another person: its digest is another then, so it is proposed anew.
    const { rows: drafts } = await db.query<{ code: string }>(
      'SELECT code FROM member_group_draft WHERE kind = $1 AND has_members ORDER BY code FOR UPDATE',
      [kind],
    )
    for (const { code } of drafts) removed += await erasePages(db, { kind, code, version: DRAFT_PAGES }, tokens)
  }
  return removed
}

interface Group {
  kind: 'card_group' | 'customer_group'
  code: string
  version: number
}

async function erasePages(db: PoolClient, { kind, code, version }: Group, tokens: readonly string[]): Promise<number> {
  const members = membersOf(tokens)
  let removed = 0
  const { rows } = await db.query<{ page: number; members: Buffer }>(
    `SELECT page, members FROM group_page WHERE kind = $1 AND code = $2 AND version = $3
       AND EXISTS (SELECT FROM unnest($4::bytea[]) m WHERE position(m IN members) > 0) ORDER BY page DESC`,
    [kind, code, version, members],
  )
  for (const { page, members: before } of rows) {
    const after = without(before, members)
    removed += (before.length - after.length) / MEMBER_BYTES
    const place = [kind, code, version, page]
    if (after.length > 0)
      await db.query(
        'UPDATE group_page SET members = $5 WHERE kind = $1 AND code = $2 AND version = $3 AND page = $4',
        [...place, after],
      )
    else {
      await db.query('DELETE FROM group_page WHERE kind = $1 AND code = $2 AND version = $3 AND page = $4', place)
      // Ascending, one after the other: the key allows no two pages of one number.
      const { rows: later } = await db.query<{ page: number }>(
        'SELECT page FROM group_page WHERE kind = $1 AND code = $2 AND version = $3 AND page > $4 ORDER BY page',
        place,
      )
      for (const { page: from } of later)
        await db.query(
          'UPDATE group_page SET page = page - 1 WHERE kind = $1 AND code = $2 AND version = $3 AND page = $4',
          [...[kind, code, version], from],
        )
    }
  }
  return removed
}

async function eraseMembers(db: PoolClient, group: Group, tokens: readonly string[]): Promise<number> {
  const { kind, code, version } = group
  const removed = await erasePages(db, group, tokens)
  if (removed === 0) return 0
  await db.query('UPDATE group_page SET version = version + 1 WHERE kind = $1 AND code = $2 AND version = $3', [
    ...[kind, code, version],
  ])
  await db.query(
    `UPDATE ${kind} SET members_version = members_version + 1, member_count = member_count - $2 WHERE code = $1`,
    [code, removed],
  )
  await db.query('INSERT INTO config_change (kind, code) VALUES ($1, $2)', [kind, code])
  return removed
}

/** As they stand in a page. */
function membersOf(tokens: readonly string[]): Buffer[] {
  const bytes = Buffer.concat([...pagesOf(fingerprintsOf(tokens))])
  return Array.from({ length: bytes.length / MEMBER_BYTES }, (_, i) =>
    bytes.subarray(i * MEMBER_BYTES, (i + 1) * MEMBER_BYTES),
  )
}

function without(page: Buffer, members: readonly Buffer[]): Buffer {
  const kept: Buffer[] = []
  for (let at = 0; at < page.length; at += MEMBER_BYTES) {
    const one = page.subarray(at, at + MEMBER_BYTES)
    if (!members.some((member) => member.equals(one))) kept.push(one)
  }
  return Buffer.concat(kept)
}
