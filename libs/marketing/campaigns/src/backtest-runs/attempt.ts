import { Tallies } from '@lijian/backtest'
import type { BacktestReport } from '@lijian/contracts/marketing'
import { Evaluator, type EvaluatorOptions } from '@lijian/evaluator'
import type { Pool, PoolClient } from 'pg'
import { LINES_MAX, unpacked, type StoredLine } from './lines'
import type { RunRow } from './row'
import { aboutDays, linesOfDays } from './stored-days'
import { worldOf } from './world'

/** Of the same run, however often it is tried. */
export class NeverSucceeds extends Error {}

/** A replica may not have the file yet. */
export class NotThereYet extends Error {}

export interface Trying {
  timeZone: string
  signal: AbortSignal
  onTotal: (lines: number) => void
  onLines: (lines: number) => void
  /** The same pages, with rests between them. */
  paced: (pages: AsyncIterable<StoredLine[]>) => AsyncIterable<StoredLine[]>
}

/** One attempt of one run, in one snapshot: what `./lijian backtest` does over a file. Nothing is written. */
export async function tryPayments(
  pool: Pool,
  run: RunRow,
  trying: Trying,
): Promise<{ reports: BacktestReport[]; lines: number }> {
  const db = await pool.connect()
  let broken = false
  try {
    await db.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const source = await sourceOf(db, run, trying.timeZone)
    if (source.lines > LINES_MAX)
      throw new NeverSucceeds(`${source.lines} payments, at most ${LINES_MAX} are tried at once: ask for fewer days`)
    trying.onTotal(source.lines)
    const worlds = [await worldOf(db, run.campaigns, source.merchants)]
    if (run.against !== null) worlds.push(await worldOf(db, run.against, source.merchants))
    return await evaluate(worlds, source.pages, trying)
  } catch (error) {
    broken = true
    throw error
  } finally {
    if (!broken) await db.query('ROLLBACK').catch(() => (broken = true))
    db.release(broken)
  }
}

interface Source {
  lines: number
  merchants: string[]
  pages: AsyncIterable<StoredLine[]>
}

async function sourceOf(db: PoolClient, run: RunRow, timeZone: string): Promise<Source> {
  if (run.from_date !== null && run.to_date !== null) {
    const days = { from: run.from_date, to: run.to_date, timeZone }
    return { ...(await aboutDays(db, days)), pages: linesOfDays(db, days) }
  }
  const merchants = new Set<string>()
  let lines = 0
  for await (const page of linesOfFile(db, run.id)) {
    lines += page.length
    for (const line of page) if ('merchant' in line) merchants.add(line.merchant)
  }
  if (lines < (run.lines_total ?? 0)) throw new NotThereYet('the file is not whole on the database that is read')
  return { lines, merchants: [...merchants], pages: linesOfFile(db, run.id) }
}

const PAGE_LINES = 500

async function* linesOfFile(db: PoolClient, run: number): AsyncGenerator<StoredLine[]> {
  for (let part = 0; ; part++) {
    const { rows } = await db.query<{ lines: Buffer }>(
      'SELECT lines FROM backtest_lines WHERE run = $1 AND part = $2',
      [run, part],
    )
    if (rows[0] === undefined) return
    const lines = unpacked(rows[0].lines)
    for (let from = 0; from < lines.length; from += PAGE_LINES) yield lines.slice(from, from + PAGE_LINES)
  }
}

async function evaluate(
  worlds: readonly EvaluatorOptions[],
  pages: AsyncIterable<StoredLine[]>,
  { signal, onLines, paced }: Trying,
): Promise<{ reports: BacktestReport[]; lines: number }> {
  const evaluators = worlds.map((world) => new Evaluator({ ...world, explain: true }))
  const tallies = new Tallies(worlds.map(({ campaigns, merchants }) => ({ campaigns, merchants: merchants ?? [] })))
  let lines = 0
  for await (const page of paced(pages)) {
    for (const line of page) {
      tallies.add(
        line,
        evaluators.map((evaluator) => evaluator.line(line)),
      )
      lines += 1
    }
    onLines(lines)
    // Others of this process are served between two pages.
    await new Promise((resolve) => setImmediate(resolve))
    signal.throwIfAborted()
  }
  return { reports: tallies.reports(), lines }
}
