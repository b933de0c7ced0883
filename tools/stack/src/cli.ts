import { ConfigError } from '@lijian/config'
import { CommanderError } from 'commander'
import { WrongOffset } from './commands/offset'
import { AlreadyRuns } from './core/up-lock'
import { makeProgram } from './program'

async function main(): Promise<void> {
  const program = makeProgram()
  try {
    if (process.argv.length <= 2) program.help({ error: true })
    await program.parseAsync(process.argv)
  } catch (error) {
    // Commander has already said it; 2 is for a command that was not understood.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else if (error instanceof WrongOffset) {
      process.stderr.write(`lijian: ${error.message}\n`)
      process.exitCode = 2
    } else fail(error)
  }
}

/** A sentence for what a person can repair, the whole story for what is a bug of ours. */
function fail(error: unknown): void {
  const known =
    error instanceof ConfigError ||
    error instanceof AlreadyRuns ||
    (error instanceof Error && error.constructor === Error)
  process.stderr.write(`lijian: ${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`)
  process.exitCode = 1
}

void main()
