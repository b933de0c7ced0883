import { Writable } from 'node:stream'
import { crc32, inflateRawSync } from 'node:zlib'
import type { Column, Showing } from '../columns'

export const SHOWING: Showing = { language: 'zh', zone: 'Asia/Shanghai' }

export const NOTE: Column = { key: 'note', zh: '说明', en: 'note', type: 'text' }

/** Texts that a sheet, its XML or a line of CSV could take for something else. */
export const CANARIES = [
  ...['=1+1', '=HYPERLINK("http://x","y")', '+1', '-1', '@SUM(A1)', '＝1', '＋1', '－1', '＠x', ' =1+1', "'quoted"],
  ...[
    '\t=1',
    '\r=1',
    '\n=1',
    'two\nlines',
    'a\u0000b\u0001c\u001fd\u007fe',
    'half \ud800 of a pair',
    '\udc00',
    '\ufffe\uffff',
  ],
  ...['<b>bold</b>', ']]>', '<![CDATA[x]]>', '&amp;', '"', '""', ',', ';', '_x0041_', '_x005F_', '_xZZZZ_'],
  ...['12345678901234567890', '0001', '1e5', '1/2', '2026-01-31', 'TRUE', '#N/A', ' both ends ', ' ', ''],
  ...['😀', '𠮷野家', '满100减15', 'é', '\u0085', '\ue000 x', '\\.', '\\'],
]

/** Keeps what is written; each write takes a turn of the event loop, as a disk does. */
export class Kept extends Writable {
  private readonly pieces: Buffer[] = []

  override _write(piece: Buffer, _: string, done: () => void): void {
    this.pieces.push(Buffer.from(piece))
    setImmediate(done)
  }

  get bytes(): Buffer {
    return Buffer.concat(this.pieces)
  }
}

/** The entries of a ZIP by its directory, in order; each agrees with its own head, descriptor and checksum, and nothing lies between them. */
export function unzip(file: Buffer): Map<string, string> {
  const end = file.length - 22
  if (file.readUInt32LE(end) !== 0x0605_4b50) throw new Error('the directory does not end the file')
  const directory = file.readUInt32LE(end + 16)
  const entries = new Map<string, string>()
  let [at, next] = [directory, 0]
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const [crc, packed, raw] = [16, 20, 24].map((field) => file.readUInt32LE(at + field))
    const length = file.readUInt16LE(at + 28)
    const name = file.toString('latin1', at + 46, at + 46 + length)
    if (file.readUInt32LE(at + 42) !== next) throw new Error(`${name} does not begin where the entry before ends`)
    const data = next + 30 + file.readUInt16LE(next + 26)
    if (file.toString('latin1', next + 30, data) !== name) throw new Error(`${name} has another name in its head`)
    const bytes = inflateRawSync(file.subarray(data, data + packed!))
    const descriptor = [0x0807_4b50, crc32(bytes), packed, bytes.length]
    const found = descriptor.map((_, i) => file.readUInt32LE(data + packed! + 4 * i))
    if (bytes.length !== raw || crc32(bytes) !== crc || found.join() !== descriptor.join())
      throw new Error(`${name} is not what its sizes and checksum say`)
    entries.set(name, bytes.toString())
    next = data + packed! + 16
    at += 46 + length
  }
  if (next !== directory || at !== end) throw new Error('something lies between entries and directory')
  return entries
}
