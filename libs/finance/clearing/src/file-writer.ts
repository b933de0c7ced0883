import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import {
  copySql,
  fixedLinesSql,
  headLines,
  offerLinesSql,
  settlementLinesSql,
  trailerLines,
} from '@lijian/clearing-files'
import { currencyOfKey } from '@lijian/contracts/money'
import type { ClearingKind } from '@lijian/contracts/finance'
import type { Pool, PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { summaryOf, type StoredFile } from './rows'

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

export interface WrittenFile {
  sha256: string
  bytes: number
  /** Lines between head and trailer. */
  rows: number
}

/** Signs the line `<sha256>  <name>`: a file of any size in constant memory, and its name is signed with it. */
export type SignLine = (line: string) => Buffer

/** Where a file stands before it is published: other tools do not look there. */
export const stagedPath = (dir: string, { name }: Pick<StoredFile, 'name'>): string => join(dir, '.staging', name)
export const publishedPath = (dir: string, { name, clearingSystem, kind }: StoredFile): string =>
  join(dir, kind === 'settlement' ? 'settlement' : clearingSystem, name)

/**
 * Makes a file: PostgreSQL makes and encodes the lines, bytes pass through here in constant memory. Under another name until it is whole
 * and on disk. The same rows and layout always give the same bytes. `onProgress` is told about each piece; an abort stops PostgreSQL too.
 */
export async function writeStaged(
  pool: Pool,
  dir: string,
  file: StoredFile,
  timeZone: string,
  onProgress: (rows: number) => void,
  signal?: AbortSignal,
): Promise<WrittenFile> {
  const path = stagedPath(dir, file)
  await mkdir(dirname(path), { recursive: true, mode: 0o750 })
  const temporary = `${path}.${randomBytes(4).toString('hex')}`
  const handle = await open(temporary, 'wx', 0o640)
  try {
    const written = await copyInto(handle, pool, file, timeZone, onProgress, signal)
    await handle.sync()
    await handle.close()
    await rename(temporary, path)
    await removeLeftovers(path)
    await syncFolder(dirname(path))
    return written
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(temporary, { force: true })
    throw error
  }
}

/** Of tries that were killed. One that still runs somewhere finds its own gone, and fails. */
async function removeLeftovers(path: string): Promise<void> {
  const [folder, name] = [dirname(path), basename(path)]
  for (const other of await readdir(folder))
    if (other.startsWith(`${name}.`) && /\.[0-9a-f]{8}$/.test(other)) await rm(join(folder, other), { force: true })
}

async function copyInto(
  handle: FileHandle,
  pool: Pool,
  file: StoredFile,
  timeZone: string,
  onProgress: (rows: number) => void,
  signal?: AbortSignal,
): Promise<WrittenFile> {
  const { layout } = file
  const summary = summaryOf(file)
  const rowsSql =
    file.kind === 'settlement'
      ? settlementLinesSql(layout, file.settlementDate, currencyOfKey(file.clearingSystem))
      : offerLinesSql(layout, { ...file, kind: file.kind as ClearingKind, timeZone })
  const hash = createHash('sha256')
  let bytes = 0
  const put = async (piece: Buffer) => {
    hash.update(piece)
    bytes += piece.length
    await handle.write(piece)
  }
  let rows = 0
  const copy = async (db: PoolClient, select: string, counted: boolean) => {
    for await (const piece of db.query(copyTo(copySql(select, layout.encoding), { highWaterMark: 1 << 16 }))) {
      signal?.throwIfAborted()
      if (counted) onProgress((rows += linesIn(piece as Buffer)))
      await put(layout.newline === 'crlf' ? withReturns(piece as Buffer) : (piece as Buffer))
    }
  }
  const db = await pool.connect()
  let broken = true
  try {
    // Compiling the lines takes longer than it saves; dates as text are ISO.
    await db.query(
      `BEGIN READ ONLY; SET LOCAL jit = off; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL work_mem = '64MB'`,
    )
    if (layout.byteOrderMark) await put(BYTE_ORDER_MARK)
    const head = headLines(layout, summary)
    if (head.length > 0) await copy(db, fixedLinesSql(head, layout.encoding), false)
    await copy(db, rowsSql, true)
    const trailer = trailerLines(layout, summary)
    if (trailer.length > 0) await copy(db, fixedLinesSql(trailer, layout.encoding), false)
    await db.query('COMMIT')
    broken = false
  } finally {
    // In the middle of a COPY the connection is of no more use; ending it ends the COPY.
    db.release(broken)
  }
  return { sha256: hash.digest('hex'), bytes, rows }
}

/** A line feed is one byte in both encodings and part of no other character. */
function linesIn(piece: Buffer): number {
  let count = 0
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) count++
  return count
}

function withReturns(piece: Buffer): Buffer {
  const wide = Buffer.allocUnsafe(piece.length + linesIn(piece))
  let to = 0
  let from = 0
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, from)) {
    to += piece.copy(wide, to, from, at)
    wide[to++] = 13
    wide[to++] = 10
    from = at + 1
  }
  piece.copy(wide, to, from)
  return wide
}

/** Reads a file piece by piece into one piece of memory that is used again and again; its SHA-256. */
export async function readThrough(
  path: string,
  onPiece: (piece: Buffer) => void,
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256')
  const handle = await open(path, 'r')
  const memory = Buffer.allocUnsafe(1 << 18)
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { bytesRead } = await handle.read(memory, 0, memory.length, null)
      if (bytesRead === 0) return hash.digest('hex')
      const piece = memory.subarray(0, bytesRead)
      hash.update(piece)
      onPiece(piece)
    }
  } finally {
    await handle.close()
  }
}

/**
 * Puts a staged file where other tools look: first its SHA-256 and the signature of that line beside it, then the file, each by a rename. Again it
 * changes nothing.
 * False: there is neither a staged nor a published file with that hash, it must be made again.
 */
export async function publishStaged(dir: string, file: StoredFile, sign?: SignLine): Promise<boolean> {
  const [from, to] = [stagedPath(dir, file), publishedPath(dir, file)]
  if (!(await exists(from))) return (await exists(to)) && (await readThrough(to, () => undefined)) === file.sha256
  if ((await readThrough(from, () => undefined)) !== file.sha256) return false
  await mkdir(dirname(to), { recursive: true, mode: 0o750 })
  const line = `${file.sha256}  ${file.name}\n`
  await putBeside(from, `${to}.sha256`, line)
  if (sign !== undefined) await putBeside(from, `${to}.sig`, sign(line))
  await rename(from, to)
  await syncFolder(dirname(to))
  return true
}

/** Whole under its name, or not there. */
async function putBeside(from: string, to: string, content: string | Buffer): Promise<void> {
  const temporary = join(dirname(from), `${basename(to)}.${randomBytes(4).toString('hex')}`)
  const handle = await open(temporary, 'wx', 0o640)
  await handle.writeFile(content)
  await handle.sync()
  await handle.close()
  await rename(temporary, to)
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/** A rename is on disk when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync()
  await handle.close()
}
