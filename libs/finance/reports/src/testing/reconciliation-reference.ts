import type { ReportRow } from '../definition'
import { inOrder } from './whole-section'

/** Each section in its details. */
export interface ShownDifferences {
  breaks: ReportRow[]
  cases: ReportRow[]
  runs: ReportRow[]
}

export const groupBy = <Row>(rows: readonly Row[], key: (row: Row) => string) => {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row])
  return [...groups.values()]
}
const total = (rows: readonly ReportRow[], key: string) => rows.reduce((sum, row) => sum + Number(row[key] ?? 0), 0)
const oldest = (rows: readonly ReportRow[]) => Math.max(...rows.map((row) => Number(row['days'])))
const ageFrom = (days: number) => [31, 8, 4, 0].find((from) => days >= from)!

/** What sections of sums must show of the details that are wanted. */
export function expected(
  shown: ShownDifferences,
  wanted: (row: ReportRow) => boolean,
  ofRun: (row: ReportRow) => boolean,
) {
  const [breaks, cases] = [shown.breaks.filter(wanted), shown.cases.filter(wanted)]
  const pick = (row: ReportRow, keys: string[]) => Object.fromEntries(keys.map((key) => [key, row[key]!]))
  const open = cases
    .filter(({ state }) => state === 'open')
    .map((row) => ({ ...row, age_from: ageFrom(Number(row['days'])) }))
  const closed = cases.filter(({ state }) => state === 'closed')
  const keyed = (keys: string[]) => (row: ReportRow) => JSON.stringify(keys.map((key) => row[key]))
  const classKeys = ['class', 'source', 'age_from', 'currency']
  const ownerKeys = ['owner', 'age_from', 'currency']
  const endKeys = ['resolution', 'kind', 'currency']
  const money = (rows: ReportRow[]) => ({ amount: total(rows, 'amount'), cash: total(rows, 'cash') })
  return {
    classes: inOrder(
      groupBy<ReportRow>(
        breaks.map((row) => ({ ...row, age_from: ageFrom(Number(row['days'])) })),
        keyed(classKeys),
      ).map((rows) => ({
        ...pick(rows[0]!, classKeys),
        breaks: rows.length,
        open: rows.filter((row) => row['case_state'] === 'open').length,
        closed: rows.filter((row) => row['case_state'] === 'closed').length,
        ...{ ours: total(rows, 'ours'), theirs: total(rows, 'theirs'), cash: total(rows, 'cash') },
      })),
      classKeys,
    ),
    owners: inOrder(
      groupBy<ReportRow>(open, keyed(ownerKeys)).map((rows) => ({
        ...pick(rows[0]!, ownerKeys),
        cases: rows.length,
        oldest: oldest(rows),
        ...money(rows),
      })),
      ownerKeys,
    ),
    resolutions: inOrder(
      groupBy(closed, keyed(endKeys)).map((rows) => ({
        ...pick(rows[0]!, endKeys),
        cases: rows.length,
        longest: oldest(rows),
        ...money(rows),
        booked: total(rows, 'booked'),
      })),
      endKeys,
    ),
    runs: inOrder(shown.runs.filter(ofRun), ['date', 'source', 'scope']),
    breaks: inOrder(breaks, ['date', 'id']),
    cases: inOrder(cases, ['date', 'id']),
  }
}
