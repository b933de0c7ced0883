import type { ClientBase, Pool } from 'pg'

type Db = Pick<Pool | ClientBase, 'query'>

/** What is known of a case when it is found. */
export interface FoundCase<Kind extends string> {
  kind: Kind
  client: string
  serial: string
  merchant?: string | null
  amountFen?: number | null
  discountFen?: number | null
  paidFen?: number | null
}

/** Many cases found by one query. */
export interface FoundBySql {
  /** Columns of reconciliation_case after `kind`, `client`, `serial`. */
  columns: readonly string[]
  /** Query that gives kind, client, serial and the columns, in this order. */
  select: string
  /** `WITH` queries that the query reads: what changes together with the case. */
  with?: string
  values: readonly unknown[]
}

export interface CaseKinds<Kind extends string> {
  /** Whether the case was opened now. */
  open(db: Db, found: FoundCase<Kind>): Promise<boolean>
  /** How many were opened now. Throws when the query gives a kind that is not registered: call it inside a transaction, or with literal kinds. */
  openFrom(db: Db, found: FoundBySql): Promise<number>
}

/** Kinds that one owner opens. A case opened again by a retry or a redelivery stays as it is, whoever owns it by then. */
export function caseKinds<Kind extends string>(...kinds: readonly Kind[]): CaseKinds<Kind> {
  const known = new Set<string>(kinds)
  const mustKnow = (kind: string) => {
    if (!known.has(kind)) throw new Error(`no owner has registered cases of kind ${kind}`)
  }
  return {
    async open(db, { kind, client, serial, merchant, amountFen, discountFen, paidFen }) {
      mustKnow(kind)
      const { rowCount } = await db.query({
        name: 'open-case',
        text: `INSERT INTO reconciliation_case (kind, client, serial, merchant, amount_fen, discount_fen, paid_fen)
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (kind, client, serial) DO NOTHING`,
        values: [kind, client, serial, merchant || null, amountFen ?? null, discountFen ?? null, paidFen ?? null],
      })
      return rowCount === 1
    },
    async openFrom(db, { columns, select, with: first, values }) {
      const { rows } = await db.query<{ kind: string; n: number }>(
        `WITH ${first === undefined ? '' : `${first}, `}opened AS (
           INSERT INTO reconciliation_case (${['kind', 'client', 'serial', ...columns].join(', ')})
           ${select} ON CONFLICT (kind, client, serial) DO NOTHING RETURNING kind)
         SELECT kind, count(*)::int AS n FROM opened GROUP BY kind`,
        [...values],
      )
      for (const { kind } of rows) mustKnow(kind)
      return rows.reduce((sum, { n }) => sum + n, 0)
    },
  }
}
