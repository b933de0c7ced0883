import type { AmountTerm } from '@lijian/contracts/finance'
import { LineFault } from './fault'

/** Amounts are added up in thousandths of a fen (10⁻⁵ yuan), as exact as any bill prints them. */
export const MILLS_PER_FEN = 1000

type Unit = 'fen' | 'yuan' | 'yuan5'

const YUAN = /^([+-]?)(\d{1,30})(?:\.(\d{1,5}))?$/
const FEN = /^[+-]?\d{1,32}$/
const THOUSANDS = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/
const WORDS = {
  fen: ['a whole number of fen', '分为单位的整数'],
  yuan: ['yuan with at most two decimals', '元，最多两位小数'],
  yuan5: ['yuan with at most five decimals', '元，最多五位小数'],
} as const

/** Text of one cell in thousandths of a fen; undefined: the cell is empty. */
export function millsOf(
  cell: string,
  unit: Unit,
  sign: AmountTerm['sign'],
  column: string | number,
): number | undefined {
  let text = cell
  let factor = 1
  if (sign === 'letter' && text !== '') {
    const letter = text[0]!
    if (letter === 'D') factor = -1
    else if (letter !== 'C' && !isDigits(text))
      throw new LineFault('expected C or D before the amount', '金额前应为 C 或 D', column)
    // A blank letter has been trimmed away: the amount is not set, and then it is 0.
    if (letter === 'C' || letter === 'D') text = text.slice(1)
    else if (Number(text) !== 0)
      throw new LineFault('expected C or D before an amount that is not 0', '非零金额前应为 C 或 D', column)
  }
  if (text === '') return undefined
  if (text.includes(',') && THOUSANDS.test(text)) text = text.replaceAll(',', '')
  const mills = unit === 'fen' ? fenMills(text) : yuanMills(text, unit === 'yuan' ? 2 : 5)
  if (mills !== undefined && !Number.isSafeInteger(mills))
    throw new LineFault('expected at most 90 thousand million yuan', '金额不应超过九百亿元', column)
  if (mills === undefined) {
    const [say, sayZh] = WORDS[unit]
    throw new LineFault(`expected ${say}`, `应为${sayZh}`, column)
  }
  return factor * mills
}

const isDigits = (text: string) => /^\d+$/.test(text)

const fenMills = (text: string): number | undefined => (FEN.test(text) ? Number(text) * MILLS_PER_FEN : undefined)

function yuanMills(text: string, decimals: number): number | undefined {
  const match = YUAN.exec(text)
  if (!match) return undefined
  const [, minus, whole, rest = ''] = match
  if (rest.length > decimals) return undefined
  const mills = Number(whole) * 100_000 + (rest === '' ? 0 : Number(rest.padEnd(5, '0')))
  return minus === '-' ? -mills : mills
}

/** Half up, away from 0: 0.5 fen is 1 fen, −0.5 fen is −1 fen. */
export const fenOf = (mills: number): number =>
  mills % MILLS_PER_FEN === 0 ? mills / MILLS_PER_FEN : Math.sign(mills) * Math.round(Math.abs(mills) / MILLS_PER_FEN)

/** For messages: `12.34`, with more decimals where there are more. */
export function millsText(mills: bigint): string {
  const text = String(mills < 0n ? -mills : mills).padStart(6, '0')
  const decimals = text.slice(-5).replace(/0{1,3}$/, '')
  return `${mills < 0n ? '-' : ''}${text.slice(0, -5)}.${decimals}`
}
