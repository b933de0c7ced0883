export { markdownTable as table } from '@lijian/text-table'

const NUMBERS = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** Three significant digits are more than a bench knows; large ones without a fraction. */
export const figure = (value: number): string =>
  Number.isFinite(value) ? (Math.abs(value) >= 100 ? WHOLE : NUMBERS).format(value) : '–'
export const ms = (us: number): string => figure(us / 1_000)
/** Against a goal that is a least ratio, e.g. `0.62 (goal ≥ 0.4: met)`. */
export function goal(value: number, kind: '≥' | '≤', wanted: number): string {
  const met = kind === '≥' ? value >= wanted : value <= wanted
  return `${figure(value)} (goal ${kind} ${figure(wanted)}: ${met ? 'met' : 'missed'})`
}
