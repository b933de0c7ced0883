import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { copySql, LAYOUTS, offersOf } from '@lijian/clearing-files'
import { ClearingDays, readRun, stagedPath, writeStaged, type StoredFile } from '@lijian/clearing'
import { freePort } from '@lijian/stack'
import { Pool } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { emptyDatabase, loadJournal } from './data/journal'
import { apiEnvironment } from './parts/environment'
import { startApp } from './processes'
import { machine } from './report/machine'
import { figure, goal, table } from './report/table'
import { withBed, type Bed } from './servers'
import { startTemporal, until } from './temporal'

const RULE = { timeZone: 'Asia/Shanghai', cutOff: '24:00' }
const FIRST_DATE = '2026-01-01'
const MIB = 2 ** 20

interface Figures {
  count: number
  copySeconds: number
  bareSeconds: number
  fileSeconds: Record<string, number>
  megabytes: number
  runSeconds: Record<string, number>
  peakMib: number
}

/** `./lijian bench clearing`: one day for each number of transactions. */
export async function clearing(counts: readonly number[], say: (line: string) => void): Promise<void> {
  process.stdout.write(`${machine()}\n\n`)
  const found: Figures[] = []
  let versions: Readonly<Record<string, string>> = {}
  for (const count of counts)
    await withBed(
      say,
      async (bed) => {
        versions = bed.versions
        found.push(await day(bed, count, say))
      },
      emptyDatabase,
    )
  process.stdout.write(`${report(found, versions)}\n`)
}

async function day(bed: Bed, count: number, say: (line: string) => void): Promise<Figures> {
  say(`writing ${figure(count)} transactions into the journal`)
  await loadJournal(bed.databaseUrl, FIRST_DATE, count)
  const pool = new Pool({ connectionString: bed.databaseUrl, max: 4, options: '-c jit=off -c work_mem=64MB' })
  // The server goes first when something has failed.
  pool.on('error', () => undefined)
  try {
    const files = await alone(bed, pool, say)
    const { runSeconds, peakMib } = await throughTheStack(bed, pool, say)
    return { count, ...files, runSeconds, peakMib }
  } finally {
    await pool.end()
  }
}

/** The file of amount offers in each layout, and what PostgreSQL needs for the same rows without it; they take turns, the fastest of three counts. */
async function alone(bed: Bed, pool: Pool, say: (line: string) => void) {
  const about = {
    businessDate: FIRST_DATE,
    settlementDate: '2026-01-04',
    kind: 'amount' as const,
    clearingSystem: 'main',
  }
  const rows = { ...about, timeZone: RULE.timeZone }
  const fields = ['campaign', 'code', 'version', 'name', 'discountFen', 'funders'].map(
    (key) => `o.offer->>'${key}' AS "${key}"`,
  )
  const details = [
    'amountFen',
    'payableFen',
    'feeOriginalFen',
    'feeFinalFen',
    'feeSavedFen',
    'paymentMethod',
    'at',
  ].map((key) => `j.detail->>'${key}' AS "${key}"`)
  const same = offersOf(
    rows,
    ['j.event', 'j.client', 'j.serial', 'j.original_serial', 'j.merchant', ...fields, ...details].join(', '),
  )
  const whole = `SELECT * FROM journal j WHERE j.business_date = '${FIRST_DATE}' ORDER BY j.id`
  const layouts = ['lijian-csv', 'fixed-gb18030', 'pipe-fen']
  const best: Record<string, number> = {}
  let megabytes = 0
  for (let turn = 1; turn <= 3; turn++) {
    say(`files alone, turn ${turn}`)
    await timed(best, 'bare', () => drain(pool, same))
    await timed(best, 'journal', () => drain(pool, whole))
    for (const layout of layouts) {
      const file = {
        ...about,
        version: 1,
        layout: LAYOUTS[layout],
        name: layout,
        replacesName: null,
        rows: 0,
        grossFen: 0,
        discountFen: 0,
        settleFen: 0,
        feeFinalFen: 0,
        feeSavedFen: 0,
      }
      await timed(best, layout, async () => {
        const written = await writeStaged(pool, bed.dir, file as unknown as StoredFile, RULE.timeZone, () => undefined)
        if (layout === 'lijian-csv') megabytes = written.bytes / MIB
      })
      await rm(stagedPath(bed.dir, file))
    }
  }
  const fileSeconds = Object.fromEntries(layouts.map((layout) => [layout, best[layout]!]))
  return { copySeconds: best['bare']!, bareSeconds: best['journal']!, fileSeconds, megabytes }
}

