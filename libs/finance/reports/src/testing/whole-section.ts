import type { ReportKind, ReportParameters } from '@lijian/contracts/finance'
import { definitionOf } from '../definitions'
import type { ReportRow } from '../definition'
import type { ReportPages } from '../pages'

/** Instants of tests are in this zone, eight hours ahead and without a summer time. */
export const ZONE = 'Asia/Shanghai'

/** Formulas, markup and quotes: as texts of a report they come out as they went in. */
export const CANARIES = [
  '=HYPERLINK("http://x","y")',
  '+1+2',
  '-2+3',
  '@SUM(A1)',
  "'quoted' \\",
  '<b>&amp;</b>',
  '\t=1',
  '{{7*7}}',
  '$$立减$$',
]

export interface WholeSection {
  rows: ReportRow[]
  totals: ReportRow[]
}

/** Each section page by page, so that every report of a test goes through the keys of its pages too. */
export async function wholeReport(
  pages: ReportPages,
  kind: ReportKind,
  parameters: ReportParameters,
): Promise<Record<string, WholeSection>> {
  const whole: Record<string, WholeSection> = {}
  for (const { section } of definitionOf(kind).sections) {
    let page = await pages.page(kind, { ...parameters, section, limit: 7 })
    const found: WholeSection = { rows: [...page.rows], totals: page.totals }
    while (page.next !== undefined) {
      page = await pages.page(kind, { ...parameters, section, limit: 7, after: page.next })
      found.rows.push(...page.rows)
    }
    whole[section] = found
  }
  return whole
}

/** Whether an instant lies in the business dates of the report. */
export const isWithin = (instant: string | null, { from, to }: ReportParameters): boolean =>
  instant !== null && dateAt(instant) >= from && dateAt(instant) <= to

export const dateAt = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10)

export const toSecond = (instant: string | null): string | null =>
  instant === null ? null : `${new Date(instant).toISOString().slice(0, 19)}Z`

/** In the order of the keys, texts by their bytes. */
export const inOrder = (rows: ReportRow[], keys: readonly string[]): ReportRow[] =>
  rows.sort((a, b) => {
    for (const key of keys) {
      const [x, y] = [a[key]!, b[key]!]
      const order =
        typeof x === 'string' && typeof y === 'string' ? Buffer.compare(Buffer.from(x), Buffer.from(y)) : +x - +y
      if (order !== 0) return order
    }
    return 0
  })
