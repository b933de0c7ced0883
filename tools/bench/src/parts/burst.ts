import { HOT } from '../data/documents'
import type { StreamFigures } from '../http/plan'
import { figure, ms, table } from '../report/table'
import { withBed } from '../servers'
import { openStage, type Stage } from '../stage'
import { until } from '../temporal'
import type { BenchOptions, Report } from './part'

const RUN = 'burst'

interface Books {
  held: number
  confirmedAnswers: number
  confirmedRows: number
  usedCount: number
  heldCount: number
  outboxRows: number
  workflows: number
}

/** What everybody says about the same payments, once nothing is on its way any more. */
async function books({ sql, temporal, outboxRows }: Stage, [queries, results]: StreamFigures[]): Promise<Books> {
  const { rows } = await sql.query<{ confirmed: string }>(
    `SELECT count(*) AS confirmed FROM marketing_transaction WHERE serial LIKE $1 AND state = 'confirmed'`,
    [`${RUN}-%`],
  )
  const counter = await sql.query<{ used: string; held: string }>(
    'SELECT used_count AS used, held_count AS held FROM counter WHERE key LIKE $1',
    [`${HOT.campaign}#budget|%`],
  )
  return {
    held: queries?.answers['held'] ?? 0,
    confirmedAnswers: results?.answers['confirmed'] ?? 0,
    confirmedRows: Number(rows[0]?.confirmed),
    usedCount: Number(counter.rows[0]?.used),
    heldCount: Number(counter.rows[0]?.held),
    outboxRows: await outboxRows(),
    workflows: await temporal.count(
      `WorkflowType = 'marketingTransaction' AND ExecutionStatus = 'Completed' AND LijianState = 'confirmed'`,
    ),
  }
}

function booksLine(all: Books, count: number): string {
  const { held, confirmedAnswers, confirmedRows, usedCount, heldCount, outboxRows, workflows } = all
  const agree =
    [held, confirmedAnswers, confirmedRows, usedCount, workflows].every((n) => n === count) &&
    heldCount === 0 &&
    outboxRows === 0
  const told = `answered held ${figure(held)}, answered confirmed ${figure(confirmedAnswers)}, confirmed in PostgreSQL ${figure(confirmedRows)}, campaign budget used ${figure(usedCount)} held ${figure(heldCount)}, outbox ${figure(outboxRows)}, workflows ended confirmed ${figure(workflows)}`
  return `${agree ? 'Nothing lost' : '**The books disagree**'}: ${told}.`
}

function answerRows(figures: readonly StreamFigures[]): string[][] {
  return figures.map(({ latencies, perSecond, seconds, answers }, i) => [
    i === 0 ? 'queries with offer' : 'results, success',
    figure(latencies.count),
    figure(seconds),
    figure(perSecond),
    ms(latencies.p50Us),
    ms(latencies.p95Us),
    ms(latencies.p99Us),
    ms(latencies.maxUs),
    Object.entries(answers)
      .map(([state, n]) => `${state} ${figure(n)}`)
      .join(', '),
  ])
}

async function measure(stage: Stage, count: number, options: BenchOptions): Promise<string> {
  const { say } = options
  const clients = Math.max(2, Math.round(Math.max(...options.clients) / 2))
  say(`d: ${figure(count)} queries and results at full rate, ${clients} clients each`)
  const began = performance.now()
  const figures = await stage.send(
    [
      { mix: 'hot', clients, run: RUN, atMost: count },
      { mix: 'success', clients, run: RUN, atMost: count, waits: true },
    ],
    600,
  )
  const burstSeconds = (performance.now() - began) / 1_000
  let outboxEmptySeconds = 0
  await until(
    async () => {
      const [rows, closed] = [await stage.outboxRows(), await stage.closedCount()]
      if (rows === 0 && outboxEmptySeconds === 0) outboxEmptySeconds = (performance.now() - began) / 1_000
      const progress = `d: ${figure(rows)} rows wait in the outbox, ${figure(closed)} of ${figure(count)} workflows closed`
      return { done: rows === 0 && closed >= count, progress }
    },
    { say },
  )
  const allSeconds = (performance.now() - began) / 1_000
  const head = [
    'answers during the burst',
    'count',
    'seconds',
    'per second',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'max ms',
    'answers',
  ]
  const drained = table(
    ['from the first query on', 'seconds', 'per second'],
    [
      ['all answered', figure(burstSeconds), figure((2 * count) / burstSeconds)],
      ['outbox empty', figure(outboxEmptySeconds), figure(count / outboxEmptySeconds)],
      ['all workflows closed', figure(allSeconds), figure(count / allSeconds)],
    ],
  )
  const agreed = booksLine(await books(stage, figures), count)
  return `${table(head, answerRows(figures))}\n\n${drained}\n\n${agreed}`
}

/** d: more than Temporal can take, at once: answers must not wait for it, and nothing may be lost. */
export async function burst(options: BenchOptions): Promise<Report> {
  const count = options.quick ? 1_000 : 20_000
  return withBed(options.say, async (bed) => {
    const [profile = 'dev'] = options.profiles
    const stage = await openStage(profile, bed, options.cpuProfileDir)
    try {
      const body = await measure(stage, count, options)
      const notes = `${figure(count)} queries and their results, as fast as they are answered; relay and worker run meanwhile. Temporal profile ${profile}.`
      const versions = { ...bed.versions, Temporal: stage.temporal.version }
      return { title: 'd. A burst', body: `${notes}\n\n${body}`, versions }
    } finally {
      await stage.close()
    }
  })
}