async function timed(best: Record<string, number>, name: string, work: () => Promise<void>): Promise<void> {
  const began = performance.now()
  await work()
  best[name] = Math.min(best[name] ?? Infinity, (performance.now() - began) / 1000)
}

async function drain(pool: Pool, select: string): Promise<void> {
  const db = await pool.connect()
  for await (const _ of db.query(
    copyTo(copySql(select, 'utf-8').replace(/ WITH \(.*$/, ' WITH (FORMAT csv)'), { highWaterMark: 1 << 18 }),
  ))
    continue
  db.release()
}

/** The whole run by a worker as production runs it: how long each step took, and the most memory that the process had. */
async function throughTheStack(bed: Bed, pool: Pool, say: (line: string) => void) {
  const temporal = await startTemporal('dev', bed)
  try {
    const port = await freePort()
    const env = {
      ...apiEnvironment(bed, { port, temporalAddress: temporal.address }),
      LIJIAN_CLEARING_DIR: join(bed.dir, 'clearing'),
      LIJIAN_CLEARING_AFTER_MINUTES: 'off',
    }
    const worker = await startApp({ name: 'worker', env, port, healthPort: port, logDir: bed.dir })
    try {
      const idleMib = peakMibOf(worker.pid)
      await new ClearingDays({ pool, ...RULE }).open(FIRST_DATE, 'bench')
      const look = async () => {
        const run = await readRun(pool, FIRST_DATE)
        const rows = run.files.map(({ rowsWritten, rows: all }) => `${rowsWritten}/${all}`).join(' ')
        return { done: run.publishedAt !== undefined, progress: `${run.state} ${rows} ${peakMibOf(worker.pid)} MiB` }
      }
      await until(look, { say, stuckAfterMs: 600_000 })
      const { requestedAt, frozenAt, publishedAt, files } = await readRun(pool, FIRST_DATE)
      const seconds = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000
      const peakMib = peakMibOf(worker.pid)
      say(`the worker had ${idleMib} MiB at its start, ${peakMib} MiB at most`)
      say(files.map(({ name, rows }) => `${name} ${rows}`).join(', '))
      return {
        peakMib,
        runSeconds: {
          'closed, sealed, planned': seconds(requestedAt, frozenAt!),
          'three files written, proved, published': seconds(frozenAt!, publishedAt!),
        },
      }
    } finally {
      await worker.stop()
    }
  } finally {
    await temporal.stop()
  }
}

/** Most resident memory so far; Linux. */
const peakMibOf = (pid: number): number =>
  Math.round(Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024)

function report(found: readonly Figures[], versions: Readonly<Record<string, string>>): string {
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  const head = ['', ...found.map(({ count }) => `${figure(count)} transactions`)]
  const line = (name: string, cell: (figures: Figures) => string) => [name, ...found.map(cell)]
  const layouts = Object.keys(found[0]!.fileSeconds)
  return [
    `### Clearing: the files of a day\n\nWith ${names.join(', ')}.\n`,
    table(head, [
      line('bare COPY of the same rows and columns', (f) => `${figure(f.copySeconds)} s`),
      line('bare COPY of the journal rows as they are', (f) => `${figure(f.bareSeconds)} s`),
      ...layouts.map((layout) =>
        line(
          `file ${layout}, hashed, on disk`,
          (f) => `${figure(f.fileSeconds[layout]!)} s = ${goal(f.fileSeconds[layout]! / f.copySeconds, '≤', 2)}`,
        ),
      ),
      line('size of lijian-csv', (f) => `${figure(f.megabytes)} MiB`),
      ...Object.keys(found[0]!.runSeconds).map((step) => line(step, (f) => `${figure(f.runSeconds[step]!)} s`)),
      line('peak memory of the worker', (f) => `${goal(f.peakMib, '≤', 256)} MiB`),
    ]),
  ].join('\n')
}
