import { isAlive } from '../core/identity'
import { dataDirOf } from '../core/places'
import { answers } from '../core/ports'
import { isSupervised, readRun, type Run, type ServerRecord } from '../core/run-file'
import { answersOk } from '../servers/node-app'
import { type OffsetWord, refuseOtherOffset } from './offset'
import { print } from './print'

/** Prints what is there now, not what the record hopes; true when all of it is up. */
export async function status({ portOffset }: OffsetWord = {}): Promise<boolean> {
  refuseOtherOffset(portOffset)
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
    time(server.since),
    String(server.restarts ?? 0),
    server.origin,
  ])
  print.table([['SERVER', 'STATE', 'PID', 'ADDRESS', 'SINCE (UTC)', 'RESTARTS', 'FROM'], ...rows])
  for (const { name, lastEnd } of run.servers)
    if (lastEnd) print.line(`${name}: last time ${lastEnd.how.split(/[\n;]/)[0]}, ${time(lastEnd.at)}`)
  tellWhatToDo(run)
  return isSupervised(run) && run.state === 'ready' && states.every((state) => ['up', 'given', 'done'].includes(state))
}

const time = (iso: string) => iso.slice(0, 19).replace('T', ' ')

function tellWhatToDo(run: Run): void {
  const stuck = run.servers.filter(({ state }) => state === 'gave up').map(({ name }) => name)
  if (!isSupervised(run))
    print.line(
      'the launcher is gone: ./lijian up starts it again and takes over what runs; ./lijian down stops what it left',
    )
  else if (stuck.length > 0)
    print.line(
      `${stuck.join(', ')}: not started again after too many ends; ./lijian logs NAME says why, ./lijian up tries again`,
    )
}

async function stateNow({ state, process: identity, address, probe }: ServerRecord): Promise<string> {
  if (state === 'given') return (await listens(address)) ? 'given' : 'not answering'
  if (!identity || state === 'gave up' || state === 'restarting') return state
  if (!isAlive(identity)) return 'died'
  if (state === 'starting') return state
  const ready = probe ? await answersOk(probe) : await listens(address)
  return ready ? 'up' : 'not ready'
}

function listens(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${address}`)
  return answers(Number(port || 5432), hostname)
}
