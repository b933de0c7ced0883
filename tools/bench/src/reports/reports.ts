import { availableParallelism, loadavg } from 'node:os'
import { to as copyTo } from 'pg-copy-streams'
import { emptyDatabase } from '../data/journal'
import { withSql } from '../data/load'
import type { BenchOptions } from '../parts/part'
import { figure, goal, table } from '../report/table'
import { withBed, type Bed } from '../servers'
import { besidePayments } from './beside-payments'
import { COST_HEADS, costCells, cpuOf, fastest, linearity, type Cost } from './costs'
import { Generator, type Made } from './generator'
import { BARE_COPY } from './many-report'
import { loadMany } from './load-many'
import { rollUps, type RollUpSize } from './roll-ups'
import { statement } from './statement'

const TURNS = 3
const XLSX_CPU_SECONDS = 15
const MOST_MIB = 160
const MILLION = 1_000_000

export const REPORT_PARTS = ['files', 'statement', 'roll-ups', 'payments'] as const
export type ReportPart = (typeof REPORT_PARTS)[number]

export interface ReportsOptions extends Pick<BenchOptions, 'say'> {
  parts: readonly ReportPart[]
  /** Of each file, one size after the other; the first is also made beside payments. */
  rows: readonly number[]
  /** Of the statement. */
  statementRows: number
  rollUps: RollUpSize
  /** Of each phase of payments. */
  seconds: number
  /** Hears of each table as soon as it is there: the whole takes a long time, and what is measured must not be lost with the rest. */
  print: (table: string) => void
}

/** `./lijian bench reports`: files through the whole generator, beside a bare COPY, and payments beside them. */
export async function reports(options: ReportsOptions): Promise<void> {
  const { parts, rows, seconds, say, print } = options
  const xlsx: { rows: number; cost: Cost }[] = []
  for (const count of parts.includes('files') ? rows : [])
    await withBed(
      say,
      async (bed) => print(await files(bed, count, { say, onXlsx: (cost) => xlsx.push({ rows: count, cost }) })),
      emptyDatabase,
    )
  for (const { rows: count, ratio } of linearity(xlsx))
    print(
      `XLSX of ${figure(count)} rows takes ${figure(ratio)} × the CPU seconds a row of the least size: 1 is linear.`,
    )
  if (parts.includes('statement')) print(`${await statement(options.statementRows, say)}\n\n${busy()}`)
  if (parts.includes('roll-ups')) print(`${await rollUps(options.rollUps, say)}\n\n${busy()}`)
  if (parts.includes('payments')) print(await besidePayments({ rows: rows[0]!, seconds, say }))
}

/** Others on the machine slow both what is measured and its yardstick. */
const busy = (): string =>
  `Load average of the last minute: ${figure(loadavg()[0]!)} on ${availableParallelism()} processors.`

/** They take turns, the fastest of three counts. */
async function files(
  bed: Bed,
  rows: number,
  { say, onXlsx }: { say: (line: string) => void; onXlsx: (best: Cost) => void },
): Promise<string> {
  say(`writing ${figure(rows)} rows`)
  await loadMany(bed, rows)
  const generator = await Generator.start(bed, say)
  try {
    const bare: number[] = []
    const made: Record<'csv' | 'xlsx', Made[]> = { csv: [], xlsx: [] }
    // Memory of CSV and XLSX together: the peak of one process.
    for (let turn = 1; turn <= TURNS; turn++) {
      say(`${figure(rows)} rows, turn ${turn}`)
      bare.push(await bareCopySeconds(bed))
      made.csv.push(await generator.make('csv'))
      made.xlsx.push(await generator.make('xlsx'))
    }
    const floor = Math.min(...bare)
    const line = (name: string, all: readonly Made[], about: (best: Made) => string) => {
      const best = fastest(all)
      const [time, ...cpu] = costCells(best)
      return [
        name,
        time!,
        figure(best.seconds / floor),
        ...cpu,
        `${figure(best.run.bytes! / 2 ** 20)} MiB`,
        about(best),
      ]
    }
    const csv = line('CSV', made.csv, ({ seconds }) => `${goal(seconds / floor, '≤', 2)} × a bare COPY`)
    const xlsx = line('XLSX', made.xlsx, (best) => {
      const limit = (XLSX_CPU_SECONDS * rows) / MILLION
      return `${goal(cpuOf(best), '≤', limit)} CPU s in all; totals of 5 columns are a sheet of their own`
    })
    onXlsx(fastest(made.xlsx))
    return [
      `${figure(rows)} rows of 15 columns, PostgreSQL ${bed.versions['PostgreSQL'] ?? '?'}; most memory of the generator ${goal(generator.peakMib, '≤', MOST_MIB)} MiB. ${busy()}`,
      table(
        ['file', 'time', '× bare COPY', ...COST_HEADS.slice(1), 'size', 'goal'],
        [['bare COPY, same rows, columns and order', `${figure(floor)} s`, '1', '–', '–', '–', '–', '–'], csv, xlsx],
      ),
    ].join('\n\n')
  } finally {
    await generator.stop()
  }
}

/** As the generator's session is set, or PostgreSQL would sort in several processes. */
const bareCopySeconds = ({ databaseUrl }: Bed): Promise<number> =>
  withSql(databaseUrl, async (sql) => {
    await sql.query('SET max_parallel_workers_per_gather = 0')
    const began = performance.now()
    for await (const _ of sql.query(copyTo(BARE_COPY, { highWaterMark: 1 << 18 }))) continue
    return (performance.now() - began) / 1000
  })
