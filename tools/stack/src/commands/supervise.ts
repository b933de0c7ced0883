import { join } from 'node:path'
import type { StackConfig } from '@lijian/config'
import { FLOW_QUESTIONS, flowQueryUrl, temporalNamespaceUrl } from '@lijian/contracts/shown'
import { forThisGroup } from '../core/places'
import { makeStack, type Stack } from '../core/stack'
import { Supervisor } from '../core/supervisor'
import { AlreadyRuns } from '../core/up-lock'
import { serversOf } from '../servers'
import { localHost } from '../servers/node-app'
import { print } from './print'

export interface StackWords {
  profile?: StackConfig['profile']
  portOffset?: number
  /** Development keys also in a database that is given. */
  devKeys?: boolean
}

export const stackFor = ({ profile, portOffset, devKeys }: StackWords): Stack =>
  makeStack({ env: profile ? { ...process.env, LIJIAN_PROFILE: profile } : process.env, portOffset, devKeys })

/**
 * The process behind `./lijian up`, in a session of its own: it stays when the terminal closes and ends with `./lijian down`, which sends
 * SIGTERM. SIGUSR2 (`./lijian up` again) has it start what is missing.
 */
export async function supervise(words: StackWords): Promise<void> {
  forThisGroup()
  const stack = stackFor(words)
  const supervisor = new Supervisor(stack, serversOf(stack.config.profile), print.from)
  const asked = stopWhenAsked(supervisor)
  process.on('SIGHUP', () => undefined)
  process.on('SIGUSR2', () => void supervisor.repair().catch((error: Error) => print.line(error.message)))
  try {
    await supervisor.start()
  } catch (error) {
    if (asked()) return
    // The log belongs to the one that runs.
    if (!(error instanceof AlreadyRuns) || !process.send) throw error
    process.send(error.message)
    process.exitCode = 1
    return
  }
  printSummary(stack)
  // Nothing else keeps this process waiting for a signal.
  const alive = setInterval(() => undefined, 60_000)
  await supervisor.whenStopped
  clearInterval(alive)
}

function stopWhenAsked(supervisor: Supervisor): () => boolean {
  let asked = false
  const stop = () => {
    if (!asked) print.line('stopping …')
    asked = true
    void supervisor.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  return () => asked
}

function printSummary({ config, env, dataDir, logDir, devKeys }: Stack): void {
  const base = `http://${localHost(config.apiHost)}:${config.apiPort}`
  const ui = config.temporalAddress ? 'that of your own Temporal' : `http://127.0.0.1:${config.temporalUiPort}`
  print.line('')
  print.table([
    ['API', base],
    ['Console', `${base}/console/`],
    ['API documentation', `http://${localHost(config.internalHost)}:${config.internalPort}/docs`],
    ['Temporal UI', ui],
    ['Temporal', env['TEMPORAL_ADDRESS'] ?? ''],
    ['API keys', devKeys ? join(dataDir, 'keys.json') : 'yours: ./lijian keys enrol makes the first administrators'],
    ...(config.databaseUrl ? [] : [['demo persons', join(dataDir, 'persons.json')] as const]),
    ['logs', `${logDir}  (./lijian logs NAME)`],
  ])
  if (!config.temporalAddress) {
    print.line('')
    print.line(
      'Prepared queries of the Temporal UI (more in docs/guides/operations/watch-flows.md and on the first page of the console):',
    )
    const namespace = temporalNamespaceUrl(ui, config.temporalNamespace)
    print.table(FLOW_QUESTIONS.map((question) => [question.title.en, flowQueryUrl(namespace, question)] as const))
  }
  print.line('')
}
