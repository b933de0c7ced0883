import { decimal } from '@lijian/contracts/shown'
import { useSession } from '../shell/session'
import { said, type Words } from '../texts'
import { codeWords } from './code-words'
import type { Show } from './define-list'
import { Instant, Money, State } from './values'

interface CellProps {
  value: unknown
  show?: Show | undefined
  currency?: string | undefined
  /** The name of the field: codes are called differently in different ones. */
  field?: string
}

/** One value of an answer, as people read it. */
export function Cell({ value, show, currency, field = '' }: CellProps) {
  const { language } = useSession()
  if (value === null || value === undefined || value === '') return <span className="quiet">—</span>
  if (show === 'money') return <Money minor={Number(value)} currency={currency} />
  if (show === 'instant') return <Instant at={String(value)} />
  if (show === 'state') return <State state={String(value)} />
  if (show === 'number') return <span className="number">{Number(value).toLocaleString('en')}</span>
  if (show === 'ppm') return <span className="number">{decimal(Number(value), 4)}%</span>
  if (show === 'yes') return value === true ? '✓' : '—'
  if (show === 'words') return said(value as Words, language)
  const word = (code: unknown) => {
    const found = codeWords(field, code)
    return found === undefined ? undefined : said(found, language)
  }
  if (Array.isArray(value) && value.length === 0) return <span className="quiet">—</span>
  if (Array.isArray(value))
    return value
      .map((one: unknown) => (typeof one === 'object' && one !== null ? nameOf(one) : (word(one) ?? String(one))))
      .join(language === 'en' ? ', ' : '、')
  if (typeof value === 'object') return JSON.stringify(value)
  const text = word(value) ?? String(value as string | number | boolean)
  return SHORT.test(text) ? <span className="whole">{text}</span> : text
}

/** Dates and short codes are no prose: they do not break at their hyphens. */
const SHORT = /^[\w.:@/-]{1,24}$/

const nameOf = (one: unknown): string => {
  const { name, code, ref, role, id } = one as Record<string, unknown>
  return String(name ?? code ?? ref ?? role ?? id ?? JSON.stringify(one))
}
