import type { Scan } from '../check'

const PARTITION = `to_regclass('audit_event_' || to_char(s.month, 'YYYYMM'))`
/** A month that may be gone, and is. */
const IS_DROPPED = `(${PARTITION} IS NULL AND s.month + interval '1 month' <= (now() AT TIME ZONE 'UTC')::date
  - coalesce((SELECT value::integer FROM installation_setting WHERE name = 'audit_days'), 2190))`

export const auditChecks: readonly Scan[] = [
  {
    names: ['the audit is what was sealed'],
    looksAt: 'auditSeals',
    sql: `SELECT s.n, s.month::text, 'the events are not those that were sealed' AS what
      FROM audit_seal s, LATERAL audit_range_hash(s.month, s.from_id, s.to_id, s.previous_hash) h
      WHERE s.sealed_at >= SINCE AND NOT ${IS_DROPPED} AND (h.hash, h.events) IS DISTINCT FROM (s.hash, s.events)
      UNION ALL
      SELECT s.n, s.month::text, 'it does not rest on the seal before' FROM (
        SELECT *, lag(hash, 1, '\\x00') OVER (ORDER BY n) AS before, lag(n, 1, 0::bigint) OVER (ORDER BY n) AS n_before FROM audit_seal
      ) s WHERE s.sealed_at >= SINCE AND (s.previous_hash <> s.before OR s.n <> s.n_before + 1)
      UNION ALL
      SELECT e.last_id, e.month::text, 'there is an event of a sealed time that no seal has' FROM (
        SELECT date_trunc('month', at AT TIME ZONE 'UTC')::date AS month, count(*) AS events, max(id) AS last_id FROM audit_event
        WHERE id <= (SELECT max(to_id) FROM audit_seal) GROUP BY 1
      ) e LEFT JOIN (SELECT month, sum(events) AS events FROM audit_seal GROUP BY 1) s USING (month) WHERE e.events > coalesce(s.events, 0)`,
  },
]
