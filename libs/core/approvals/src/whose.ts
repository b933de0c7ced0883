import { LijianError } from '@lijian/contracts/system'
import type { Pool } from 'pg'
import { branchesFrom } from './rights'
import { HEAD_OFFICE } from './who'

interface Owned {
  /** As its own address calls it: what another branch has is refused in the words of what is not there. */
  word: string
  /** Rows of one column `branch`. $1: its id; $2: the client of a serial. One branch that is seen is enough. */
  sql: string
  /** Every row is seen, or nothing is. */
  every?: true
  /** What no row tells of is not shown either: it may stand elsewhere. */
  closed?: true
}

const ofMerchant = (table: string) =>
  `SELECT coalesce(m.branch, '${HEAD_OFFICE}') AS branch FROM ${table} t LEFT JOIN merchant m ON m.id = t.merchant WHERE t.client = $2 AND t.serial = $1`
/** Of the person who has begun it; machines are of head office. */
const ofActor = (table: string, actor: string) =>
  `SELECT coalesce(p.branch, '${HEAD_OFFICE}') AS branch FROM ${table} t LEFT JOIN api_key k ON k.id = t.${actor}
   LEFT JOIN person p ON p.id = coalesce(k.person, t.${actor}) WHERE t.id = $1::bigint`

/** In SQL, of a row of reconciliation_case: the branch of its merchant. */
export const branchOfCase = (
  c: string,
): string => `(SELECT coalesce(max(m.branch), '${HEAD_OFFICE}') FROM merchant m WHERE m.id = coalesce(${c}.merchant,
  (SELECT t.merchant FROM marketing_transaction t WHERE t.client = ${c}.client AND t.serial = ${c}.serial)))`

const OWNED = {
  campaign: { word: 'campaign', sql: 'SELECT branch FROM campaign WHERE code = $1' },
  merchant: {
    word: 'merchant',
    sql: `SELECT coalesce(branch, '${HEAD_OFFICE}') AS branch FROM merchant WHERE id = $1`,
  },
  merchant_group: { word: 'merchant group', sql: 'SELECT branch FROM merchant_group WHERE code = $1' },
  partner: {
    word: 'partner',
    // A new one that waits belongs to who has proposed it: nobody else takes its place.
    sql: `SELECT branch FROM partner WHERE code = $1 UNION ALL
      SELECT p.branch FROM partner_draft d JOIN proposal p ON p.id = d.proposal WHERE d.code = $1 AND NOT EXISTS (SELECT FROM partner WHERE code = $1)`,
  },
  cycle: {
    word: 'partner cycle',
    sql: 'SELECT p.branch FROM partner_cycle c JOIN partner p ON p.code = c.partner WHERE c.id = $1::bigint',
  },
  case: {
    word: 'case',
    sql: `SELECT ${branchOfCase('c')} AS branch FROM reconciliation_case c WHERE c.id = $1::bigint`,
  },
  transaction: {
    word: 'transaction',
    closed: true,
    sql: `${ofMerchant('marketing_transaction')} UNION ALL
      SELECT c.branch FROM marketing_transaction t, jsonb_array_elements(t.record -> 'offers') o JOIN campaign c ON c.code = o ->> 'campaign'
      WHERE t.client = $2 AND t.serial = $1`,
  },
  route: { word: 'route', closed: true, sql: ofMerchant('route') },
  proposal: { word: 'proposal', sql: 'SELECT branch FROM proposal WHERE id = $1::bigint' },
  person: { word: 'person', sql: 'SELECT branch FROM person WHERE id = $1' },
  branch: { word: 'branch', sql: 'SELECT code AS branch FROM branch WHERE code = $1' },
  backtest: { word: 'back-test', sql: ofActor('backtest_run', 'requested_by') },
  import: { word: 'import', sql: ofActor('group_import', 'started_by') },
  report_run: {
    word: 'report run',
    every: true,
    closed: true,
    sql: `SELECT coalesce(p.branch, c.branch, m.branch, '${HEAD_OFFICE}') AS branch FROM report_run r CROSS JOIN jsonb_each_text(r.parameters) x
      LEFT JOIN partner p ON x.key = 'partner' AND p.code = x.value LEFT JOIN campaign c ON x.key = 'campaign' AND c.code = x.value
      LEFT JOIN merchant m ON x.key = 'merchant' AND m.id = x.value
      WHERE r.id = $1::bigint AND x.key IN ('partner', 'campaign', 'merchant')`,
  },
} as const satisfies Record<string, Owned>

export type OwnedKind = keyof typeof OWNED

/** Somebody of `branch` asks for this one: it is of the branch or of one below. Throws LijianError not_found, as if it were not there. */
export async function mustBeSeen(
  db: Pick<Pool, 'query'>,
  branch: string,
  kind: OwnedKind,
  id: string,
  client = '',
): Promise<void> {
  const { word, sql, every, closed }: Owned = OWNED[kind]
  const { rows } = await db.query<{ there: number; seen: number }>(
    `WITH RECURSIVE below AS (
       SELECT code FROM branch WHERE code = $3 UNION SELECT b.code FROM branch b JOIN below ON b.parent = below.code)
     SELECT count(*)::int AS there, count(*) FILTER (WHERE branch IN (SELECT code FROM below))::int AS seen
     FROM (${sql}) owner WHERE $2::text IS NOT NULL`,
    [id, client, branch],
  )
  const { there, seen } = rows[0]!
  if (there === 0 ? closed !== true : every === true ? seen === there : seen > 0) return
  throw new LijianError('not_found', `There is no ${word} ${id}`)
}

/** What lists are cut to; undefined: nothing is cut. */
export async function seenBranches(db: Pick<Pool, 'query'>, branch: string | undefined): Promise<string[] | undefined> {
  return branch === undefined || branch === HEAD_OFFICE ? undefined : branchesFrom(db, branch)
}
