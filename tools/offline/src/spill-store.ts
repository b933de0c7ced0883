import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SerialStore, StoredPayment } from '@lijian/offline'
import { SerialTable } from './serial-table'

const FLUSH_BYTES = 1 << 18
const NOTHING = 0

/**
 * What later lines may need, in a temporary file: in memory are 24 bytes a serial (twice that while the table grows). A payment is read back
 * only when a refund, a void or a repeated serial asks for it.
 */
export class SpillStore implements SerialStore {
  private readonly folder = mkdtempSync(join(tmpdir(), 'lijian-evaluate-'))
  private readonly file = openSync(join(this.folder, 'payments'), 'a+')
  private readonly payments = new SerialTable()
  private readonly events = new SerialTable()
  private waiting: Buffer[] = []
  private waitingBytes = 0
  /** The file begins at 1, so that 0 can mean "nothing is kept". */
  private end = 1

  bodyOf(serial: string): number | undefined {
    return this.payments.get(serial)?.body
  }

  remember(serial: string, body: number, payment?: StoredPayment): void {
    this.payments.set(serial, body, payment === undefined ? NOTHING : this.append(payment))
  }

  payment(serial: string): StoredPayment | undefined {
    const entry = this.payments.get(serial)
    return entry === undefined || entry.place === NOTHING ? undefined : (this.read(entry.place) as StoredPayment)
  }

  update(serial: string, payment: StoredPayment): void {
    this.payments.set(serial, this.payments.get(serial)!.body, this.append(payment))
  }

  eventOf(serial: string): { body: number; answer: unknown } | undefined {
    const entry = this.events.get(serial)
    return entry && { body: entry.body, answer: this.read(entry.place) }
  }

  rememberEvent(serial: string, body: number, answer: unknown): void {
    this.events.set(serial, body, this.append(answer))
  }

  close(): void {
    closeSync(this.file)
    rmSync(this.folder, { recursive: true, force: true })
  }

  private append(value: unknown): number {
    const text = Buffer.from(JSON.stringify(value))
    const head = Buffer.alloc(4)
    head.writeUInt32LE(text.length)
    const place = this.end
    this.waiting.push(head, text)
    this.waitingBytes += 4 + text.length
    this.end += 4 + text.length
    if (this.waitingBytes >= FLUSH_BYTES) this.flush()
    return place
  }

  private flush(): void {
    if (this.waitingBytes === 0) return
    writeSync(this.file, Buffer.concat(this.waiting))
    this.waiting = []
    this.waitingBytes = 0
  }

  private read(place: number): unknown {
    if (place - 1 >= fstatSync(this.file).size) this.flush()
    const head = Buffer.alloc(4)
    readSync(this.file, head, 0, 4, place - 1)
    const text = Buffer.alloc(head.readUInt32LE())
    readSync(this.file, text, 0, text.length, place + 3)
    return JSON.parse(text.toString('utf8'))
  }
}
