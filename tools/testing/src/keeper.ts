import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { migrateTemplate, startPostgres, type TestPostgres } from './keeper/postgres'
import { RedisServers } from './keeper/redis'
import { temporalProgram } from './temporal-program'
import { startTemporal } from './temporal-server'
import { houseBundle } from './keeper/bundle'

/**
 * Keeps the servers of one run: a process beside jest that starts each of them when a test first asks. It ends with jest, even if jest is
 * killed: its channel to jest closes then.
 */
const once = <T>(make: () => Promise<T>): { (): Promise<T>; begun(): Promise<T> | undefined } => {
  let made: Promise<T> | undefined
  return Object.assign(() => (made ??= make()), { begun: () => made })
}

const postgres = once(async (): Promise<TestPostgres> => migrateTemplate(await startPostgres()))
const bundle = once(houseBundle)
const temporal = once(async () => {
  const program = temporalProgram()
  if (program === undefined)
    throw new Error('no Temporal server: `temporal` is neither on PATH nor in the cache; `./lijian up` builds it')
  return startTemporal(program)
})

const redis = new RedisServers()

const answers: Record<string, (rest: string) => Promise<unknown>> = {
  database: async () => (await postgres()).take(),
  drop: async (name) => (await postgres()).drop(name),
  // Whoever asks starts workers too, and these find the bundle that is made here.
  temporal: async () => {
    const [{ address }] = await Promise.all([temporal(), bundle()])
    return { address }
  },
  redis: () => redis.start(),
  'redis-again': (id) => redis.again(id),
  'redis-kill': (id) => redis.kill(id),
  'redis-stop': (id) => redis.stop(id),
  bundle: async () => ({ codePath: await bundle() }),
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [word = '', rest = ''] = (request.url ?? '').slice(1).split('/')
  try {
    const said = await answers[word]!(rest)
    response.end(JSON.stringify(said ?? null))
  } catch (error) {
    response.writeHead(500).end((error as Error).message)
  }
}

let stopping = false
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  const servers = [temporal.begun(), postgres.begun()]
  await Promise.allSettled([...servers.map(async (server) => (await server)?.stop()), redis.stopAll()])
  process.exit(0)
}

// A person's Ctrl-C reaches every process of the group; the servers are stopped by what follows from it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
process.once('disconnect', () => void stop())
createServer((request, response) => void answer(request, response)).listen(process.argv[2], () =>
  process.send!('ready'),
)
