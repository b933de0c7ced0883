import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnyOutputLine, EventLine, PaymentLine } from '@lijian/contracts'
import type { Decided, SerialStore, StoredPayment } from '@lijian/offline'
import { parseLine } from './parse-line'
import { SerialTable } from './serial-table'

const FLUSH_CHARS = 1 << 18
const BLOCK_BYTES = 1 << 11
const NEWLINE = 10

/**
 * What later lines may need, in a temporary file: in memory is a table of places. An entry is two lines, the input line as it was read and what was
 * decided (empty without an offer), and is read back only when a refund, a void or a repeated serial asks for it. The file is ASCII, other
 * characters are escaped as JSON knows it, so that a place in the text is a place in the file.
 */
export class SpillStore implements SerialStore {
  private readonly folder = mkdtempSync(join(tmpdir(), 'lijian-evaluate-'))
  private readonly file = openSync(join(this.folder, 'lines'), 'a+')
  private readonly payments = new SerialTable()
  private readonly events = new SerialTable()
  private waiting = '\n'
  private written = 0

  has(serial: string): boolean {
    return this.payments.get(serial) !== 0
  }

  payment(serial: string): StoredPayment | undefined {
    const entry = this.read(this.payments.get(serial))
    return entry && { line: entry.line as PaymentLine, decided: entry.more as Decided | undefined }
  }

  keep(line: PaymentLine, decided: Decided | undefined, text?: string): void {
    this.payments.set(line.serial, this.append(text ?? JSON.stringify(line), decided))
  }

  event(serial: string): { line: EventLine; answer: AnyOutputLine } | undefined {
    const entry = this.read(this.events.get(serial))
    return entry && { line: entry.line as EventLine, answer: entry.more as AnyOutputLine }
  }

  keepEvent(line: EventLine, answer: AnyOutputLine): void {
    this.events.set(line.serial, this.append(JSON.stringify(line), answer))
  }

  close(): void {
    closeSync(this.file)
    rmSync(this.folder, { recursive: true, force: true })
  }

  private append(text: string, more: unknown): number {
    const place = this.written + this.waiting.length
    this.waiting += isAscii(text) ? text : escaped(text)
    this.waiting += more === undefined ? '\n\n' : `\n${escaped(JSON.stringify(more))}\n`
    if (this.waiting.length >= FLUSH_CHARS) this.flush()
    return place
  }

  private flush(): void {
    const bytes = Buffer.from(this.waiting, 'latin1')
    for (let done = 0; done < bytes.length;) done += writeSync(this.file, bytes, done)
    this.written += bytes.length
    this.waiting = ''
  }

  private read(place: number): { line: PaymentLine | EventLine; more: unknown } | undefined {
    if (place === 0) return undefined
    if (place >= this.written) this.flush()
    const [text, more] = this.twoLines(place)
    const line = parseLine(text, () => 'a line that was read before')
    return { line, more: more === '' ? undefined : JSON.parse(more) }
  }

  private twoLines(place: number): [string, string] {
    let bytes = Buffer.alloc(0)
    for (;;) {
      const block = Buffer.alloc(BLOCK_BYTES)
      const length = readSync(this.file, block, 0, BLOCK_BYTES, place + bytes.length)
      bytes = Buffer.concat([bytes, block.subarray(0, length)])
      const first = bytes.indexOf(NEWLINE)
      const second = first < 0 ? -1 : bytes.indexOf(NEWLINE, first + 1)
      if (second >= 0) return [bytes.toString('latin1', 0, first), bytes.toString('latin1', first + 1, second)]
      if (length === 0) throw new Error('an entry of the temporary file is cut off')
    }
  }
}

const NOT_ASCII = /[^\0-\x7f]/g // eslint-disable-line no-control-regex

const isAscii = (text: string): boolean => text.search(NOT_ASCII) < 0
/** JSON text with other characters only inside strings, where `\u` stands for them. */
const escaped = (json: string): string =>
  json.replace(NOT_ASCII, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
