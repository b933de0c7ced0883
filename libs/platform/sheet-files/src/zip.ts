import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'

/**
 * A ZIP written in one go, in constant memory: sizes and checksum of an entry follow its bytes (data descriptor). Times are fixed, so the
 * same entries give the same bytes. No ZIP64: Excel refuses a workbook with ZIP64's directory, and repairs one with its fields where they
 * need not be (zlib-ng/minizip-ng#894, apache/poi#154). An entry or file that would need it throws instead.
 */
export interface ZipEntry {
  readonly name: string
  readonly bytes: AsyncIterable<Buffer> | Iterable<Buffer>
}

const MOST_BYTES = 0xffff_ffff
const VERSION = 20
const SIZES_FOLLOW = 0x0008
const DEFLATED = 8
/** 1980-01-01 00:00, the first moment that ZIP knows. */
const TIME = 0
const DATE = 0x21

export async function* zip(entries: AsyncIterable<ZipEntry>, level: number): AsyncGenerator<Buffer, void> {
  const directory: Buffer[] = []
  let offset = 0
  for await (const { name, bytes } of entries) {
    const start = offset
    const local = header(name)
    const sizes = { crc: 0, packed: 0, raw: 0 }
    yield local
    for await (const piece of deflated(counted(bytes, sizes), level)) {
      sizes.packed += piece.length
      yield piece
    }
    if (sizes.raw > MOST_BYTES) throw new RangeError(`${name} is over 4 GiB, more than a workbook can hold in one part`)
    yield numbers([4, 0x0807_4b50], [4, sizes.crc], [4, sizes.packed], [4, sizes.raw])
    offset += local.length + sizes.packed + 16
    if (offset > MOST_BYTES)
      throw new RangeError('the file is over 4 GiB, which Excel cannot open: take a shorter period, or CSV')
    directory.push(central(name, sizes, start))
  }
  const listed = Buffer.concat(directory)
  yield listed
  const count = directory.length
  yield numbers([4, 0x0605_4b50], [4, 0], [2, count], [2, count], [4, listed.length], [4, offset], [2, 0])
}

type Sizes = { crc: number; packed: number; raw: number }

const FIELDS = [
  [2, VERSION],
  [2, SIZES_FOLLOW],
  [2, DEFLATED],
  [2, TIME],
  [2, DATE],
] as const

const header = (name: string) =>
  Buffer.concat([
    numbers([4, 0x0403_4b50], ...FIELDS, [4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]),
    Buffer.from(name, 'latin1'),
  ])

const central = (name: string, { crc, packed, raw }: Sizes, start: number) =>
  Buffer.concat([
    numbers([4, 0x0201_4b50], [2, VERSION], ...FIELDS, [4, crc], [4, packed], [4, raw], [2, name.length]),
    numbers([2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, start]),
    Buffer.from(name, 'latin1'),
  ])

function numbers(...fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of fields) at = buffer.writeUIntLE(value, at, bytes)
  return buffer
}

async function* deflated(bytes: AsyncIterable<Buffer>, level: number): AsyncGenerator<Buffer, void> {
  const deflate = createDeflateRaw({ level, chunkSize: BLOCK_BYTES })
  const fed = pipeline(bytes, deflate)
  // The loop throws the same error.
  fed.catch(() => undefined)
  for await (const piece of deflate) yield piece as Buffer
  await fed
}

const BLOCK_BYTES = 1 << 16

/** Counts the bytes, and joins them into blocks of one size: what comes out does not depend on how they were cut on their way here. */
async function* counted(pieces: ZipEntry['bytes'], sizes: Sizes): AsyncGenerator<Buffer, void> {
  let block = Buffer.allocUnsafe(BLOCK_BYTES)
  let filled = 0
  for await (const piece of pieces) {
    sizes.crc = crc32(piece, sizes.crc)
    sizes.raw += piece.length
    for (let at = 0; at < piece.length;) {
      const copied = piece.copy(block, filled, at)
      at += copied
      filled += copied
      if (filled < BLOCK_BYTES) continue
      yield block
      block = Buffer.allocUnsafe(BLOCK_BYTES)
      filled = 0
    }
  }
  if (filled > 0) yield block.subarray(0, filled)
}
