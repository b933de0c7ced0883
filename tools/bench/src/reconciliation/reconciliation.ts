import { freePort } from '@lijian/stack'
import { createReadStream, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { BillImportAnswer, ReconciliationRuns } from '@lijian/contracts/finance'
import { makeKey } from '../data/keys'
import { withSql } from '../data/load'
import { apiEnvironment } from '../parts/environment'
import type { Report } from '../parts/part'
import { startApp } from '../processes'
import { figure, goal, table } from '../report/table'
import { withBed } from '../servers'
import { BENCH_DATE, CLIENT, writeBooks, writeDayFile } from './day-file'

export interface ReconciliationOptions {
  lines: number
  say: (line: string) => void
}

const GOAL_S = 60

/** So many lines of a day against as many entries of ours: imported over HTTP, then matched; the API's peak memory beside it. */
export function reconciliation({ lines, say }: ReconciliationOptions): Promise<Report> {
  return withBed(say, async (bed) => {
    const key = await makeKey(bed.databaseUrl)
    await withSql(bed.databaseUrl, (sql) => sql.query(`UPDATE api_key SET scopes = '{reconciliation,read}'`))
    say(`writing books of ${figure(lines)} entries`)
    await writeBooks(bed.databaseUrl, lines)
    const path = join(bed.dir, 'list.ndjson')
    const file = await writeDayFile(path, lines)
    const port = await freePort()
    const api = await startApp({
      name: 'api',
      env: { ...apiEnvironment(bed, { port }), LIJIAN_RECONCILIATION_BUFFER_DAYS: '0' },
      port,
      logDir: bed.dir,
    })
    try {
      const rested = peakMiB(api.pid)
      say('importing')
      const query = `layout=lijian-list-ndjson&date=${BENCH_DATE}&client=${CLIENT}&name=list.ndjson`
      const imported = await timed(() =>
        upload<BillImportAnswer>(port, key, `/v1/reconciliation/imports?${query}`, path),
      )
      const peak = peakMiB(api.pid)
      expect(imported.value.state === 'accepted' && imported.value.sha256 === file.sha256, 'the file is accepted whole')
      say('matching')
      const matched = await timed(() =>
        ask<ReconciliationRuns>(port, key, '/v1/reconciliation/runs', { date: BENCH_DATE }),
      )
      const [run] = matched.value.runs
      const found = {
        differing: run?.classes.amount_differs?.count ?? 0,
        missingHere: run?.classes.marketing_missing?.count ?? 0,
        missingThere: run?.classes.payment_missing?.count ?? 0,
      }
      const { differing, missingHere, missingThere } = file
      expect(
        JSON.stringify(found) === JSON.stringify({ differing, missingHere, missingThere }),
        `the planted differences, no other: ${JSON.stringify(found)}`,
      )
      expect(matched.value.casesOpened === differing + missingHere + missingThere, 'each is a case')
      const again = await timed(() =>
        ask<ReconciliationRuns>(port, key, '/v1/reconciliation/runs', { date: BENCH_DATE }),
      )
      const total = imported.seconds + matched.seconds
      const body = `${figure(file.lines)} lines (${figure(file.bytes / 1e6)} MB) against ${figure(lines)} entries; planted and found: ${differing} that differ by one fen, ${missingHere} missing here, ${missingThere} missing there.

${table(
  ['what', 'seconds', 'lines/s', 'against'],
  [
    ['import over HTTP (read, checked, accepted)', figure(imported.seconds), figure(file.lines / imported.seconds), ''],
    [
      'matching, and cases opened',
      figure(matched.seconds),
      figure(file.lines / matched.seconds),
      goal(matched.seconds, '≤', GOAL_S),
    ],
    ['both', figure(total), figure(file.lines / total), goal(total, '≤', GOAL_S)],
    ['matching again', figure(again.seconds), figure(file.lines / again.seconds), ''],
  ],
)}

Peak memory of the API: ${figure(peak)} MiB with the import, ${figure(rested)} MiB before it.`
      return { title: 'reconciliation: a day of lists against our books', body, versions: bed.versions }
    } finally {
      await api.stop()
    }
  })
}

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`expected ${what}`)
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const began = performance.now()
  const value = await work()
  return { value, seconds: (performance.now() - began) / 1000 }
}

/** As the kernel has it; NaN where there is no /proc. */
function peakMiB(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return NaN
  }
}

interface Sent {
  port: number
  key: string
  path: string
  type: string
}

/** Plain node:http: a file goes out as it is read, and an answer may take minutes. */
async function post<T>(
  { port, key, path, type }: Sent,
  write: (outgoing: ReturnType<typeof request>) => Promise<void>,
): Promise<T> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': type }
  const outgoing = request({ host: '127.0.0.1', port, path, method: 'POST', headers })
  const answered = new Promise<string>((resolve, reject) => {
    outgoing.once('error', reject).once('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.once('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(`${path}: ${text}`))))
    })
  })
  await Promise.all([write(outgoing), answered])
  return JSON.parse(await answered) as T
}

const upload = <T>(port: number, key: string, path: string, file: string) =>
  post<T>({ port, key, path, type: 'application/octet-stream' }, (outgoing) =>
    pipeline(createReadStream(file), outgoing),
  )

const ask = <T>(port: number, key: string, path: string, body: object) =>
  post<T>({ port, key, path, type: 'application/json' }, async (outgoing) => {
    outgoing.end(JSON.stringify(body))
  })
