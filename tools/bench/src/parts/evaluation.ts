import { fork } from 'node:child_process'
import { figure, goal, table } from '../report/table'
import type { BenchOptions, Report } from './part'

export interface EvaluationFigures {
  payments: string
  medianUs: number
  p95Us: number
  p99Us: number
  bytes: number
  perSecond: number
}

export interface EvaluationRun {
  openOffers: number
  figures: EvaluationFigures[]
}

const GOALS_US: Readonly<Record<string, number>> = { 'no offer': 10, 'with offers': 20 }

/** b: one evaluation (screen and rank, both kinds) in a process of its own, whose young generation is large enough to count bytes. */
export async function evaluation({ quick, say }: BenchOptions): Promise<Report> {
  say('b: evaluating in process over 1,000 live offers and 100,000 merchants')
  const { openOffers, figures } = await run(quick ? 20_000 : 200_000)
  const rows = figures.map(({ payments, medianUs, p95Us, p99Us, bytes, perSecond }) => [
    payments,
    GOALS_US[payments] ? goal(medianUs, '≤', GOALS_US[payments]) : figure(medianUs),
    figure(p95Us),
    figure(p99Us),
    figure(bytes),
    figure(perSecond),
  ])
  const notes = `1,000 live offers, ${openOffers} of them open to every merchant, the others at 200 merchants each; 100,000 merchants. Warmed up.`
  const head = ['payments', 'median µs', 'p95 µs', 'p99 µs', 'bytes each', 'per second']
  return { title: 'b. One evaluation, in process', body: `${notes}\n\n${table(head, rows)}` }
}

function run(rounds: number): Promise<EvaluationRun> {
  return new Promise((resolve, reject) => {
    const child = fork(require.resolve('./evaluation-process'), [String(rounds)], {
      // Nothing is collected while bytes are counted: 20,000 evaluations fit into the young generation.
      execArgv: ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'],
    })
    child.once('message', (message) => resolve(message as EvaluationRun))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the evaluation process ended with code ${code}`)))
  })
}
