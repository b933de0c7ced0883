import { verifyBooks, type CheckResult } from '@lijian/verification'
import type { BenchOptions, Report } from '../parts/part'
import { figure, goal, table } from '../report/table'
import { withBed } from '../servers'
import { fillBooks } from './fill'
import { withSql } from '../data/load'

const GOAL_SECONDS = 60

/** Every check of `./lijian verify` that PostgreSQL answers, over so many transactions, beside reading the same tables once. */
export async function verify({
  transactions,
  say,
}: Pick<BenchOptions, 'say'> & { transactions: number }): Promise<Report> {
  return withBed(say, async ({ databaseUrl, versions }) => {
    await fillBooks(databaseUrl, transactions, say)
    const read = await secondsOf(() => readOnce(databaseUrl))
    let results: CheckResult[] = []
    const all = await secondsOf(async () => {
      results = await verifyBooks({ databaseUrl, onResult: ({ name, ms }) => say(`${name}: ${figure(ms)} ms`) })
    })
    const wrong = results.filter((result) => result.wrong.length > 0)
    if (wrong.length > 0) throw new Error(`the bench's own books do not agree: ${JSON.stringify(wrong[0])}`)
    const since = await secondsOf(() => verifyBooks({ databaseUrl, since: new Date().toISOString().slice(0, 10) }))
    const rows = results.map(({ name, rows: looked, ms }) => [name, figure(looked), figure(ms)])
    const limit = (GOAL_SECONDS * transactions) / 1_000_000
    const body = [
      `${figure(transactions)} transactions: ${goal(all, '≤', limit)} s in all, ${figure(all / read)} × reading transactions, journal and counters once (${figure(read)} s); ` +
        `with \`--since\` today ${figure(since)} s. Checks that share a scan show its time each.`,
      table(['check', 'rows', 'ms'], rows),
    ].join('\n\n')
    return { title: 'verify. Do the books agree?', body, versions }
  })
}

const readOnce = (databaseUrl: string) =>
  withSql(databaseUrl, (sql) =>
    sql.query(
      `SELECT (SELECT sum(length(record::text)) FROM marketing_transaction), (SELECT sum(length(detail::text)) FROM journal), (SELECT sum(used_fen) FROM counter)`,
    ),
  )

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1_000
}
