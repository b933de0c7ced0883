import { assertFen } from './fen'

/** amount × part ÷ whole, rounded half up; 0 when the whole is 0. `halfUpShare(8_500, 3_333, 10_000)` = 2833. */
export function halfUpShare(amountFen: number, partFen: number, wholeFen: number): number {
  assertFen(amountFen)
  assertFen(partFen, 'part')
  assertFen(wholeFen, 'whole')
  if (wholeFen === 0) return 0
  const product = amountFen * partFen
  if (Number.isSafeInteger(2 * product + wholeFen)) return Math.floor((2 * product + wholeFen) / (2 * wholeFen))
  const whole = BigInt(wholeFen)
  return Number((2n * BigInt(amountFen) * BigInt(partFen) + whole) / (2n * whole))
}
