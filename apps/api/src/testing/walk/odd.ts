import fc from 'fast-check'
import { cardNumber } from '../card-numbers'

/** What no refusal and no log line may repeat. 19 and 16 digits that pass Luhn, a phone, a person's name and number. */
export const CANARIES = [
  '6222021234567890128',
  cardNumber(987_654),
  '13912345678',
  '张小明',
  '440301199001011234',
] as const
const [pan, shortPan, phone, person, idNumber] = CANARIES
export const PERSON = person

/** A number that JavaScript cannot write; `textOfJson` puts it in as it stands here. */
const RAW = /"\\u0001raw:([^"]*)"/g
const raw = (text: string) => `\u0001raw:${text}`
export const textOfJson = (value: unknown): string => (JSON.stringify(value) ?? '').replace(RAW, '$1')

const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  '\ufeffBOM',
  '\u202egnp.exe',
  'line\r\nline: 2',
  '\u001b[31m',
  'e\u0301\u0327'.repeat(40),
  '𝒳'.repeat(70),
  '张'.repeat(300),
  'a'.repeat(5_000),
  '9'.repeat(40),
  `${'a'.repeat(2_000)}.!`,
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '=HYPERLINK("http://x")',
  '＝1+1',
  "'; DROP TABLE journal; --",
  '../../etc/passwd',
  '%s%n',
  '${x}',
  'null',
  'NaN',
  '-1',
  '1e3',
  '2026-02-30',
  '0000-01-01',
  '9999-12-31',
  '24:00',
  '1'.repeat(15),
  pan,
  pan.replace(/(....)/g, '$1-'),
  shortPan,
  `ref ${pan} ${phone}`,
  phone,
  person,
  idNumber,
] as const
const NUMBERS = [
  -1,
  -0,
  0,
  1,
  0.5,
  1e-7,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 63,
  1e21,
  1e308,
  -1e308,
]
const RAW_NUMBERS = ['1e400', '-1e400', '-0', '0.1e-400', '9007199254740993', '1'.repeat(400)].map(raw)

/** Names that a plain object answers for, and names that are no names. */
export const oddKey = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  '',
  'a\u0000b',
  '\ud800',
  pan,
  person,
  'x'.repeat(2_000),
)
export const oddText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
)
export const oddNumber = fc.constantFrom<unknown>(...NUMBERS, ...RAW_NUMBERS)

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: oddText },
  { weight: 4, arbitrary: oddNumber },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [null], nested(60)) },
  { weight: 1, arbitrary: oddKey.map((key) => Object.fromEntries([[key, { [key]: 1 }]]) as unknown) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 2_000 }).map((n) => Array.from({ length: n }, () => ({}))) },
)
