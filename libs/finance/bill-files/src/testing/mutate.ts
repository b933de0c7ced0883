import { Buffer } from 'node:buffer'
import type { BillLayout } from '@lijian/contracts/finance'

/** Numbers below a bound, one after the other. */
export type Pick = (below: number) => number
/** The same numbers for the same seed. */
export function picker(seed: number): Pick {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % Math.max(1, below)
  }
}

const linesOf = (file: Buffer) => file.toString('latin1').split('\n')
const joined = (lines: string[]) => Buffer.from(lines.join('\n'), 'latin1')
const inserted = (file: Buffer, at: number, what: string) =>
  Buffer.concat([file.subarray(0, at), Buffer.from(what, 'latin1'), file.subarray(at)])
const onLine = (change: (line: string, pick: Pick) => string) => (file: Buffer, pick: Pick) => {
  const lines = linesOf(file)
  const at = pick(lines.length)
  lines[at] = change(lines[at]!, pick)
  return joined(lines)
}
/** One of the places where the file has it. */
function replaceOne(file: Buffer, what: RegExp, by: (found: string, pick: Pick) => string, pick: Pick): Buffer {
  const text = file.toString('latin1')
  const found = [...text.matchAll(what)]
  const one = found[pick(found.length)]
  if (!one) return file
  return Buffer.from(text.slice(0, one.index) + by(one[0], pick) + text.slice(one.index + one[0].length), 'latin1')
}
const replacing = (what: RegExp, by: (found: string, pick: Pick) => string) => (file: Buffer, pick: Pick) =>
  replaceOne(file, what, by, pick)
const delimiterOf = ({ form }: BillLayout) => (form.type === 'delimited' ? form.delimiter : ' ')
const WORDS = [
  'SUCCESS',
  'FAIL',
  'PROCESSING',
  'REFUND',
  'REVOKED',
  'CLOSED',
  'failure',
  'constructor',
  '__proto__',
  '',
]
const CURRENCIES = ['USD', 'JPY', 'cny', '', 'CNY ', 'ZZZ', 'RMB', '156']
const DATES = ['2026-02-30', '20260230', '2026-13-01', '0000-01-01', '2024-02-29', '2026-11-31']

/** What happens to files on their way, by kind. */
export const MUTATIONS: Record<string, (file: Buffer, pick: Pick, layout: BillLayout) => Buffer> = {
  'a line is gone': (file, pick) => joined(linesOf(file).toSpliced(pick(linesOf(file).length), 1)),
  'a line is there twice': (file, pick) => {
    const lines = linesOf(file)
    const at = pick(lines.length)
    return joined(lines.toSpliced(at, 0, lines[at]!))
  },
  'two lines are swapped': (file, pick) => {
    const lines = linesOf(file)
    const [a, b] = [pick(lines.length), pick(lines.length)]
    return joined(lines.with(a, lines[b]!).with(b, lines[a]!))
  },
  'cut off': (file, pick) => file.subarray(0, pick(file.length + 1)),
  'without its last line end': (file) => file.subarray(0, file.at(-2) === 13 ? -2 : -1),
  'CR LF for LF': (file) =>
    joined(linesOf(file).map((line, i, all) => (i < all.length - 1 ? `${line.replace(/\r$/, '')}\r` : line))),
  'LF for CR LF': (file) => joined(linesOf(file).map((line) => line.replace(/\r$/, ''))),
  'CR alone': (file) => Buffer.from(file.toString('latin1').replaceAll(/\r?\n/g, '\r'), 'latin1'),
  'a blank line': (file, pick) =>
    joined(linesOf(file).toSpliced(pick(linesOf(file).length), 0, [' ', '', '\t \r', '\r'][pick(4)]!)),
  'a byte order mark': (file) => inserted(file, 0, '\xef\xbb\xbf'),
  'the other encoding': (file, _pick, { encoding }) =>
    encoding === 'utf-8'
      ? Buffer.from(file.toString(), 'utf16le')
      : Buffer.from(new TextDecoder('gb18030').decode(file)),
  'a line in UTF-8': (file, pick) =>
    onLine((line) => Buffer.from(new TextDecoder('gb18030').decode(Buffer.from(line, 'latin1'))).toString('latin1'))(
      file,
      pick,
    ),
  'a byte that is none': (file, pick) => inserted(file, pick(file.length), ['\xff', '\x80', '\xc0'][pick(3)]!),
  'a control character': (file, pick) =>
    inserted(file, pick(file.length), ['\0', '\x1a', '\x7f', '\x0b', '\r'][pick(5)]!),
  'another digit': (file, pick) => replaceOne(file, /\d/g, (_found, one) => String(one(10)), pick),
  'a minus': (file, pick) => replaceOne(file, /\d+\.\d\d/g, (found) => `-${found}`, pick),
  'a huge amount': replacing(
    /\d+\.\d+|(?<=[,|:`"])\d+/g,
    (_found, pick) => ['9'.repeat(25), '90071992547.41', '90071992547.40', '1e5', '1.', '1,000.00', ''][pick(7)]!,
  ),
  'a delimiter more': (file, pick, layout) => inserted(file, pick(file.length), delimiterOf(layout)),
  'a delimiter less': (file, pick, layout) =>
    replaceOne(
      file,
      layout.form.type === 'delimited' && layout.form.delimiter === '|'
        ? /\|/g
        : layout.form.type === 'delimited'
          ? /,/g
          : / /g,
      () => '',
      pick,
    ),
  'a quote': (file, pick) => inserted(file, pick(file.length), '"'),
  'a cell in quotes with a line break': (file, pick) =>
    replaceOne(file, /(?<=,)[^,"\r\n]*(?=,)/g, (found) => `"${found}\r\n""x"`, pick),
  'a cell in quotes': (file, pick) => replaceOne(file, /(?<=,)[^,"\r\n]*(?=,)/g, (found) => `"${found}"`, pick),
  'a date that does not exist': (file, pick) =>
    replaceOne(file, /2026-11-02|20261102/g, (_found, one) => DATES[one(DATES.length)]!, pick),
  'a time that does not exist': (file, pick) =>
    replaceOne(
      file,
      /\d\d:\d\d:\d\d|1102\d{6}/g,
      (found, one) =>
        found.includes(':')
          ? ['25:00:00', '24:00:00', '10:60:00', '10:00:60'][one(4)]!
          : ['0230091203', '1102250000', '0229120000'][one(3)]!,
      pick,
    ),
  'another state or kind': (file, pick) =>
    replaceOne(
      file,
      /SUCCESS|REFUND|success|payment|settled|capture/g,
      (_found, one) => WORDS[one(WORDS.length)]!,
      pick,
    ),
  'another currency': (file, pick) =>
    replaceOne(file, /(?<=[,`"])(?:CNY|JPY)(?=[,"])/g, (_found, one) => CURRENCIES[one(CURRENCIES.length)]!, pick),
  'a row after the totals': (file, pick) => {
    const lines = linesOf(file)
    return joined([...lines.slice(0, -1), lines[pick(lines.length)]!, ''])
  },
  'a column of the header under another name': (file, pick) =>
    replaceOne(
      file,
      /(?<=\n|^)[^\d\n]{20,}(?=\n)/g,
      (found, one) => {
        const cells = found.split(',')
        return cells.with(one(cells.length), cells[one(cells.length)]!).join(',')
      },
      pick,
    ),
}
