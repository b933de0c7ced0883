import { regionPrefix, type MerchantLine, type MerchantListQuery, type MerchantPage } from '@lijian/contracts/marketing'
import { readable } from '@lijian/contracts/text'
import { pageOf } from '@lijian/database'
import type { DataSource } from 'typeorm'

interface Row {
  id: string
  name: string | null
  mcc: string | null
  region: string | null
  branch: string | null
  parent: string | null
  status: MerchantLine['status']
  updated_by: string
  updated_at: Date
}

export interface Statement {
  text: string
  values: unknown[]
}

/** Above every text that begins so, in the order of bytes. */
const LAST = '\u{10FFFF}'

/**
 * Merchants by id in the order of bytes. Each condition has an index that is read from `after` onwards, so that a page costs what it shows and not
 * what there is (plans.test.ts).
 */
export function listStatement({ q, mcc, region, branch, status, group, after, limit }: MerchantListQuery): Statement {
  const values: unknown[] = []
  const given = (value: unknown) => `$${values.push(value)}`
  const where: string[] = []
  if (after !== undefined) where.push(`m.id COLLATE "C" > ${given(after)}`)
  if (q !== undefined) {
    const [from, to] = [given(q), given(q + LAST)]
    where.push(`((m.id COLLATE "C" >= ${from} AND m.id COLLATE "C" < ${to}) OR (m.name >= ${from} AND m.name < ${to}))`)
  }
  if (mcc !== undefined) where.push(`m.mcc = ${given(mcc)}`)
  if (region !== undefined) where.push(inRegion(regionPrefix(region), given))
  // Not as an equality: in the order of branch and id only the index of branches serves, whatever is thought of how many a branch has.
  if (branch !== undefined) where.push('m.branch >= b.code AND m.branch <= b.code')
  // The words that are not `active` have an index of their own.
  if (status !== undefined) where.push(status === 'active' ? `m.status = 'active'` : `m.status <> 'active' AND m.status = ${given(status)}`) // prettier-ignore
  if (group !== undefined) where.push(ofGroup(given(group), after === undefined ? undefined : given(after)))
  const last = given(limit + 1)
  const text = `SELECT m.id, m.name, m.mcc, m.region, m.branch, ${readable('m.document')} ->> 'parent' AS parent, m.status, m.updated_by, m.updated_at
      FROM ${group === undefined ? 'merchant m' : `${MEMBERS} JOIN merchant m ON m.id COLLATE "C" = g.merchant`}
      ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}
      ORDER BY ${branch === undefined ? '' : 'm.branch, '}${group === undefined ? 'm.id COLLATE "C"' : 'g.merchant'} LIMIT ${last}`
  if (branch === undefined) return { text, values }
  // A page of each branch, and of these the first: so the index of branches gives them in order.
  return {
    text: `SELECT m.* FROM (${BELOW(given(branch))}) b CROSS JOIN LATERAL (${text}) m ORDER BY m.id COLLATE "C" LIMIT ${last}`,
    values,
  }
}

const MEMBERS = 'merchant_group f JOIN merchant_group_member g ON g.code = f.code'

const ofGroup = (group: string, after: string | undefined): string =>
  `f.code = ${group} AND g.from_version <= f.version AND (g.to_version IS NULL OR g.to_version > f.version)
   ${after === undefined ? '' : `AND g.merchant > ${after}`}`

/** Provinces, cities and districts have an index each. */
function inRegion(prefix: string, given: (value: unknown) => string): string {
  if (prefix.length === 2 || prefix.length === 4) return `left(m.region, ${prefix.length}) = ${given(prefix)}`
  if (prefix.length === 6) return `m.region = ${given(prefix)}`
  return `m.region >= ${given(prefix)} AND m.region < ${given(prefix + LAST)}`
}

const BELOW = (branch: string): string =>
  `WITH RECURSIVE below AS (SELECT code FROM branch WHERE code = ${branch}
     UNION SELECT b.code FROM branch b JOIN below ON b.parent = below.code) SELECT code FROM below`

export async function listMerchants(source: DataSource, query: MerchantListQuery): Promise<MerchantPage> {
  const { text, values } = listStatement(query)
  const { rows, next } = pageOf(await source.query<Row[]>(text, values), query.limit, ({ id }) => id)
  return { merchants: rows.map(lineOf), ...(next === undefined ? {} : { next }) }
}

const lineOf = (row: Row): MerchantLine => ({
  id: row.id,
  name: row.name ?? row.id,
  mcc: row.mcc ?? undefined,
  region: row.region ?? undefined,
  branch: row.branch ?? undefined,
  parent: row.parent ?? undefined,
  status: row.status,
  updatedBy: row.updated_by,
  updatedAt: row.updated_at.toISOString(),
})
