import type {
  ColumnType,
  ReportColumn,
  ReportKindList,
  ReportLanguage,
  ReportPage,
  ReportRequest,
} from '@lijian/contracts/finance'
import { moneyTextGrouped } from '@lijian/money'
import { textTable } from '@lijian/text-table'
import type { Server } from './server'

type Row = ReportPage['rows'][number]
const NUMBERS: readonly ColumnType[] = ['integer', 'amount', 'rate']
const PAGE = 500

/** What `./lijian report list` prints. */
export async function listText(server: Server, language: ReportLanguage): Promise<string[]> {
  const { reports } = await server.ask<ReportKindList>('GET', '/v1/reports')
  return textTable(
    ['report', 'name', 'sections', 'needs', 'takes', 'scope'].map((head) => ({ head })),
    reports.map((one) => [
      one.kind,
      one[language],
      one.sections.map(({ section }) => section).join('\n'),
      one.needs.join('\n'),
      one.takes.join('\n'),
      one.scopes.join('\n'),
    ]),
    { rule: true },
  )
}

/** The first rows of one section as a table with its totals; amounts are yuan. */
export async function printed(
  server: Server,
  { kind, parameters, section, language }: ReportRequest,
  rowsMax: number,
): Promise<string[]> {
  const about = new URLSearchParams({ ...parameters, ...(section === undefined ? {} : { section }) })
  const ask = (after: string | undefined, limit: number) => {
    const query = new URLSearchParams(about)
    query.set('limit', String(limit))
    if (after !== undefined) query.set('after', after)
    return server.ask<ReportPage>('GET', `/v1/reports/${encodeURIComponent(kind)}?${query.toString()}`)
  }
  const first = await ask(undefined, Math.min(PAGE, rowsMax))
  const rows = [...first.rows]
  let next = first.next
  while (next !== undefined && rows.length < rowsMax) {
    const page = await ask(next, Math.min(PAGE, rowsMax - rows.length))
    rows.push(...page.rows)
    next = page.next
  }
  const { columns, totals, snapshot, remark } = first
  const heads = columns.map((column) => ({ head: column[language], right: NUMBERS.includes(column.type) }))
  const shown = [...rows.map((row) => cellsOf(columns, row)), ...totals.map((row) => totalOf(columns, row, language))]
  const more = next === undefined ? [] : [`… and more: --rows N, or a file`]
  return [
    ...textTable(heads, shown, { rule: true }),
    ...more,
    ...(remark ? [remark[language]] : []),
    `shows ${snapshot}`,
  ]
}

const cellsOf = (columns: readonly ReportColumn[], row: Row): string[] =>
  columns.map(({ key, type }) => cell(row[key] ?? null, type, row['currency']))

/** In the first column that has no sum of its own stands what the row is. */
function totalOf(columns: readonly ReportColumn[], row: Row, language: ReportLanguage): string[] {
  const cells = cellsOf(columns, row)
  const at = columns.findIndex(({ key }) => !(key in row))
  return cells.map((text, i) => (i === at ? { zh: '合计', en: 'Total' }[language] : text))
}

function cell(value: Row[string], type: ColumnType, currency: Row[string] | undefined): string {
  if (value === null) return ''
  if (type === 'amount' && typeof value === 'number')
    return moneyTextGrouped(value, typeof currency === 'string' && currency !== '' ? currency : 'CNY')
  if (type === 'rate' && typeof value === 'number') return `${(value / 10_000).toFixed(2)} %`
  if (type === 'integer' && typeof value === 'number') return value.toLocaleString('en')
  // What would steer a terminal is not printed.
  return String(value).replaceAll(/\p{Cc}/gu, '\uFFFD')
}
