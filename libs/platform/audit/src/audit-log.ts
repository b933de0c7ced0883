import type { AuditEvent, AuditPage, AuditQuery } from '@lijian/contracts/people'
import { present } from '@lijian/contracts/system'
import { pageOf } from '@lijian/database'
import type { Pool } from 'pg'

interface Row {
  id: number
  at: Date
  business_date: string
  actor: string
  person: string | null
  branch: string | null
  session: string | null
  address: string | null
  request: string | null
  via: string
  operation: string
  act: AuditEvent['act']
  subject_kind: string
  subject: string
  result: AuditEvent['result']
  before_hash: string | null
  after_hash: string | null
  diff: AuditEvent['diff'] | null
  sealed: boolean
}

const COLUMNS = `e.id, e.at, e.business_date, e.actor, e.person, e.branch, e.session, e.address, e.request, e.via, e.operation, e.act, e.subject_kind,
  e.subject, e.result, encode(e.before_hash, 'hex') AS before_hash, encode(e.after_hash, 'hex') AS after_hash, e.diff,
  e.id <= coalesce((SELECT max(to_id) FROM audit_seal), 0) AS sealed`

/** Each filter with the condition it stands for; `?` is its value. A business date is at most two days away from its instants. */
const FILTERS = {
  from: `e.business_date >= ?::date AND e.at >= ?::date - interval '2 days'`,
  to: `e.business_date <= ?::date AND e.at < ?::date + interval '2 days'`,
  actor: 'e.actor = ?',
  person: 'e.person = ?',
  branch: 'e.branch = ?',
  operation: 'e.operation = ?',
  act: 'e.act = ?',
  subjectKind: 'e.subject_kind = ?',
  subject: 'e.subject = ?',
  request: 'e.request = ?',
  result: 'e.result = ?',
  after: 'e.id < ?::bigint',
} as const satisfies Partial<Record<keyof AuditQuery, string>>

export class AuditLog {
  constructor(private readonly pool: Pick<Pool, 'query'>) {}

  /** Newest first. `branches`: only what people of these did. */
  async list({ limit, ...filters }: AuditQuery, branches?: readonly string[]): Promise<AuditPage> {
    const values: unknown[] = []
    const conditions = Object.entries(FILTERS).flatMap(([name, condition]) => {
      const value = filters[name as keyof typeof FILTERS]
      if (value === undefined) return []
      values.push(value)
      return condition.replaceAll('?', `$${values.length}`)
    })
    if (branches !== undefined) conditions.push(`e.branch = ANY($${values.push(branches)})`)
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
    const found = await this.pool.query<Row>(
      `SELECT ${COLUMNS} FROM audit_event e ${where} ORDER BY e.id DESC LIMIT $${values.length + 1}`,
      [...values, limit + 1],
    )
    const { rows, next } = pageOf(found.rows, limit, ({ id }) => String(id))
    return { events: rows.map(eventOf), next }
  }
}

const eventOf = (row: Row): AuditEvent => ({
  id: Number(row.id),
  at: row.at.toISOString(),
  businessDate: row.business_date,
  actor: row.actor,
  ...present({
    person: row.person ?? undefined,
    branch: row.branch ?? undefined,
    session: row.session ?? undefined,
    address: row.address ?? undefined,
    request: row.request ?? undefined,
  }),
  via: row.via,
  operation: row.operation,
  act: row.act,
  subject: { kind: row.subject_kind, id: row.subject },
  result: row.result,
  ...present({
    beforeHash: row.before_hash ?? undefined,
    afterHash: row.after_hash ?? undefined,
    diff: row.diff ?? undefined,
  }),
  sealed: row.sealed,
})
