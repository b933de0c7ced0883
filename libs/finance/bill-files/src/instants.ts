import type { BillFields } from '@lijian/contracts/finance'
import { LineFault } from './fault'

const TOKENS = ['YYYY', 'MM', 'DD', 'hh', 'mm', 'ss'] as const
const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)((?::\d\d(?:\.\d{1,9})?)?)(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/
const bad = () => new LineFault('expected a time as the layout has it', '时间格式与版式不符')

/**
 * Reads times of one format. `date`: of the file; a time without a year is the one nearest to it, so a file of 1 January may tell of 31
 * December. Answers an instant with the layout's offset.
 */
export function instantReader(
  { format }: NonNullable<BillFields['at']>,
  utcOffset: string,
  date: string,
): (text: string) => string {
  if (format === 'ISO')
    return (text) => {
      const match = ISO.exec(text)
      if (!match) throw bad()
      const [, minutes, seconds, offset] = match
      const ms = Date.parse(`${minutes}${seconds!.slice(0, 3)}Z`)
      // 30 February would become 2 March, and the hour 24 another day.
      if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(minutes!)) throw bad()
      return offset === undefined ? `${text}${utcOffset}` : text
    }
  const places = TOKENS.map((token) => [format.indexOf(token), token.length] as const)
  const separators = [...format].map((character, i) => [i, character] as const).filter(([, c]) => !/[YMDhms]/.test(c))
  const near = Date.parse(`${date}T12:00:00Z`)
  return (text) => {
    if (text.length !== format.length || separators.some(([i, character]) => text[i] !== character)) throw bad()
    const [year, month, day, hour, minute, second] = places.map(([at, length]) => {
      if (at < 0) return undefined
      const digits = text.slice(at, at + length)
      if (!/^\d+$/.test(digits)) throw bad()
      return Number(digits)
    })
    const ms = (y: number) => {
      const at = new Date(Date.UTC(y, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0))
      // What rolled over into another month, day or hour was no such time.
      const same =
        at.getUTCFullYear() === y &&
        at.getUTCMonth() === (month ?? 1) - 1 &&
        at.getUTCDate() === (day ?? 1) &&
        at.getUTCHours() === (hour ?? 0) &&
        at.getUTCMinutes() === (minute ?? 0)
      return same ? at.getTime() : undefined
    }
    const base = new Date(near).getUTCFullYear()
    const candidates = (year === undefined ? [base - 1, base, base + 1] : [year])
      .map(ms)
      .filter((at) => at !== undefined)
    if (candidates.length === 0) throw bad()
    const best = candidates.reduce((a, b) => (Math.abs(b - near) < Math.abs(a - near) ? b : a))
    return `${new Date(best).toISOString().slice(0, 19)}${utcOffset}`
  }
}
