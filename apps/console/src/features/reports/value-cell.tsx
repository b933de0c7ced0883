import type { Schemas } from '../../api/client'
import { valueText } from '../../kit/chart'
import { Instant } from '../../kit/values'
import type { Words } from '../../texts'

type Column = Schemas['ReportColumn']
type Row = Schemas['ReportPage']['rows'][number]

/** One value of a report, as its files show it. */
export function valueCell({ key, type, words }: Column, row: Row, say: (text: Words) => string) {
  const value = row[key]
  if (value === null || value === undefined || value === '') return <span className="quiet">—</span>
  if (typeof value === 'boolean') return value ? '✓' : '—'
  if (type === 'instant') return <Instant at={String(value)} />
  if (type === 'amount' || type === 'rate' || type === 'integer')
    return <span className="number">{valueText(Number(value), type, String(row['currency'] ?? 'CNY'))}</span>
  if (type === 'date') return <span className="number">{String(value)}</span>
  const word = Object.hasOwn(words ?? {}, String(value)) ? words![String(value)] : undefined
  return word === undefined ? String(value) : say(word)
}
