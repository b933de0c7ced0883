import { isAlive } from '../core/identity'
import { dataDirOf } from '../core/places'
import { answers } from '../core/ports'
import { isSupervised, readRun, type ServerRecord } from '../core/run-file'
import { answersOk } from '../servers/node-app'
import { print } from './print'

/** Prints what is there now, not what the record hopes; true when all of it is up. */
export async function status(): Promise<boolean> {
  const run = readRun(dataDirOf())
  if (!run) {
    print.line('nothing is running')
    return false
  }
  const states = await Promise.all(run.servers.map(stateNow))
  const rows = run.servers.map((server, i) => [
    server.name,
    states[i] ?? '',
    server.process ? String(server.process.pid) : '-',
    server.address || '-',
    server.since.slice(0, 19).replace('T', ' '),
    server.origin,
  ])
  print.table([['SERVER', 'STATE', 'PID', 'ADDRESS', 'SINCE (UTC)', 'FROM'], ...rows])
  if (!isSupervised(run)) print.line('the launcher is gone; ./lijian down stops what it left')
  return isSupervised(run) && run.state === 'ready' && states.every((state) => ['up', 'given', 'done'].includes(state))
}

async function stateNow({ state, process: identity, address, probe }: ServerRecord): Promise<string> {
  if (state === 'given') return (await listens(address)) ? 'given' : 'not answering'
  if (!identity) return state
  if (!isAlive(identity)) return 'died'
  const ready = probe ? await answersOk(probe) : await listens(address)
  if (ready) return 'up'
  return state === 'ready' ? 'not ready' : state
}

function listens(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${address}`)
  return answers(Number(port || 5432), hostname)
}
