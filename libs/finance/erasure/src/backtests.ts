import { promisify } from 'node:util'
import { gunzip, gzip, type ZlibOptions } from 'node:zlib'
import type { PoolClient } from 'pg'
import { strangersFor, swappedText } from './tokens'

const [unpack, pack] = [promisify(gunzip), promisify<string, ZlibOptions, Buffer>(gzip)]

/** Files of back-tests that wait or run. Their lines are packed, so each part is read here; what runs already ends with what it has read. */
export async function eraseBacktests(db: PoolClient, tokens: readonly string[]): Promise<number> {
  const strangers = strangersFor(tokens)
  let changed = 0
  for (let after: [number, number] = [0, -1]; ;) {
    const { rows } = await db.query<{ run: number; part: number; lines: Buffer }>(
      'SELECT run, part, lines FROM backtest_lines WHERE (run, part) > ($1, $2) ORDER BY run, part LIMIT 1',
      after,
    )
    const [row] = rows
    if (row === undefined) return changed
    after = [row.run, row.part]
    const before = (await unpack(row.lines)).toString('utf8')
    const text = withoutLast4(before, strangers)
    if (text === before) continue
    changed++
    await db.query('UPDATE backtest_lines SET lines = $3 WHERE run = $1 AND part = $2', [
      ...after,
      await pack(text, { level: 1 }),
    ])
  }
}

function withoutLast4(text: string, strangers: ReadonlyMap<string, string>): string {
  if (swappedText(text, strangers) === text) return text
  const lines = JSON.parse(text) as { card?: { last4?: string } }[]
  return JSON.stringify(
    lines.map((line) => {
      const own = JSON.stringify(line)
      const swapped = swappedText(own, strangers)
      if (own === swapped) return line
      const stranger = JSON.parse(swapped) as typeof line
      delete stranger.card?.last4
      return stranger
    }),
  )
}
