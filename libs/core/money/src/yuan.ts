/** Fen as yuan with two decimals, made of its digits: 1500 is `15.00`, −50 is `-0.50`. Throws on what is no whole safe number. */
export function yuanText(amountFen: number): string {
  if (!Number.isSafeInteger(amountFen)) throw new RangeError(`${amountFen} is not a whole amount in fen`)
  const digits = String(Math.abs(amountFen)).padStart(3, '0')
  return `${amountFen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The same with thousands apart, as people read them: 1234567 is `12,345.67`. */
export const yuanTextGrouped = (amountFen: number): string => yuanText(amountFen).replace(/\B(?=(\d{3})+\.)/g, ',')
