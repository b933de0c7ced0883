import { definitionOf, type ReportDefinition, type Section } from '@lijian/reports'
import type { ReportKind } from '@lijian/contracts/finance'

/** As the owner: what the test's report reads. */
export const SLOW_ROWS = `CREATE TABLE slow_row (n bigint PRIMARY KEY); INSERT INTO slow_row SELECT generate_series(1, 40000);
  GRANT SELECT ON slow_row TO lijian_app; ANALYZE slow_row`

const rows: Section = {
  section: 'rows',
  zh: '行',
  en: 'Rows',
  columns: [
    { key: 'n', zh: '编号', en: 'Number', type: 'integer' },
    { key: 'currency', zh: '币种', en: 'Currency', type: 'text' },
    { key: 'serial', zh: '流水号', en: 'Serial', type: 'text' },
    { key: 'amount', zh: '金额', en: 'Amount', type: 'amount' },
  ],
  keys: ['n'],
  sums: [],
  // An index gives the order, so that rows come one after the other, and each thousand takes its time.
  rows: ({ parameters: { client: many = '1000', source: eachMs = '0' } }) =>
    `SELECT n, 'CNY' AS currency, '流水' || n AS serial, n * 7 AS amount FROM ${
      Number(many) > 40_000 ? `generate_series(1::bigint, ${Number(many)}) n` : 'slow_row'
    } CROSS JOIN LATERAL (SELECT CASE WHEN n % 1000 = 0 THEN pg_sleep(${Number(eachMs) / 1000}) END AS slept) s WHERE n <= ${Number(many)}`,
}

/**
 * A report of as many rows as its parameter `client` says, a thousand of them each `source` milliseconds. Asked for the currency XXX, it differs from
 * the ledger.
 */
const slowReport: ReportDefinition = {
  kind: 'campaign-effect',
  zh: '测试报表',
  en: 'Test',
  scopes: ['finance'],
  needs: [],
  takes: ['client', 'source', 'currency'],
  version: 1,
  basis: 'books',
  sections: [rows],
  proofs: ({ parameters: { currency } }) =>
    `SELECT 'discount' AS what, 1500::bigint AS ours, ${currency === 'XXX' ? 1501 : 1500}::bigint AS ledger`,
}

export const testDefinitionOf = (kind: ReportKind): ReportDefinition =>
  kind === slowReport.kind ? slowReport : definitionOf(kind)
