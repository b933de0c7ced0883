import type { Hash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { EventLine, PaymentLine } from '@lijian/contracts/marketing'

/** A payment or event without anything personal: tokens in place of cards, customers and identities. */
export type StoredLine = PaymentLine | EventLine

/** More are asked for in parts, or tried with `./lijian backtest`, which spills to disk. */
export const LINES_MAX = 500_000
const PART_LINES = 2000

/** Lines in parts of a few thousand, packed: one is unpacked at a time. */
export async function* packedParts(
  lines: AsyncIterable<readonly StoredLine[]>,
  hash: Hash,
): AsyncGenerator<{ packed: Buffer; rows: number }> {
  let part: StoredLine[] = []
  const packed = () => {
    const text = JSON.stringify(part)
    hash.update(text)
    return { packed: gzipSync(text, { level: 1 }), rows: part.length }
  }
  for await (const some of lines) {
    part.push(...some)
    if (part.length < PART_LINES) continue
    yield packed()
    part = []
  }
  if (part.length > 0) yield packed()
}

export const unpacked = (packed: Buffer): StoredLine[] =>
  JSON.parse(gunzipSync(packed).toString('utf8')) as StoredLine[]
