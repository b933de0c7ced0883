import { decimal, decimalsOf } from '@lijian/contracts/shown'

/** What people type, as a whole number of minor units: digits are moved, nothing is multiplied. undefined: it is no such number. */
export function wholeOf(text: string, places: number): number | undefined {
  const found = /^([-−]?)(\d{1,13})(?:\.(\d+))?$/.exec(text.trim().replaceAll(/[,，]/g, ''))
  if (found === null) return undefined
  const [, sign, whole = '', rest = ''] = found
  const digits = rest.replace(/0+$/, '')
  if (digits.length > places) return undefined
  const number = Number(whole + digits.padEnd(places, '0'))
  return sign === '' || number === 0 ? number : -number
}

/** "15" or "15.50" yuan as fen; other currencies in their own minor unit. */
export const fenOf = (text: string, currency = 'CNY'): number | undefined => wholeOf(text, decimalsOf(currency))
export const yuanOf = (minor: number, currency = 'CNY'): string => decimal(minor, decimalsOf(currency))
/** "85" per cent as parts per million. */
export const ppmOf = (percent: string): number | undefined => wholeOf(percent, 4)
export const percentOf = (ppm: number): string => decimal(ppm, 4)
export const countOf = (text: string): number | undefined => wholeOf(text, 0)
