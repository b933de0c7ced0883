import type { ImportMode } from '@lijian/contracts/marketing'
import { combined, wordsOf } from '@lijian/rules'
import { behindPayments } from '@lijian/threads'
import { parentPort, workerData } from 'node:worker_threads'
import { createGunzip, type Gunzip } from 'node:zlib'
import { LineDigest, type DigestOptions, type DigestProgress } from './line-digest'

/** What the import asks its thread, one after the other; each is answered once. */
export type Ask = { piece: Uint8Array } | { finish: ImportMode; old: Uint8Array[] }
export type Reply = { progress: DigestProgress } | { digest: Digest } | { notGzip: true } | { error: string }

/** What the file makes of a group that had the members `old`. */
export interface Digest {
  progress: DigestProgress
  errors: LineDigest['errors']
  /** Accepted lines that name what another one has named. */
  duplicates: number
  /** BIN prefixes that the file names. */
  bins: string[]
  /** Members afterwards: fingerprints, ascending. */
  words: Uint32Array
  /** They are others than before. */
  changed: boolean
}

const GZIP = Buffer.from([0x1f, 0x8b])

/** A file as it comes: gzip is known by its first two bytes. */
class GroupFile {
  private readonly digest: LineDigest
  /** The first two bytes are not there yet. */
  private head: Buffer | undefined = Buffer.alloc(0)
  private gunzip: Gunzip | undefined

  constructor(options: DigestOptions) {
    this.digest = new LineDigest(options)
  }

  async piece(piece: Buffer): Promise<Reply> {
    if (this.head === undefined) await this.take(piece)
    else {
      this.head = Buffer.concat([this.head, piece])
      if (this.head.length >= GZIP.length) await this.takeHead(this.head)
    }
    return { progress: this.digest.progress }
  }

  private async takeHead(head: Buffer): Promise<void> {
    this.head = undefined
    if (head.subarray(0, GZIP.length).equals(GZIP)) this.gunzip = this.unpacker()
    await this.take(head)
  }

  private async take(piece: Buffer): Promise<void> {
    if (this.gunzip === undefined) this.digest.push(piece)
    else await written(this.gunzip, piece)
  }

  async finish(mode: ImportMode, old: Uint8Array[]): Promise<Reply> {
    if (this.head !== undefined) await this.takeHead(this.head)
    if (this.gunzip !== undefined) await ended(this.gunzip)
    const { digest } = this
    digest.end()
    const named = digest.tokens.sorted()
    const before = wordsOf(old)
    const words = mode === 'replace' ? named : combined(before, named, mode === 'add' ? 'with' : 'without')
    const { progress, errors, bins } = digest
    const duplicates = progress.accepted - named.length / 4 - bins.size
    const changed = Buffer.compare(bytesOf(words), bytesOf(before)) !== 0
    return { digest: { progress, errors, duplicates, bins: [...bins], words, changed } }
  }

  private unpacker(): Gunzip {
    const gunzip = createGunzip({ chunkSize: 1 << 18 })
    gunzip.on('data', (plain: Buffer) => this.digest.push(plain))
    // Reported by the write or the end that it fails.
    gunzip.on('error', () => undefined)
    return gunzip
  }
}

const bytesOf = (words: Uint32Array): Uint8Array => new Uint8Array(words.buffer, words.byteOffset, words.byteLength)

const written = (gunzip: Gunzip, piece: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    gunzip.write(piece, (error) => (error ? reject(error) : resolve()))
  })

const ended = (gunzip: Gunzip): Promise<void> =>
  new Promise((resolve, reject) => {
    gunzip.once('end', resolve).once('error', reject).end()
  })

async function answer(file: GroupFile, ask: Ask): Promise<Reply> {
  try {
    return 'piece' in ask
      ? await file.piece(Buffer.from(ask.piece.buffer, ask.piece.byteOffset, ask.piece.length))
      : await file.finish(ask.finish, ask.old)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code?.startsWith('Z_') === true ? { notGzip: true } : { error: message }
  }
}

const port = parentPort
if (port !== null) {
  behindPayments()
  const file = new GroupFile(workerData as DigestOptions)
  let last = Promise.resolve()
  port.on('message', (ask: Ask) => {
    last = last.then(async () => {
      const reply = await answer(file, ask)
      port.postMessage(reply, 'digest' in reply ? [reply.digest.words.buffer as ArrayBuffer] : [])
    })
  })
}
