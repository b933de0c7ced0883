import { GROUP_MEMBERS_MAX, IMPORT_ERRORS_TOLD, IMPORT_LINE_MAX, type LineFault } from '@lijian/contracts/marketing'
import type { GroupKind } from '@lijian/database'
import { FingerprintList } from '@lijian/rules'
import { jsonReader, textReader, type LineReader } from './line-readers'

const NEWLINE = 10
const LINES_MAX = 2 * GROUP_MEMBERS_MAX
/** A file that unpacks to more is no list of members. */
const BYTES_MAX = 2 ** 30
const BOM = '\uFEFF'

export interface DigestOptions {
  kind: GroupKind
  tokenKey: Buffer
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

  constructor({ kind, tokenKey, json }: DigestOptions) {
    this.read = (json ? jsonReader : textReader)(kind, tokenKey)
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
    if (end >= 0) for (const line of chunk.toString('utf8', 0, end).split('\n')) this.line(line)
    // A line's end never cuts a character; what follows the last one is kept, unless no member is so long.
    if (rest.length > 4 * IMPORT_LINE_MAX) {
      this.skipping = true
      this.rest = undefined
    } else this.rest = rest.length === 0 ? undefined : Buffer.from(rest)
  }

  /** The last line may lack its newline. */
  end(): void {
    if (this.rest !== undefined || this.skipping) this.line(this.rest?.toString('utf8') ?? '')
    this.rest = undefined
  }

  private line(text: string): void {
    this.lines += 1
    if (this.skipping || text.length > IMPORT_LINE_MAX) {
      this.skipping = false
      this.fault('long')
      return
    }
    const trimmed = (this.lines === 1 && text.startsWith(BOM) ? text.slice(1) : text).trim()
    if (trimmed === '') return
    const member = this.read(trimmed)
    if ('fault' in member) return this.fault(member.fault)
    this.accepted += 1
    if ('token' in member) this.tokens.add(member.token)
    else this.bins.add(member.bin)
  }

  private fault(fault: LineFault): void {
    this.errorCount += 1
    if (this.errors.length < IMPORT_ERRORS_TOLD) this.errors.push({ line: this.lines, fault })
  }
}
