import { freePort } from '@lijian/stack'
import { captureCampaign } from '../data/documents'
import { makeKey } from '../data/keys'
import { loadCampaign, withSql } from '../data/load'
import { Load } from '../http/load'
import type { StreamFigures, StreamPlan } from '../http/plan'
import { apiEnvironment } from '../parts/environment'
import type { BenchOptions, Report } from '../parts/part'
import { startApp } from '../processes'
import { figure, goal, ms, table } from '../report/table'
import { withBed, type Bed } from '../servers'

const GOAL_PER_SECOND = 3_000
const HEAD = ['results', 'clients', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'answers']

type Kind = 'many' | 'one' | 'unposted'
const WHAT: Readonly<Record<Kind, string>> = {
  many: 'captures over 1,000 merchants and 2,000 funders',
  one: 'captures on one merchant and two funders',
  unposted: 'the same on one merchant, nothing posted',
}
/** There and back, so that a machine that changes its mind meanwhile shows; each ratio is of neighbours. */
const ROUNDS: readonly Kind[] = ['many', 'one', 'unposted', 'unposted', 'one', 'many']

/**
 * The yardstick "without postings": the same API and the same statement, but for the part that writes the journal. In a bench's own database
 * only: its books do not agree afterwards.
 */
async function posting(bed: Bed, on: boolean): Promise<void> {
  await withSql(bed.databaseUrl, async (sql) => {
    const { rows } = await sql.query<{ text: string }>(`SELECT pg_get_functiondef('apply'::regproc) AS text`)
    const [posts, skips] = [
      'IF jsonb_array_length(j_rows) > 0 THEN',
      'IF false AND jsonb_array_length(j_rows) > 0 THEN',
    ]
    const text = rows[0]!.text.replace(skips, posts)
    if (!text.includes(posts)) throw new Error('apply posts in another way than this bench knows')
    await sql.query(on ? text : text.replace(posts, skips))
  })
}

interface Round {
  kind: Kind
  figures: StreamFigures
}

/** Results of payments, captured and posted, over HTTP: on the accounts of one merchant and its funders, of a thousand, and without posting. */
export async function capture(options: Pick<BenchOptions, 'seconds' | 'say'> & { clients: number }): Promise<Report> {
  return withBed(options.say, async (bed) => {
    await loadCampaign(bed.databaseUrl, captureCampaign())
    const rounds = await run(bed, options)
    const rate = (kind: Kind) => {
      const own = rounds.filter((round) => round.kind === kind)
      return own.reduce((sum, { figures }) => sum + figures.perSecond, 0) / own.length
    }
    const [many, one, unposted] = [rate('many'), rate('one'), rate('unposted')]
    const rows = rounds.map(({ kind, figures: { perSecond, latencies, answers } }) => [
      WHAT[kind],
      String(options.clients),
      figure(perSecond),
      ms(latencies.p50Us),
      ms(latencies.p95Us),
      ms(latencies.p99Us),
      Object.entries(answers)
        .map(([state, count]) => `${state} ${figure(count)}`)
        .join(', '),
    ])
    const body = [
      `Each line ${figure(options.seconds)} s; API, PostgreSQL and load generator share the machine. Durable commits. Means of both rounds:`,
      `- captures with postings: ${goal(many, '≥', GOAL_PER_SECOND)} per second spread, ${goal(one, '≥', GOAL_PER_SECOND)} on one merchant`,
      `- one merchant and two funders against 1,000 and 2,000: ${figure(one / many)} (1: hot accounts do not serialise the batch)`,
      `- with postings against without: ${figure(one / unposted)}`,
      '',
      table(HEAD, rows),
    ].join('\n')
    return { title: 'capture. Results, captured and posted, over HTTP', body, versions: bed.versions }
  })
}

async function run(bed: Bed, { seconds, clients, say }: Parameters<typeof capture>[0]): Promise<Round[]> {
  const key = await makeKey(bed.databaseUrl)
  const port = await freePort()
  const load = new Load()
  const api = await startApp({ name: 'api', env: apiEnvironment(bed, { port }), port, logDir: bed.dir })
  const phase = async (mix: StreamPlan['mix'], name: string, length: number): Promise<StreamFigures> => {
    const [figures] = await load.run({
      port,
      key,
      warmupSeconds: 0,
      seconds: length,
      streams: [{ mix, clients, run: name }],
    })
    return figures!
  }
  const round = async (kind: Kind, name: string, length: number): Promise<Round> => {
    await phase(kind === 'many' ? 'captureMany' : 'captureOne', name, length)
    await posting(bed, kind !== 'unposted')
    const figures = await phase('success', name, length)
    await posting(bed, true)
    const wrong = Object.keys(figures.answers).filter((state) => state !== 'confirmed')
    if (wrong.length > 0) throw new Error(`capture: answers ${wrong.join(', ')} instead of confirmed`)
    return { kind, figures }
  }
  try {
    say('capture: warming up')
    await round('many', 'w', Math.min(seconds, 5))
    const rounds: Round[] = []
    for (const [i, kind] of ROUNDS.entries()) {
      say(`capture: ${WHAT[kind]}`)
      rounds.push(await round(kind, `c${i}`, seconds))
    }
    return rounds
  } finally {
    load.stop()
    await api.stop()
  }
}
