import { existsSync, readdirSync, readFileSync, readlinkSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DEFAULT_PORTS } from '@lijian/config'
import { databaseAnswers } from '@lijian/database'
import { afterLook, type Look, type Memory } from './watch'

export interface Watched {
  name: string
  /** Its program's file. */
  program: string
  base: string
  memoryFile: string
  databaseUrl?: string
}

const root = join(__dirname, '..', '..', '..', '..')
/** Where each program says how it is. */
const PORT_OF: Readonly<Record<string, string>> = {
  api: 'LIJIAN_INTERNAL_PORT',
  worker: 'LIJIAN_METRICS_PORT',
  'report-generator': 'LIJIAN_REPORT_PORT',
}
const HELP = `node apps/cli/dist/health/cli.js api|worker|report-generator
The health check of a container. Exit code 0: ready; 1: not ready; 2: not understood. A process that hangs for a minute, or that is not ready for
two minutes although PostgreSQL answers, is ended: SIGTERM, half a minute later SIGKILL. Docker starts it again.`

function watchedOf(name: string | undefined, env: NodeJS.ProcessEnv): Watched | undefined {
  const variable = PORT_OF[name ?? '']
  if (name === undefined || variable === undefined) return undefined
  return {
    name,
    program: join(root, 'apps', name, 'dist', 'main.js'),
    base: `http://${hostOf(env)}:${env[variable] || DEFAULT_PORTS[variable]}`,
    memoryFile: join(tmpdir(), `lijian-health-${name}.json`),
    databaseUrl: env['DATABASE_URL'],
  }
}

/** Where they listen, asked on this machine. */
function hostOf({ LIJIAN_INTERNAL_HOST: host = '' }: NodeJS.ProcessEnv): string {
  if (['', '0.0.0.0', '::'].includes(host)) return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** One look; true when it is ready. */
export async function check(watched: Watched, say: (line: string) => void, nowMs = Date.now()): Promise<boolean> {
  const look = await lookAt(watched)
  const { memory, act, why } = afterLook(readMemory(watched.memoryFile), look, nowMs)
  keepMemory(watched.memoryFile, memory)
  if (act && look.process) {
    say(`${watched.name} is ended with ${act}: ${why}`)
    process.kill(look.process.pid, act)
  } else say(look.ready ? 'ready' : look.live ? 'not ready' : 'no answer')
  return look.ready
}

async function lookAt({ program, base, databaseUrl }: Watched): Promise<Look> {
  const [live, ready] = await Promise.all([ok(`${base}/health/live`), ok(`${base}/health/ready`)])
  const elsewhere = live && !ready && databaseUrl !== undefined && (await databaseAnswers(databaseUrl))
  return { process: findProcess(program), live, ready, databaseAnswers: elsewhere }
}

const ok = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(3_000) }).then(
    (response) => response.ok,
    () => false,
  )

/** The Node process that runs the program, told apart from a later one with the same number by its start. */
export function findProcess(program: string): Look['process'] {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
      if (!/(^|\/)node$/.test(words[0] ?? '')) continue
      const cwd = readlinkSync(`/proc/${name}/cwd`)
      if (!words.slice(1).some((word) => word.endsWith('.js') && resolve(cwd, word) === program)) continue
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const mark = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
      return { pid: Number(name), mark }
    } catch {
      // It has ended since, or belongs to somebody else.
    }
  }
  return undefined
}

function readMemory(file: string): Memory | undefined {
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Memory) : undefined
  } catch {
    return undefined
  }
}

function keepMemory(file: string, memory: Memory): void {
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(memory))
  renameSync(`${file}.${process.pid}`, file)
}

async function main(): Promise<void> {
  const words = process.argv.slice(2)
  if (words.includes('--help')) return console.log(HELP)
  const watched = words.length === 1 ? watchedOf(words[0], process.env) : undefined
  if (!watched) {
    console.error(`health: found ${JSON.stringify(words.join(' '))}; expected ${Object.keys(PORT_OF).join(', ')}`)
    process.exitCode = 2
  } else process.exitCode = (await check(watched, (line) => console.log(line))) ? 0 : 1
}

if (require.main === module)
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
