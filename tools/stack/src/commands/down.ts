import { isAlive } from '../core/identity'
import { dataDirOf } from '../core/places'
import { isSupervised, leftOver, readRun } from '../core/run-file'
import { stopLeftOver } from '../core/supervisor'
import { within } from '../core/wait'
import { print } from './print'

export async function down(): Promise<void> {
  const dataDir = dataDirOf()
  const run = readRun(dataDir)
  if (!run) return print.line('nothing is running')
  if (isSupervised(run)) {
    process.kill(run.supervisor.pid, 'SIGTERM')
    const names = run.servers.filter((server) => server.process).map(({ name }) => name)
    print.line(`stopping ${names.join(', ')} …`)
    if (!(await within(120_000, 100, () => !isAlive(run.supervisor))))
      throw new Error(`the launcher (process ${run.supervisor.pid}) does not end`)
  }
  await stopLeftOver(dataDir, print.from)
  if (leftOver(run).length > 0) throw new Error('not everything could be stopped: ./lijian status')
  print.line('stopped; the data stays in ' + dataDir)
}
