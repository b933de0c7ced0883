import { isAlive } from '../core/identity'
import { dataDirOf } from '../core/places'
import { isSupervised, leftOver, readRun } from '../core/run-file'
import { stopLeftOver } from '../core/supervisor'
import { within } from '../core/wait'
import { takeUpLock, upLockHolder } from '../core/up-lock'
import { type OffsetWord, refuseOtherOffset } from './offset'
import { print } from './print'

export async function down({ portOffset }: OffsetWord = {}): Promise<void> {
  refuseOtherOffset(portOffset)
  const dataDir = dataDirOf()
  await stopStarting(dataDir)
  const run = readRun(dataDir)
  if (!run) return print.line('nothing is running')
  if (isSupervised(run)) {
    process.kill(run.supervisor.pid, 'SIGTERM')
    const names = run.servers.filter((server) => server.process).map(({ name }) => name)
    print.line(`stopping ${names.join(', ')} …`)
    if (!(await within(120_000, 100, () => !isAlive(run.supervisor))))
      throw new Error(`the launcher (process ${run.supervisor.pid}) does not end`)
  }
  // Not beside an `up` that takes it over.
  const lock = takeUpLock(dataDir)
  await stopLeftOver(dataDir, print.from).finally(() => lock.release())
  if (leftOver(run).length > 0) throw new Error('not everything could be stopped: ./lijian status')
  print.line('stopped; the data stays in ' + dataDir)
}

/** A launcher that has not come as far as to write what it runs. */
async function stopStarting(dataDir: string): Promise<void> {
  const holder = upLockHolder(dataDir)
  if (!holder || isSupervised(readRun(dataDir))) return
  process.kill(holder.pid, 'SIGTERM')
  print.line(`stopping the start (process ${holder.pid}) …`)
  if (!(await within(120_000, 100, () => !isAlive(holder))))
    throw new Error(`the launcher (process ${holder.pid}) does not end`)
}
