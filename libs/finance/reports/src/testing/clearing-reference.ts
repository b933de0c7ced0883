import type { ReportRow } from '../definition'

/** What counts, added up from the files. */
export function byDate(files: ReportRow[]) {
  const dates = new Map<string, Record<string, string | number>>()
  const NONE = {
    files: 0,
    rows: 0,
    amount: 0,
    fee: 0,
    rebate: 0,
    payout: 0,
    created: 0,
    waiting: 0,
    acknowledged: 0,
    refused: 0,
    late: 0,
  }
  for (const { date, currency, kind, state, rows, settle, late } of files) {
    if (state === 'replaced') continue
    const key = `${date} ${currency}`
    const sum = dates.get(key) ?? { date: date as string, currency: currency as string, ...NONE }
    dates.set(key, sum)
    const add = (what: string, n: number) => (sum[what] = Number(sum[what]) + n)
    add('files', 1)
    if (kind !== 'settlement') add('rows', Number(rows))
    add(kind === 'settlement' ? 'payout' : String(kind), Number(settle))
    if (kind !== 'settlement' && (state === 'published' || state === 'missing')) add('waiting', 1)
    if (['created', 'acknowledged', 'refused'].includes(String(state))) add(String(state), 1)
    if (late) add('late', 1)
  }
  return [...dates].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
}
