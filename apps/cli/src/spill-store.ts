import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnyOutputLine, EventLine, PaymentLine } from '@lijian/contracts/marketing'
import type { Decided, SerialStore, StoredGrant, StoredPayment } from '@lijian/evaluator'
import { parseLine } from './parse-line'
import { listOf } from './answer-text'
import { Blocks } from './blocks'
import { SerialTable } from './serial-table'

const BLOCK_BYTES = 1 << 11
const NEWLINE = 10

/**
 * What later lines may need, in a temporary file: in memory is a table of places. An entry is two lines, the input line as it was read and what was
 * decided (empty without an offer), and is read back only when a refund, a void or a repeated serial asks for it.
 */
export class SpillStore implements SerialStore {
  private readonly folder = mkdtempSync(join(tmpdir(), 'lijian-evaluate-'))
  private readonly file = openSync(join(this.folder, 'lines'), 'a+')
  private readonly payments = new SerialTable()
  private readonly events = new SerialTable()
  private readonly blocks = new Blocks()
  private written = 0

  constructor() {
    // Place 0 is unused: it means that nothing is kept.
    this.blocks.line('')
  }

  has(serial: string): boolean {
    return this.payments.get(serial) !== 0
  }

  payment(serial: string): StoredPayment | undefined {
    const entry = this.read(this.payments.get(serial))
    return entry && { line: entry.line as PaymentLine, decided: entry.more as Decided | undefined }
  }

  keep(line: PaymentLine, decided: Decided | undefined, text = JSON.stringify(line)): void {
    this.payments.set(line.serial, this.append(text, decided === undefined ? '' : decidedText(decided)))
  }

  event(serial: string): { line: EventLine; answer: AnyOutputLine } | undefined {
    const entry = this.read(this.events.get(serial))
    return entry && { line: entry.line as EventLine, answer: entry.more as AnyOutputLine }
  }

  keepEvent(line: EventLine, answer: AnyOutputLine): void {
    this.events.set(line.serial, this.append(JSON.stringify(line), JSON.stringify(answer)))
  }

  close(): void {
    closeSync(this.file)
    rmSync(this.folder, { recursive: true, force: true })
  }

  private append(text: string, more: string): number {
    const place = this.blocks.length
    this.blocks.line(text)
    this.blocks.line(more)
    if (this.blocks.isFull()) this.flush()
    return place
  }

  private flush(): void {
    for (const block of this.blocks.take())
      for (let done = 0; done < block.length;) done += writeSync(this.file, block, done)
    this.written = this.blocks.length
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
      if (second >= 0) return [bytes.toString('utf8', 0, first), bytes.toString('utf8', first + 1, second)]
      if (length === 0) throw new Error('an entry of the temporary file is cut off')
    }
  }
}

/** JSON of what was decided: codes have nothing to escape, and refunds are rare. */
const decidedText = ({ state, grants, reasons, parts }: Decided): string =>
  `{"state":"${state}","grants":${listOf(grants, grantText)},"reasons":${listOf(reasons, jsonText)},"parts":${listOf(parts, jsonText)}}`

const grantText = ({ ref, discountFen, fens, place }: StoredGrant): string =>
  `{"ref":"${ref}","discountFen":${discountFen}${fens === undefined ? '' : `,"fens":[${fens.join()}]`}${place === undefined ? '' : `,"place":${place}`}}`

const jsonText = (value: object): string => JSON.stringify(value)
