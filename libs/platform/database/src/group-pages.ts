import type { EntityManager } from 'typeorm'
import type { GroupKind } from './entities/groups'

/** So much is read or written at once: a quarter of a megabyte, well under a millisecond of this process's time. */
const PAGES_AT_ONCE = 4

/** The pages of one version in order, a few at a time; others are served in between. Wants a snapshot (REPEATABLE READ) or a lock. */
export async function* readGroupPages(
  manager: EntityManager,
  kind: GroupKind,
  code: string,
  version: number,
): AsyncGenerator<Buffer<ArrayBuffer>> {
  for (let from = 0; ; from += PAGES_AT_ONCE) {
    const rows = await manager.query<{ members: Buffer<ArrayBuffer> }[]>(
      `SELECT members FROM group_page WHERE kind = $1 AND code = $2 AND version = $3 AND page >= $4 AND page < $5 ORDER BY page`,
      [kind, code, version, from, from + PAGES_AT_ONCE],
    )
    for (const { members } of rows) yield members
    if (rows.length < PAGES_AT_ONCE) return
  }
}

/** The version of pages that wait for another person. */
export const DRAFT_PAGES = -1

/** Writes a version of a group's members, in the caller's transaction. */
export async function writeGroupPages(
  manager: EntityManager,
  kind: GroupKind,
  code: string,
  version: number,
  pages: Iterable<Uint8Array>,
): Promise<void> {
  let page = 0
  for (const members of pages) {
    await manager.query('INSERT INTO group_page (kind, code, version, page, members) VALUES ($1, $2, $3, $4, $5)', [
      ...[kind, code, version, page],
      Buffer.from(members.buffer, members.byteOffset, members.byteLength),
    ])
    page += 1
  }
}
