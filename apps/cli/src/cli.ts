import { Command, CommanderError } from 'commander'
import { backtestCommand } from './backtest'
import { checkCommand } from './check'
import { evaluateCommand } from './evaluate'
import { BadInput } from './fail'
import { importCommand } from './import'
import { loginCommand, logoutCommand } from './login/command'
import { routeCommand } from './route/command'
import { schemaCommand } from './schema'

/** What documents say, and what they would have done; what a file does at a server, and who is signed in there. */
export function makeProgram(): Command {
  // An option belongs to the command that it follows.
  const program = new Command('lijian').enablePositionalOptions()
  for (const command of [
    checkCommand(),
    evaluateCommand(),
    backtestCommand(),
    routeCommand(),
    importCommand(),
    schemaCommand(),
    loginCommand(),
    logoutCommand(),
  ])
    program.addCommand(
      command
        .exitOverride()
        .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'lijian: ')) }),
    )
  return program.exitOverride()
}

async function main(): Promise<void> {
  // A reader that has seen enough (head) closes the pipe: that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  try {
    await makeProgram().parseAsync(process.argv)
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else if (error instanceof BadInput) {
      process.stderr.write(`lijian: ${error.message}\n`)
      process.exitCode = 2
    } else throw error
  }
}

if (require.main === module) void main()
