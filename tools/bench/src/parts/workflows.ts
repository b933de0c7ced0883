import { type Served, startPeer } from '../processes'
import { figure, goal, table } from '../report/table'
import { withBed } from '../servers'
import { openStage, type Stage } from '../stage'
import { until, type Profile } from '../temporal'
import type { BenchOptions, Report } from './part'

const EMPTY_QUEUE = 'bench-empty'
/** Starts of empty workflows under way at a time: more than the relay makes, so the yardstick is not held back. */
const STARTERS = 32
const LATER_MS = 3_000

interface Finished {
  count: number
  seconds: number
}

interface Figures {
  empty: Finished
  together: Finished
  later: Finished
}

/** Serials and workflow ids are never used twice on a stage. */
let rounds = 0

class Bench {
  constructor(
    private readonly stage: Stage,
    private readonly count: number,
    private readonly say: (line: string) => void,
  ) {}

  /** Empty workflows with one local activity, started by 32 lanes; from the first start to the last end. */
  async empty(): Promise<Finished> {
    const { client, count } = this.stage.temporal
    const round = rounds++
    const finished = `TaskQueue = '${EMPTY_QUEUE}' AND ExecutionStatus = 'Completed'`
    const before = await count(finished)
    const began = performance.now()
    let next = 0
    const starter = async () => {
      while (next < this.count)
        await client.workflow.start('emptyWorkflow', { workflowId: `empty/${round}/${next++}`, taskQueue: EMPTY_QUEUE })
    }
    await Promise.all(Array.from({ length: STARTERS }, starter))
    await this.waitFor('empty workflows', () => count(finished).then((all) => all - before))
    return { count: this.count, seconds: (performance.now() - began) / 1_000 }
  }

  /** Each result follows its query at once, so it is in before the relay hands over. */
  async together(): Promise<Finished> {
    const run = `c${rounds++}`
    const before = await this.stage.closedCount()
    const began = performance.now()
    const clients = 16
    const [queries] = await this.stage.send(
      [
        { mix: 'hot', clients, run, atMost: this.count },
        { mix: 'success', clients, run, atMost: this.count, waits: true },
      ],
      120,
    )
    this.expectHeld(queries?.answers ?? {})
    await this.waitFor('transactions', () => this.stage.closedCount().then((all) => all - before))
    return { count: this.count, seconds: (performance.now() - began) / 1_000 }
  }

  /** All are handed over, and wait, before the first result comes: two workflow tasks and a timer each. The pause itself does not count. */
  async later(): Promise<Finished> {
    const run = `c${rounds++}`
    const before = await this.stage.closedCount()
    const began = performance.now()
    const [queries] = await this.stage.send([{ mix: 'hot', clients: 32, run, atMost: this.count }], 120)
    this.expectHeld(queries?.answers ?? {})
    await until(
      async () => {
        const rows = await this.stage.outboxRows()
        return { done: rows === 0, progress: `c: ${rows} to hand over` }
      },
      { say: this.say, everyMs: 100 },
    )
    const handedOverMs = performance.now() - began
    // Handed over is not yet begun: after this every workflow has had its first task.
    await new Promise((resolve) => setTimeout(resolve, LATER_MS))
    const resumed = performance.now()
    await this.stage.send([{ mix: 'success', clients: 32, run, atMost: this.count }], 120)
    await this.waitFor('transactions', () => this.stage.closedCount().then((all) => all - before))
    return { count: this.count, seconds: (handedOverMs + performance.now() - resumed) / 1_000 }
  }

  private expectHeld(answers: Readonly<Record<string, number>>): void {
    if (answers['held'] !== this.count)
      throw new Error(`${this.count} payments should be held, but: ${JSON.stringify(answers)}`)
  }

  private waitFor(what: string, closed: () => Promise<number>): Promise<void> {
    return until(
      async () => {
        const done = await closed()
        return { done: done >= this.count, progress: `c: ${done} of ${this.count} ${what} finished` }
      },
      { say: this.say, everyMs: 250 },
    )
  }
}

const sum = (rounds: readonly Finished[]): Finished => ({
  count: rounds.reduce((total, { count }) => total + count, 0),
  seconds: rounds.reduce((total, { seconds }) => total + seconds, 0),
})

/** Yardstick and measured take turns, so that a machine that changes its mind meanwhile is unfair to none. */
async function measure(
  profile: Profile,
  options: BenchOptions,
): Promise<{ figures: Figures; versions: Record<string, string> }> {
  const { quick, say } = options
  return withBed(say, async (bed) => {
    say(`c: starting Temporal (${profile}), api and worker`)
    const stage = await openStage(profile, bed, options.cpuProfileDir)
    let empty: Served | undefined
    try {
      const env = { BENCH_TEMPORAL_ADDRESS: stage.temporal.address, BENCH_TASK_QUEUE: EMPTY_QUEUE }
      empty = await startPeer(require.resolve('../peers/empty-worker'), env)
      say('c: warming up')
      const warm = new Bench(stage, 50, () => undefined)
      await warm.empty()
      await warm.together()
      const bench = new Bench(stage, quick ? 200 : 1_500, say)
      const done = { empty: [] as Finished[], together: [] as Finished[], later: [] as Finished[] }
      for (let round = 1; round <= (quick ? 1 : 2); round++) {
        for (const kind of ['empty', 'together', 'empty', 'later'] as const) {
          say(`c: ${profile}, round ${round}: ${kind}`)
          done[kind].push(await bench[kind]())
        }
      }
      const figures = { empty: sum(done.empty), together: sum(done.together), later: sum(done.later) }
      return { figures, versions: { ...bed.versions, Temporal: stage.temporal.version } }
    } finally {
      await empty?.stop()
      await stage.close()
    }
  })
}

/** c: transactions finished per second, end to end, against an empty workflow on the same server in the same run. */
export async function workflows(options: BenchOptions): Promise<Report> {
  const rows: string[][] = []
  const versions: Record<string, string> = {}
  for (const profile of options.profiles) {
    const { figures, versions: found } = await measure(profile, options)
    Object.assign(versions, found)
    const rate = ({ count, seconds }: Finished) => count / seconds
    const line = (what: string, finished: Finished, ratio: string) =>
      rows.push([profile, what, String(finished.count), figure(finished.seconds), figure(rate(finished)), ratio])
    const against = (finished: Finished) => rate(finished) / rate(figures.empty)
    line('empty workflow, one local activity', figures.empty, '1')
    line('transaction, result before the relay hands over', figures.together, goal(against(figures.together), '≥', 0.8))
    line('transaction, result 3 s after it', figures.later, figure(against(figures.later)))
  }
  const notes = `From the first query over HTTP until the last workflow is closed: api, PostgreSQL, relay, Temporal and worker on one machine, turns taken with the yardstick.`
  const head = ['profile', 'what', 'finished', 'seconds', 'per second', 'ratio']
  return { title: 'c. Transactions finished, end to end', body: `${notes}\n\n${table(head, rows)}`, versions }
}
