// No zod here: flows load this.

/** ISO/IEC 7812-1 annex B: from the right, every second digit doubled; the sum of digits divides by ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  let double = false
  for (let i = digits.length - 1; i >= 0; i--) {
    let digit = digits.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return false
    if (double) {
      digit *= 2
      if (digit > 9) digit -= 9
    }
    sum += digit
    double = !double
  }
  return digits.length > 0 && sum % 10 === 0
}

/**
 * How numbers of cards begin, and how long they are: the ranges of the schemes, and those of Chinese debit and transport cards outside them. Without
 * ranges one in ten of all serials would pass for a card (decision 0061).
 */
const isInRange = (digits: string): boolean => {
  const length = digits.length
  const two = Number(digits.slice(0, 2))
  const four = Number(digits.slice(0, 4))
  if (digits.startsWith('4')) return length === 13 || length === 16 || length === 19 // Visa
  if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return length === 16 // Mastercard
  if (two === 34 || two === 37) return length === 15 // American Express
  if ((four >= 3000 && four <= 3059) || two === 36 || two === 38 || two === 39) return length === 14 // Diners Club
  if (four >= 3528 && four <= 3589) return length === 16 // JCB
  // UnionPay, Discover, Chinese cards.
  return (
    length >= 16 &&
    (two === 62 || two === 81 || two === 60 || two === 65 || four === 9400 || (four >= 9551 && four <= 9559))
  )
}

const SHORTEST = 13
const LONGEST = 19
/** Thirteen digits and more, with at most two separators between each two. */
const MANY_DIGITS = /[0-9](?:[ ._:/|-]{0,2}[0-9]){12,}/g
/** A digest as hexadecimal digits has runs of digits by chance, and nobody's card. */
const isDigest = (text: string): boolean => /^[0-9a-f-]{32,}$/i.test(text) && /[a-f]/i.test(text)

/**
 * Whether a card number stands in a text: 13 to 19 digits in a scheme's range that pass Luhn. Groups of digits with separators between them count as
 * one number, from any group to any group. Inside one longer run of digits nobody looks: a serial of twenty would be refused one time in five.
 */
export function holdsCardNumber(text: string): boolean {
  if (text.length < SHORTEST) return false
  // Digits as wide as Chinese characters are digits too.
  const plain = /[\uff00-\uff5e]/.test(text) ? text.normalize('NFKC') : text
  const found = plain.match(MANY_DIGITS)
  return found !== null && !isDigest(plain) && found.some((run) => hasCardIn(run.split(/[^0-9]+/)))
}

/** For what we say ourselves: of a card number in it the first six and last four digits are left. */
export function withoutCardNumbers(text: string): string {
  if (!holdsCardNumber(text)) return text
  const masked = text.replace(MANY_DIGITS, (run) => {
    const digits = run.replace(/[^0-9]/g, '')
    return hasCardIn(run.split(/[^0-9]+/)) ? `${digits.slice(0, 6)}******${digits.slice(-4)}` : run
  })
  return holdsCardNumber(masked) ? '?' : masked
}

function hasCardIn(groups: readonly string[]): boolean {
  return groups.some((_, from) => {
    let digits = ''
    for (let to = from; to < groups.length; to++) {
      digits += groups[to]!
      if (digits.length > LONGEST) return false
      if (digits.length >= SHORTEST && isInRange(digits) && passesLuhn(digits)) return true
    }
    return false
  })
}
