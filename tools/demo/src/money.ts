/** Fen as yuan with two decimals, thousands apart: 1234567 → "12,345.67". */
export function yuan(amountFen: number): string {
  const [sign, fen] = amountFen < 0 ? ['-', -amountFen] : ['', amountFen]
  const whole = String(Math.trunc(fen / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}${whole}.${String(fen % 100).padStart(2, '0')}`
}
