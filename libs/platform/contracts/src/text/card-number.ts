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
/** Thirteen digits and more. Between each two at most three signs that are neither letters nor digits: "6222 - 0299", a space of Word's, one of no width. */
const MANY_DIGITS = /[0-9](?:[^\p{L}\p{N}]{0,3}[0-9]){12,}/gu

const UUID = /(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi
const HEXADECIMAL = /[0-9a-f]{32,}/gi
/**
 * A digest has runs of digits by chance, and nobody's card. What stands before or after it is looked at, and so are the digits with which it begins and
 * ends: a number to which somebody has glued a digest is in clear.
 */
const withoutDigests = (text: string): string =>
  text.replace(UUID, 'x').replace(HEXADECIMAL, (run) => run.replace(/[a-f].*[a-f]|[a-f]/i, 'x'))

/** Digits of other scripts, as wide as Chinese characters or of mathematics are digits too. */
const withPlainDigits = (text: string): string =>
  /[^\P{N}0-9]/u.test(text) ? text.normalize('NFKC').replace(/[^\P{Nd}0-9]/gu, plainDigit) : text

/** In Unicode the ten digits of a script stand in a row, from its zero. */
function plainDigit(digit: string): string {
  const at = digit.codePointAt(0)!
  let zero = at
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String((at - zero) % 10)
}

/**
 * Whether a card number stands in a text: 13 to 19 digits in a scheme's range that pass Luhn. Groups of digits with separators between them count as
 * one number, from any group to any group. Inside one longer run of digits nobody looks: a serial of twenty would be refused one time in five.
 */
export function holdsCardNumber(text: string): boolean {
  if (text.length < SHORTEST) return false
  const plain = withPlainDigits(text)
  const found = plain.match(MANY_DIGITS)
  if (found === null) return false
  const looked = withoutDigests(plain)
  return (looked.match(MANY_DIGITS) ?? []).some((run) => hasCardIn(run.split(/[^0-9]+/)))
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
