const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const UNITS = ['仟', '佰', '拾', '']

/** 人民币大写: 10005 fen are `壹佰元零伍分`. Whole yuan and whole jiao end with 整, as the rules of bills (支付结算办法) write them. */
export function rmbWords(fen: bigint): string {
  if (fen < 0n) return `负${rmbWords(-fen)}`
  const yuan = fen / 100n
  const [jiao, rest] = [Number((fen / 10n) % 10n), Number(fen % 10n)]
  const whole = yuan === 0n ? '' : `${wholeWords(yuan)}元`
  if (jiao === 0 && rest === 0) return `${whole || '零元'}整`
  if (rest === 0) return `${whole}${DIGITS[jiao]}角整`
  if (jiao === 0) return `${whole}${whole && '零'}${DIGITS[rest]}分`
  return `${whole}${DIGITS[jiao]}角${DIGITS[rest]}分`
}

/** One 零 stands for all the zeros between two digits; the groups are 亿 and 万. */
function wholeWords(n: bigint): string {
  for (const [size, unit] of GROUPS) {
    if (n < size) continue
    const rest = n % size
    const gap = rest > 0n && rest < size / 10n ? '零' : ''
    return wholeWords(n / size) + unit + gap + (rest > 0n ? wholeWords(rest) : '')
  }
  return groupWords(String(n))
}

const GROUPS = [
  [100_000_000n, '亿'],
  [10_000n, '万'],
] as const

const groupWords = (digits: string): string =>
  [...digits.padStart(4, '0')]
    .map((digit, i) => (digit === '0' ? '零' : DIGITS[Number(digit)]! + UNITS[i]!))
    .join('')
    .replace(/零+/g, '零')
    .replace(/^零|零$/g, '')
