import { code, fieldErrors, jsonOf, withoutByteOrderMark } from '@lijian/contracts/system'
import { IMPORT_ERRORS_TOLD, merchantImportLine } from '@lijian/contracts/marketing'
import { behindPayments } from '@lijian/threads'
import { parentPort, workerData } from 'node:worker_threads'
import { createGunzip, type Gunzip } from 'node:zlib'

/** What becomes rows: ids of a group, or merchants. */
export interface RowOptions {
  kind: 'merchant_group' | 'merchant'
}

export interface RowProgress {
  lines: number
  accepted: number
  errorCount: number
  isTooLarge: boolean
}

export type RowAsk = { piece: Uint8Array } | { end: true }
export interface RowReply {
  /** Right lines as [line number, id, document] in JSON, one a line; the house's own writing, never the file's. */
  rows: string
  progress: RowProgress
  errors: { line: number; message: string }[]
  notGzip?: boolean
}

const LINES_MAX = 2_000_000
const BYTES_MAX = 2 ** 31
const LINE_MAX = 64 * 1024
const GZIP = Buffer.from([0x1f, 0x8b])

/** Lines of a file, checked and written anew for PostgreSQL: a million documents are half a minute of work, and payments do not wait for it. */
class Rows {
  private lines = 0
  private accepted = 0
  private errorCount = 0
  private bytes = 0
  private errors: RowReply['errors'] = []
  private out: string[] = []
  private rest = ''
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  private head: Buffer | undefined = Buffer.alloc(0)
  private gunzip: Gunzip | undefined

  constructor(private readonly kind: RowOptions['kind']) {}

  async piece(piece: Buffer): Promise<void> {
    if (this.head === undefined) return this.take(piece)
    const head = Buffer.concat([this.head, piece])
    this.head = head.length < GZIP.length ? head : undefined
    if (this.head !== undefined) return
    if (head.subarray(0, 2).equals(GZIP)) {
      const gunzip = createGunzip({ chunkSize: 1 << 18 })
      gunzip.on('data', (plain: Buffer) => this.push(plain))
      // Told by the write or the end that it fails.
      gunzip.on('error', () => undefined)
      this.gunzip = gunzip
    }
    await this.take(head)
  }

  async end(): Promise<void> {
    if (this.head !== undefined) this.push(this.head)
    const { gunzip } = this
    if (gunzip !== undefined)
      await new Promise<void>((resolve, reject) => gunzip.once('end', resolve).once('error', reject).end())
    this.rest += this.decoder.decode()
    if (this.rest !== '') this.line(this.rest)
  }

  /** What came of the lines since the last answer. */
  reply(): RowReply {
    const { lines, accepted, errorCount, errors } = this
    const rows = this.out.join('\n')
    this.out = []
    this.errors = []
    return { rows, errors, progress: { lines, accepted, errorCount, isTooLarge: lines > LINES_MAX || this.bytes > BYTES_MAX } } // prettier-ignore
  }

  private take(piece: Buffer): Promise<void> | void {
    const { gunzip } = this
    if (gunzip === undefined) return this.push(piece)
    return new Promise((resolve, reject) => {
      gunzip.write(piece, (error) => (error ? reject(error) : resolve()))
    })
  }

  private push(plain: Buffer): void {
    this.bytes += plain.length
    const text = this.rest + this.decoder.decode(plain, { stream: true })
    const lines = text.split('\n')
    this.rest = lines.pop()!
    for (const line of lines) this.line(line)
    if (this.rest.length <= LINE_MAX) return
    // No line is so long: it is told as one that is wrong, and the file ends there.
    this.line(this.rest)
    this.rest = ''
  }

  private line(text: string): void {
    this.lines += 1
    const trimmed = (this.lines === 1 ? withoutByteOrderMark(text) : text).trim()
    if (trimmed === '') return
    const read = trimmed.length > LINE_MAX ? LONG : trimmed.includes('\uFFFD') ? NO_UTF8 : this.read(trimmed)
    if ('fault' in read) {
      this.errorCount += 1
      if (this.errorCount <= IMPORT_ERRORS_TOLD) this.errors.push({ line: this.lines, message: read.fault })
      return
    }
    this.accepted += 1
    this.out.push(JSON.stringify([this.lines, read.id, read.document]))
  }

  private read(line: string): { id: string; document: object | null } | { fault: string } {
    if (this.kind === 'merchant_group' && !line.startsWith('"') && !line.startsWith('{')) return idOf(line)
    let value: unknown
    try {
      value = jsonOf(line)
    } catch {
      return NO_JSON
    }
    if (this.kind === 'merchant_group') return idOf((value as { merchant?: unknown } | null)?.merchant ?? value)
    const parsed = merchantImportLine.safeParse(value)
    if (parsed.success) return { id: parsed.data.id, document: parsed.data }
    const [first] = fieldErrors(parsed.error.issues, value, { showFound: false })
    return { fault: first === undefined ? NO_JSON.fault : `${first.path}: ${first.message}` }
  }
}

const LONG = { fault: 'expected a line of at most 65536 characters' }
const NO_UTF8 = { fault: 'expected text in UTF-8' }
const NO_JSON = { fault: 'expected a JSON object, a merchant as PUT /v1/merchants/{id} takes it' }
const NO_ID = { fault: 'expected the id of a merchant' }

const idOf = (value: unknown): { id: string; document: null } | { fault: string } => {
  const parsed = code.safeParse(value)
  return parsed.success ? { id: parsed.data, document: null } : NO_ID
}

const port = parentPort
if (port !== null) {
  behindPayments()
  const rows = new Rows((workerData as RowOptions).kind)
  let last = Promise.resolve()
  port.on('message', (ask: RowAsk) => {
    last = last.then(async () => {
      let notGzip = false
      try {
        if ('piece' in ask) await rows.piece(Buffer.from(ask.piece))
        else await rows.end()
      } catch {
        notGzip = true
      }
      port.postMessage({ ...rows.reply(), ...(notGzip ? { notGzip } : {}) } satisfies RowReply)
    })
  })
}
