import { isUtf8 } from 'node:buffer'
import { GROUP_MEMBERS_MAX, IMPORT_ERRORS_TOLD, IMPORT_LINE_MAX, type LineFault } from '@lijian/contracts/marketing'
import { tryDecode, withoutByteOrderMark } from '@lijian/contracts/system'
import type { GroupKind } from '@lijian/database'
import { FingerprintList } from '@lijian/rules'
import { jsonReader, textReader, type LineReader } from './line-readers'

const NEWLINE = 10
const LINES_MAX = 2 * GROUP_MEMBERS_MAX
/** A file that unpacks to more is no list of members. */
const BYTES_MAX = 2 ** 30

export interface DigestOptions {
  kind: GroupKind
  /** The current one and earlier ones: a member is one under each of them. */
  tokenKeys: readonly Buffer[]
  /** NDJSON: one JSON value a line. */
  json: boolean
}

export interface DigestProgress {
  lines: number
  accepted: number
  errorCount: number
  isTooLarge: boolean
}

/**
 * The lines of a file as members: tokens as fingerprints, BIN prefixes, and what is wrong with the other lines (never the line itself).
 * Takes the file in pieces of any size.
 */
export class LineDigest {
  readonly tokens = new FingerprintList()
  readonly bins = new Set<string>()
  readonly errors: { line: number; fault: LineFault }[] = []
  private lines = 0
  private accepted = 0
  private errorCount = 0
  private bytes = 0
  private rest: Buffer | undefined
  /** In a line that is known to be too long. */
  private skipping = false
  private readonly read: LineReader

  constructor({ kind, tokenKeys, json }: DigestOptions) {
    this.read = (json ? jsonReader : textReader)(kind, tokenKeys)
  }

  get progress(): DigestProgress {
    const { lines, accepted, errorCount, bytes } = this
    const isTooLarge = this.tokens.count > GROUP_MEMBERS_MAX || lines > LINES_MAX || bytes > BYTES_MAX
    return { lines, accepted, errorCount, isTooLarge }
  }

  push(piece: Buffer): void {
    this.bytes += piece.length
    const chunk = this.rest === undefined ? piece : Buffer.concat([this.rest, piece])
    const end = chunk.lastIndexOf(NEWLINE)
    const rest = chunk.subarray(end + 1)
    if (end >= 0) this.whole(chunk.subarray(0, end))
    // A line's end never cuts a character; what follows the last one is kept, unless no member is so long.
    if (rest.length > 4 * IMPORT_LINE_MAX) {
      this.skipping = true
      this.rest = undefined
    } else this.rest = rest.length === 0 ? undefined : Buffer.from(rest)
  }

  /** The last line may lack its newline. */
  end(): void {
    if (this.rest !== undefined || this.skipping) this.whole(this.rest ?? Buffer.alloc(0))
    this.rest = undefined
  }

  /** Lines that are whole. At once for the piece, which costs next to nothing; which line is in no UTF-8 is looked for when one is. */
  private whole(bytes: Buffer): void {
    if (isUtf8(bytes)) {
      for (const line of bytes.toString('utf8').split('\n')) this.line(line)
      return
    }
    for (let from = 0; from <= bytes.length;) {
      const at = bytes.indexOf(NEWLINE, from)
      const to = at < 0 ? bytes.length : at
      this.line(tryDecode(bytes.subarray(from, to)))
      from = to + 1
    }
  }

  /** Undefined: bytes that are no UTF-8. */
  private line(text: string | undefined): void {
    this.lines += 1
    if (this.skipping || (text !== undefined && text.length > IMPORT_LINE_MAX)) {
      this.skipping = false
      this.fault('long')
      return
    }
    if (text === undefined) return this.fault('encoding')
    const trimmed = (this.lines === 1 ? withoutByteOrderMark(text) : text).trim()
    if (trimmed === '') return
    const member = this.read(trimmed)
    if ('fault' in member) return this.fault(member.fault)
    this.accepted += 1
    if ('tokens' in member) for (const token of member.tokens) this.tokens.add(token)
    else this.bins.add(member.bin)
  }

  private fault(fault: LineFault): void {
    this.errorCount += 1
    if (this.errors.length < IMPORT_ERRORS_TOLD) this.errors.push({ line: this.lines, fault })
  }
}
