import { createHash } from 'node:crypto'
import type { Row } from './columns'

/** Lines that PostgreSQL made (a stream of COPY), or rows from JavaScript. */
export type Rows = { readonly lines: Lines } | { readonly rows: Iterable<Row> | AsyncIterable<Row> }

/** A stream of COPY ends when it is destroyed, and its connection with it. */
export type Lines = AsyncIterable<Uint8Array> & { readonly destroy?: () => void }

export interface FeedOptions {
  readonly lineOf: (row: Row) => string
  readonly encode: (text: string) => Buffer
  readonly signal?: AbortSignal
  readonly onRows: (rows: number) => void
  /** Hashing costs half a second for a million rows. */
  readonly isHashed: boolean
}

/** The lines of a source, piece by piece; a caller takes as many as it has room for. Each line ends with a line feed. */
export class Feed {
  rows = 0
  private readonly source: AsyncIterator<Uint8Array>
  private readonly hash = createHash('sha256')
  private rest: Buffer | undefined

  constructor(
    private readonly from: Rows,
    private readonly options: FeedOptions,
  ) {
    this.source = ('lines' in from ? from.lines : batches(from.rows, options))[Symbol.asyncIterator]()
  }

  /** Whether there is a line left. */
  async more(): Promise<boolean> {
    while (this.rest === undefined || this.rest.length === 0) {
      const next = await this.next()
      if (next.done) return false
      const { buffer, byteOffset, byteLength } = next.value
      this.rest = Buffer.from(buffer, byteOffset, byteLength)
      if (this.options.isHashed) this.hash.update(this.rest)
    }
    return true
  }

  /**
   * A source that waits for PostgreSQL must not hold up an abort. A race with one promise for the whole file would keep every piece until the
   * file ends: each race leaves its outcome with the loser.
   */
  private next(): Promise<IteratorResult<Uint8Array>> {
    const { signal } = this.options
    if (signal === undefined) return this.source.next()
    return new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const abort = () => reject(signal.reason as Error)
      signal.addEventListener('abort', abort, { once: true })
      const isOver = () => signal.removeEventListener('abort', abort)
      this.source.next().then(resolve, reject).finally(isOver)
    })
  }

  /** At most `mostLines`, and no further line once `mostBytes` have passed. */
  async *take(mostLines: number, mostBytes: number): AsyncGenerator<Buffer, void> {
    let room = mostLines
    let bytes = 0
    let isWhole = true
    while (room > 0 && (await this.more())) {
      const piece = this.rest!
      if (bytes > mostBytes) room = 1
      let end = 0
      let lines = 0
      for (let at = piece.indexOf(10); at >= 0 && lines < room; at = piece.indexOf(10, end)) {
        lines++
        end = at + 1
      }
      room -= lines
      const taken = room === 0 ? piece.subarray(0, end) : piece
      this.rest = room === 0 ? piece.subarray(end) : undefined
      isWhole = taken.length === 0 || taken[taken.length - 1] === 10
      bytes += taken.length
      this.rows += lines
      if (lines > 0) this.options.onRows(lines)
      yield taken
    }
    if (!isWhole) throw new Error('the rows end in the middle of a line')
  }

  /** Of all lines, once they are taken. */
  sha256(): string {
    return this.hash.copy().digest('hex')
  }

  /** Lets go of a source that was not read to its end: a stream of COPY ends, and its connection with it. */
  close(): void {
    if ('lines' in this.from && this.from.lines.destroy) this.from.lines.destroy()
    else void this.source.return?.().catch(() => undefined)
  }
}

const BATCH_LETTERS = 1 << 15

async function* batches(
  rows: Iterable<Row> | AsyncIterable<Row>,
  { lineOf, encode }: FeedOptions,
): AsyncGenerator<Buffer, void> {
  let batch = ''
  for await (const row of rows) {
    batch += `${lineOf(row)}\n`
    if (batch.length < BATCH_LETTERS) continue
    yield encode(batch)
    batch = ''
  }
  if (batch !== '') yield encode(batch)
}
