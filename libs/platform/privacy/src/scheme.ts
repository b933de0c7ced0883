/**
 * The card scheme by ISO/IEC 7812 ranges. Chinese cards outside them (9…, 6 other than 62) run on UnionPay's network: the BIN table says so.
 * A card of two schemes (4… or 5… issued in China) counts as the scheme of its number.
 */
export function schemeOf(digits: string, length?: number): string | undefined {
  const two = digits.slice(0, 2)
  const four = Number(digits.slice(0, 4).padEnd(4, '0'))
  if (two === '62' || two === '81') return 'unionpay'
  if (digits[0] === '4') return 'visa'
  if ((two >= '51' && two <= '55') || (four >= 2221 && four <= 2720)) return 'mastercard'
  if (four >= 3528 && four <= 3589) return 'jcb'
  if (two === '34' || two === '37') return 'amex'
  if ((two === '36' || two === '38' || (four >= 3000 && four <= 3059)) && (length ?? 14) === 14) return 'diners'
  if (four === 6011 || two === '65') return 'discover'
  return undefined
}
