import type { Scan } from '../check'

export const caseChecks: readonly Scan[] = [
  {
    names: ['a case is closed by two people, and nothing is posted without them'],
    looksAt: 'cases',
    sql: `SELECT c.id, c.kind, c.state, c.resolution FROM reconciliation_case c LEFT JOIN proposal p ON p.id = c.resolved_by
      WHERE c.state = 'closed' AND (p.state IS DISTINCT FROM 'approved' OR p.kind <> 'case_resolution' OR p.subject <> c.id::text OR p.checker = p.maker)
      UNION ALL
      SELECT (j.detail ->> 'case')::bigint, j.event, p.state, p.body ->> 'resolution' FROM journal j
      LEFT JOIN proposal p ON p.kind = 'case_resolution' AND p.id::text = j.serial
      WHERE j.client = '@case' AND p.state IS DISTINCT FROM 'approved'`,
  },
]
