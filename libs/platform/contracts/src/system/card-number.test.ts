import { holdsCardNumber, passesLuhn } from '../text'
import { mustHoldNoCard } from './card-number'

const PAN = '6222029970019186'

test('the number that the other tests hide is one', () => expect(passesLuhn('6222021234567890128')).toBe(true))

/** A number of a scheme's with its right last digit. */
const pan = (digits: string) => [...'0123456789'].map((last) => digits + last).find(passesLuhn)!
const CARDS = {
  UnionPay: pan('622202123456789012'),
  'UnionPay 16': pan('622202123456789'),
  Visa: pan('411111111111111'),
  Mastercard: pan('555555555555444'),
  'Mastercard 2': pan('222100000000000'),
  'American Express': pan('37828224631000'),
  Diners: pan('3056930902590'),
  JCB: pan('353011133330000'),
  ICBC: pan('955880123456789012'),
}
test.each(Object.entries(CARDS))('%s', (_, card) => {
  const grouped = card.replace(/(....)(?=.)/g, '$1-')
  for (const text of [
    card,
    grouped,
    `X${card}`,
    `ref ${card} 13912345678`,
    grouped.replaceAll('-', ' '),
    `${grouped}-2026`,
    `20261201 ${card}`,
    `card:${grouped.replaceAll('-', '. ')}`,
  ])
    // prettier-ignore
    expect({ text, holds: holdsCardNumber(text) }).toEqual({ text, holds: true })
  const uuid = '3f2a9c1e-8b4d-4c5e-9f6a-1234567890ab'
  // Separators of an office program, of a list, of no width; beside or glued to a digest.
  for (const between of ['\u00a0', '–', ' – ', ' - ', ',', '*', ')(', '\n', '\u200b', '\u2011', '#'])
    expect({ between, holds: holdsCardNumber(grouped.replaceAll('-', between)) }).toEqual({ between, holds: true })
  for (const text of [
    `${card}-${uuid}`,
    `${uuid}_${card}`,
    `${card}abcdefabcdefabcdefabcdef`,
    `abcdefabcdefabcdefabcdef${card}`,
  ])
    // prettier-ignore
    expect({ text, holds: holdsCardNumber(text) }).toEqual({ text, holds: true })
  // Arabic, Persian, Devanagari, mathematical digits.
  for (const zero of [0x660, 0x6f0, 0x966, 0x1d7ce, 0x1d7f6]) {
    const other = [...card].map((digit) => String.fromCodePoint(Number(digit) + zero)).join('')
    expect({ zero, holds: holdsCardNumber(`No. ${other}`) }).toEqual({ zero, holds: true })
  }
  const wide = [...card].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('')
  expect(holdsCardNumber(`卡号${wide}`)).toBe(true)
})

test.each([
  ['a serial of twenty digits', '20261201123456789012'],
  ['an instant to the millisecond', '20261201123456789'],
  ['a wrong last digit', '6222029970019187'],
  ['masked', '622202******9186'],
  ['a phone', '13912345678'],
  ['an identity card', '440301199001011234'],
  ['a digest', 'e3b0c44298fc1c6222029970019186fb92427ae41e4649b934ca495991b7852b'],
  ['a UUID', '550e8400-e29b-41d4-a716-446655440000'],
  ['a UUID with a prefix', 'm_62220299-7001-4918-a716-446655440000'],
  ['two dates and an amount', '2026-12-01 – 2026-12-31, 4,000.00'],
])('%s is none', (_, text) => expect(holdsCardNumber(text)).toBe(false))

test('a serial with a card number is refused, unless the client’s may look so; it is not repeated', () => {
  const serials = { serial: `S-${PAN}`, upstreamSerial: `ref ${PAN}`, terminal: 'T1' }
  const refusal = (() => {
    try {
      return mustHoldNoCard(serials, false)
    } catch (error) {
      return error
    }
  })()
  expect(refusal).toMatchObject({ code: 'invalid_request', extra: { errors: [{ path: 'serial' }, { path: 'upstreamSerial' }] } }) // prettier-ignore
  expect(JSON.stringify(refusal)).not.toContain(PAN)
  expect(JSON.stringify(refusal)).toContain('serialsMayLookLikeCards')
  expect(() => mustHoldNoCard(serials, true)).not.toThrow()
})

