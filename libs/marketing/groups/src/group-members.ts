import {
  CardGroupEntity,
  CustomerGroupEntity,
  DRAFT_PAGES,
  readGroupPages,
  writeGroupPages,
  type GroupKind,
} from '@lijian/database'
import { pagesOf } from '@lijian/rules'
import type { EntityManager } from 'typeorm'

export type GroupRow = CardGroupEntity | CustomerGroupEntity

const TABLES = { card_group: CardGroupEntity, customer_group: CustomerGroupEntity }

export const groupTable = (kind: GroupKind): typeof CardGroupEntity | typeof CustomerGroupEntity => TABLES[kind]

/**
 * The group's row, made if it is not there (`made`), locked until the end of the transaction: no other change of its members comes between.
 */
export async function lockGroup(
  manager: EntityManager,
  kind: GroupKind,
  code: string,
  actor: string,
): Promise<{ row: GroupRow; made: boolean }> {
  const [columns, values] =
    kind === 'card_group' ? ['code, updated_by, bins', `$1, $2, '{}'`] : ['code, updated_by', '$1, $2']
  const inserted = await manager.query<object[]>(
    `INSERT INTO ${kind} (${columns}) VALUES (${values}) ON CONFLICT (code) DO NOTHING RETURNING code`,
    [code, actor],
  )
  const row = await manager.findOneOrFail<GroupRow>(groupTable(kind), {
    where: { code },
    lock: { mode: 'pessimistic_write' },
  })
  return { row, made: inserted.length > 0 }
}

/** Replaces the members of a locked group by these fingerprints; readers see all the old ones or, after the commit, all the new. */
export async function replaceMembers(
  manager: EntityManager,
  kind: GroupKind,
  { code, membersVersion }: GroupRow,
  words: Uint32Array,
): Promise<void> {
  const version = membersVersion + 1
  await writeGroupPages(manager, kind, code, version, pagesOf(words))
  await manager.query(`DELETE FROM group_page WHERE kind = $1 AND code = $2 AND version NOT IN ($3, ${DRAFT_PAGES})`, [
    kind,
    code,
    version,
  ])
  await manager.update(groupTable(kind), { code }, { membersVersion: version, memberCount: words.length / 4 })
}

/** Whether a locked group has exactly these members. */
export async function hasMembers(
  manager: EntityManager,
  kind: GroupKind,
  row: GroupRow,
  words: Uint32Array,
): Promise<boolean> {
  if (row.memberCount !== words.length / 4) return false
  const [now, then] = [await membersOf(manager, kind, row), [...pagesOf(words)]]
  return Buffer.concat(now).equals(Buffer.concat(then))
}

/** The pages of a locked group. */
export async function membersOf(
  manager: EntityManager,
  kind: GroupKind,
  { code, membersVersion }: GroupRow,
): Promise<Buffer<ArrayBuffer>[]> {
  const pages: Buffer<ArrayBuffer>[] = []
  for await (const page of readGroupPages(manager, kind, code, membersVersion)) pages.push(page)
  return pages
}
