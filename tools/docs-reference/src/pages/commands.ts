import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { clearCommand, documentCommands, explainCommand, reportCommand, verifyHelp } from '@lijian/cli'
import { makeProgram } from '@lijian/stack/program'
import type { Command } from 'commander'
import { page } from '../markdown'
import { ROOT } from '../root'

const COLUMNS = 100
const ignore = () => undefined

/** The help of a command as a terminal of 100 columns shows it. */
function helpOf(command: Command): string {
  command.configureOutput({ getOutHelpWidth: () => COLUMNS })
  return command.helpInformation().trim()
}

const named = (program: Command, name: string): Command => {
  const found = program.commands.find((command) => command.name() === name)
  if (found === undefined) throw new Error(`the commands of documents have no ${name}`)
  return found
}

/** What a program that is no library prints for --help. */
function printed(...program: string[]): string {
  const source = ['--conditions=@lijian/source', '-r', join(ROOT, 'tools', 'testing', 'register-source.cjs')]
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LIJIAN_')))
  return execFileSync(process.execPath, [...source, ...program, '--help'], { cwd: ROOT, encoding: 'utf8', env }).trim()
}

/** A program's own help behind the name that `./lijian` gives it; the rest is forwarded to it. */
const OWN: Record<string, (name: string) => Command | string> = {
  clear: () => clearCommand(ignore, ignore, {}),
  explain: () => explainCommand(),
  report: () => reportCommand(ignore, ignore),
  verify: () => verifyHelp,
  demo: () => printed('tools/demo/src/cli.ts'),
  test: () => printed('tools/testing/run.mjs'),
  bench: () => printed('tools/bench/src/cli.ts'),
  ...Object.fromEntries(
    ['check', 'schema', 'evaluate', 'backtest', 'route', 'import', 'login', 'logout'].map((name) => [
      name,
      () => named(documentCommands(), name),
    ]),
  ),
}

const section = (depth: number, name: string, help: string) =>
  `${'#'.repeat(depth)} ${name}\n\n\`\`\`text\n${help.replace(/ +$/gm, '')}\n\`\`\``

function sectionsOf(name: string, command: Command | string, depth = 2): string[] {
  if (typeof command === 'string') return [section(depth, name, command)]
  const inner = command.commands.filter((sub) => sub.name() !== 'help')
  return [
    section(depth, name, helpOf(command)),
    ...inner.flatMap((sub) => sectionsOf(`${name} ${sub.name()}`, sub, depth + 1)),
  ]
}

export function commandsPage(): string {
  const program = makeProgram()
  const commands = program.commands.filter((command) => command.name() !== 'help')
  return page({
    title: 'Command line',
    about: 'What `./lijian COMMAND --help` says, for every command.',
    source: '[program.ts](../../tools/stack/src/program.ts) and [apps/cli](../../apps/cli/README.md)',
    blocks: [
      'Exit codes: 0 done, 1 something failed, 2 the command was not understood or cannot be carried out as given.',
      section(2, 'lijian', helpOf(program)),
      ...commands.flatMap((command) => {
        const name = command.name()
        return sectionsOf(name, OWN[name]?.(name) ?? command)
      }),
    ],
  })
}
