import type { MerchantGroups, MerchantGroupsChange } from '@lijian/rules'
import type { EntityManager } from 'typeorm'

/** So many are read at once: a millisecond of this process's time. */
const PAGE = 5000

/** Members of groups as they are in force; `changed` undefined: of all. Undefined: there is nothing to read. Wants a snapshot (REPEATABLE READ). */
export async function readMerchantGroups(
  manager: EntityManager,
  groups: MerchantGroups,
  changed: readonly { kind: string; code: string }[] | undefined,
): Promise<MerchantGroupsChange | undefined> {
  const codes = changed?.filter(({ kind }) => kind === 'merchant_group').map(({ code }) => code)
  if (codes?.length === 0) return undefined
  const rows = await manager.query<{ code: string; version: number }[]>(
    'SELECT code, version FROM merchant_group WHERE $1::text[] IS NULL OR code = ANY ($1)',
    [codes ?? null],
  )
  const change = groups.change(rows.map(({ code }) => code))
  for (const { code, version } of rows)
    for await (const merchants of membersOf(manager, code, version)) change.add(code, merchants)
  return change
}

/** One text a page: reading a row for each member would take ten times as long. */
async function* membersOf(manager: EntityManager, code: string, version: number): AsyncGenerator<string[]> {
  for (let after = ''; ;) {
    const [page] = await manager.query<[{ merchants: string | null }]>(
      `SELECT string_agg(merchant, ' ' ORDER BY merchant) AS merchants FROM (
         SELECT merchant FROM merchant_group_member
         WHERE code = $1 AND merchant > $3 AND from_version <= $2 AND (to_version IS NULL OR to_version > $2) ORDER BY merchant LIMIT ${PAGE}) p`,
      [code, version, after],
    )
    const merchants = page.merchants?.split(' ') ?? []
    if (merchants.length > 0) yield merchants
    if (merchants.length < PAGE) return
    after = merchants.at(-1)!
  }
}