/** Digits by a generator of the test's own: the figures are the same in each run. */
let seed = 20_261_201
const chance = () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}
const some = (alphabet: string, length: number) => {
  let text = ''
  for (let i = 0; i < length; i++) text += alphabet[Math.floor(chance() * alphabet.length)]
  return text
}
const digits = (length: number) => some('0123456789', length)
const HEX = '0123456789abcdef'
/** An instant of five years, as digits: yyyyMMddHHmmssSSS. */
const stamp = () => new Date(Date.UTC(2025, 0, 1) + chance() * 1826 * 86_400_000).toISOString().replace(/[^0-9]/g, '')
const epoch = () => String(Math.floor(Date.UTC(2025, 0, 1) + chance() * 1826 * 86_400_000))

/** Of a million with `./lijian test --thorough`: the figures of decision 0061. */
const COUNT = Number(process.env['LIJIAN_TEST_FC_SCALE'] ?? 1) > 1 ? 1_000_000 : 100_000

// What passes by chance. The bounds say which forms need the setting.
test.each<[kind: string, mostPpm: number, make: () => string]>([
  ['timestamps: milliseconds since 1970', 0, epoch],
  ['timestamps: milliseconds since 1970 and 3 digits', 0, () => epoch() + digits(3)],
  ['timestamps: milliseconds since 1970 and 6 digits', 0, () => epoch() + digits(6)],
  ['timestamps: yyyyMMddHHmmss and 2 digits', 0, () => stamp().slice(0, 14) + digits(2)],
  ['timestamps: yyyyMMddHHmmssSSS', 0, stamp],
  ['timestamps: yyyyMMdd and 12 digits', 0, () => stamp().slice(0, 8) + digits(12)],
  ['timestamps: yyyyMMdd-HHmmss-6 digits', 0, () => stamp().replace(/^(.{8})(.{6}).*/, '$1-$2-') + digits(6)],
  ['timestamps: yyMMddHHmmss and 4 digits', 110_000, () => stamp().slice(2, 14) + digits(4)],
  ['random: 13 digits', 15_000, () => digits(13)],
  ['random: 16 digits', 30_000, () => digits(16)],
  ['random: 19 digits', 20_000, () => digits(19)],
  ['random: 20 digits', 0, () => digits(20)],
  ['random: 16 hexadecimal digits', 300, () => some(HEX, 16)],
  ['random: 32 hexadecimal digits', 100, () => some(HEX, 32)],
  ['random: 64 hexadecimal digits', 200, () => some(HEX, 64)],
  ['random: UUIDs', 0, () => some(HEX, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')],
  ['random: UUIDs with a prefix', 0, () => some(HEX, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, 'order-$1-$2-$3-$4-')],
  ['random: 43 of base64url', 2, () => some('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', 43)],
])('%s: at most %i ppm are taken for cards', (kind, mostPpm, make) => {
  let taken = 0
  let windows = 0
  for (let n = 0; n < COUNT; n++) {
    const text = make()
    if (holdsCardNumber(text)) taken++
    if (n < 10_000 && anyWindow(text)) windows++
  }
  const ppm = (taken * 1_000_000) / COUNT
  console.log(`${kind}: ${ppm} ppm; if any 13 to 19 digits that pass Luhn counted: ${windows / 100} %`)
  expect(ppm).toBeLessThanOrEqual(mostPpm)
})

/** The rule that was not chosen: Luhn alone, at any place of any run of digits. */
function anyWindow(text: string): boolean {
  for (const run of text.match(/[0-9]{13,}/g) ?? [])
    for (let from = 0; from <= run.length - 13; from++)
      for (let length = 13; length <= 19 && from + length <= run.length; length++)
        if (passesLuhn(run.slice(from, from + length))) return true
  return false
}
