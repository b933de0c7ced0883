import { stderr } from 'node:process'
import { Evaluator } from '@lijian/evaluator'
import { Command } from 'commander'
import { answerText } from './answer-text'
import { filesOf, readWorld, withWorld, type WorldOptions } from './options'
import { Output } from './output'
import { parseLine } from './parse-line'
import { Progress } from './progress'
import { readLines } from './read-lines'
import { SpillStore } from './spill-store'

interface EvaluateOptions extends WorldOptions {
  campaigns: string
  payments: string
  explain?: boolean
  out?: string
}

export const evaluateCommand = (): Command =>
  withWorld(
    new Command('evaluate')
      .description('What each payment of a file would have got, in order, with limits kept: no servers.')
      .requiredOption('--campaigns <path>', 'a file with one campaign or an array, or a folder of them')
      .requiredOption('--payments <file>', 'payments, one JSON object per line; - for stdin'),
  )
    .option('--explain', 'the reason of every offer that was not given')
    .option('--out <file>', 'write there instead of stdout')
    .action((options: EvaluateOptions) => evaluate(options))

async function evaluate(options: EvaluateOptions): Promise<void> {
  const world = readWorld(options.campaigns, options, (line) => stderr.write(`${line}\n`))
  const output = new Output(options.out, [options.campaigns, options.payments, ...filesOf(options)])
  const store = new SpillStore()
  const evaluator = new Evaluator({ ...world, explain: options.explain ?? false, store })
  const progress = new Progress(options.payments)
  const states = new Map<string, number>()
  let lines = 0
  try {
    await readLines(
      options.payments,
      (text, number) => {
        lines += 1
        const answer = evaluator.line(
          parseLine(text, () => `${options.payments}:${number}`),
          text,
        )
        states.set(answer.state, (states.get(answer.state) ?? 0) + 1)
        output.line(answerText(answer))
      },
      async (bytes) => {
        await output.flush()
        progress.at(lines, bytes)
      },
    )
    await output.end()
  } catch (error) {
    output.abandon()
    throw error
  } finally {
    store.close()
  }
  progress.done(lines, [...states].map(([state, count]) => `${count.toLocaleString('en')} ${state}`).join(', '))
}
