import type { ReportColumn, ReportKind } from '@lijian/contracts/finance'
import { definitionOf, type ReportDefinition, type Section } from '@lijian/reports'
import { MANY_COLUMNS } from '@lijian/sheet-files/testing/many-rows'

export const MANY_TABLE = 'report_bench_rows'

/** The rows of sheet-files' own measurements, with a currency in place of the partner: every report with amounts has one. */
const COLUMNS = MANY_COLUMNS.map(({ key, zh, en, type }): ReportColumn =>
  key === 'partner' ? { key: 'currency', zh: '币种', en: 'Currency', type: 'text' } : { key, zh, en, type },
)

const SELECT = `SELECT ${COLUMNS.map(({ key }) => (key === 'currency' ? `'CNY'::text AS currency` : key)).join(', ')} FROM ${MANY_TABLE}`

/** What PostgreSQL needs for the same rows and columns in the same order, without a report. */
export const BARE_COPY = `COPY (SELECT r.* FROM (${SELECT}) r ORDER BY r.serial COLLATE "C") TO STDOUT WITH (FORMAT csv)`

const rows: Section = {
  section: 'rows',
  zh: '明细',
  en: 'Rows',
  columns: COLUMNS,
  keys: ['serial'],
  sums: COLUMNS.filter(({ type }) => type === 'amount').map(({ key }) => key),
  rows: () => SELECT,
}

/** One section of 15 columns: 2 dates, 8 texts with Chinese, 5 amounts. */
const manyReport: ReportDefinition = {
  kind: 'merchant',
  zh: '明细',
  en: 'Rows',
  scopes: ['finance'],
  needs: [],
  takes: [],
  version: 1,
  basis: 'live',
  sections: [rows],
}

export const benchDefinitionOf = (kind: ReportKind): ReportDefinition =>
  kind === manyReport.kind ? manyReport : definitionOf(kind)
