import { readFileSync } from 'node:fs'
import { Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { notoSansSc, openFonts } from '../fonts'
import type { PdfJob, PdfResult } from '../paper'

const places = notoSansSc()
const fonts = openFonts(readFileSync(places.regular), readFileSync(places.bold))

export const job = (about: Partial<PdfJob> = {}): PdfJob => ({
  fonts,
  language: 'zh',
  zone: 'Asia/Shanghai',
  createdAtMs: Date.UTC(2026, 11, 1),
  breathe: setImmediate,
  ...about,
})

/** What a file holds, and what its maker says of it. */
export async function inMemory(
  make: (sink: Writable) => Promise<PdfResult>,
): Promise<{ bytes: Buffer; result: PdfResult }> {
  const chunks: Buffer[] = []
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk)
      done()
    },
  })
  const result = await make(sink)
  return { bytes: Buffer.concat(chunks), result }
}

// eslint-disable-next-line typescript/require-await
export async function* these<T>(rows: Iterable<T>): AsyncGenerator<T, void> {
  yield* rows
}
