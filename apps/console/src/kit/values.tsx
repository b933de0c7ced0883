import { decimal, decimalsOf } from '@lijian/contracts/shown'
import { useSaid } from '../shell/session'
import { words } from '../texts'
import { STATES } from './states'

/** Minor units as a text with separators. */
export const amountText = (minor: number, currency = 'CNY'): string =>
  decimal(minor, decimalsOf(currency))
    .replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
    .replace('-', '−')

export const Money = ({ minor, currency }: { minor: number | null | undefined; currency?: string | undefined }) =>
  minor === null || minor === undefined ? null : (
    <span className="number">
      {amountText(minor, currency)}
      {currency === undefined || currency === 'CNY' ? '' : ` ${currency}`}
    </span>
  )

/** In the zone of the browser, which is named: "2026-12-02 11:56:55 +08". */
export function Instant({ at }: { at: string | null | undefined }) {
  if (at === null || at === undefined) return null
  return (
    <time dateTime={at} className="number">
      {instantText(new Date(at))}
    </time>
  )
}

const two = (n: number) => String(n).padStart(2, '0')
function instantText(at: Date): string {
  const aheadMinutes = -at.getTimezoneOffset()
  const [hours, minutes] = [Math.floor(Math.abs(aheadMinutes) / 60), Math.abs(aheadMinutes) % 60]
  const zone = `${aheadMinutes < 0 ? '-' : '+'}${two(hours)}${minutes === 0 ? '' : `:${two(minutes)}`}`
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())} ${zone}`
}

/** A state by its word, with a dot whose colour nobody needs. */
export function State({ state }: { state: string }) {
  const say = useSaid()
  const [text, tone] = STATES[state] ?? [words(state, state), 'plain']
  return (
    <span className="state" title={state}>
      <span className={`dot ${tone}`} aria-hidden />
      {say(text)}
    </span>
  )
}
