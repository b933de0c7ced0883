import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { hash, verify } from '@node-rs/argon2'
import { freePort } from '@lijian/stack'
import { makeKey } from '../data/keys'
import { withSql } from '../data/load'
import { apiEnvironment } from '../parts/environment'
import type { Report } from '../parts/part'
import { startApp } from '../processes'
import { figure, goal, table } from '../report/table'
import { cpuSeconds } from '../reports/usage'
import { withBed, type Bed } from '../servers'
import { makePersons, PASSWORD, type Person } from './persons'

export interface PeopleOptions {
  persons: number
  seconds: number
  say: (line: string) => void
}

/** As many as the api lets sign in at once. */
const SIGNING_AT_ONCE = 8
const ASKING_AT_ONCE = 16
const LOGINS_PER_SECOND = 20
const CHECK_MS = 0.2
const agent = new Agent({ keepAlive: true, maxSockets: ASKING_AT_ONCE })

interface Told {
  status: number
  cookie: string
}

function ask(port: number, method: string, path: string, headers: Record<string, string>, body = ''): Promise<Told> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ agent, port, method, path, host: '127.0.0.1' },
        headers: { ...headers, ...(body ? { 'content-type': 'application/json', 'content-length': body.length } : {}) },
      },
      (response) => {
        const cookie = response.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
        response.resume().once('end', () => resolve({ status: response.statusCode!, cookie }))
      },
    )
    sent.once('error', reject).end(body)
  })
}

/** `work` again and again by so many at once, until the time is over; how often a second. */
async function rate(atOnce: number, seconds: number, work: () => Promise<unknown>) {
  const began = performance.now()
  let times = 0
  const one = async () => {
    while (performance.now() - began < seconds * 1000) {
      await work()
      times++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return { times, perSecond: times / ((performance.now() - began) / 1000) }
}

class Run {
  constructor(
    private readonly bed: Bed,
    private readonly port: number,
    private readonly pids: { api: number; postgres: number },
    private readonly options: PeopleOptions,
  ) {}

  /** Everybody signs in once, then again: a code is used once, so its step is forgotten in between, which is not measured. */
  async logins(persons: readonly Person[]) {
    let [times, ms] = [0, 0]
    let cookie = ''
    const cpu = this.cpu()
    while (ms < this.options.seconds * 1000) {
      await withSql(this.bed.databaseUrl, (sql) => sql.query('UPDATE person_totp SET last_step = 0'))
      const waiting = [...persons]
      const began = performance.now()
      await Promise.all(
        Array.from({ length: SIGNING_AT_ONCE }, async () => {
          for (let person = waiting.pop(); person !== undefined; person = waiting.pop()) {
            const body = JSON.stringify({ login: person.login, password: PASSWORD, code: person.code() })
            const told = await ask(this.port, 'POST', '/v1/sessions', {}, body)
            if (told.status !== 201) throw new Error(`signing in answered ${told.status}`)
            cookie = told.cookie
          }
        }),
      )
      ms += performance.now() - began
      times += persons.length
    }
    const spent = this.cpu()
    return { perSecond: times / (ms / 1000), cpuMs: ((spent.api - cpu.api) * 1000) / times, cookie }
  }

  /** Who asks, over and over: milliseconds of processor for each request. */
  async asking(headers: Record<string, string>) {
    await this.ask(1, headers)
    const before = this.cpu()
    const { times, perSecond } = await this.ask(this.options.seconds, headers)
    const after = this.cpu()
    const each = (of: 'api' | 'postgres') => ((after[of] - before[of]) * 1000) / times
    return { perSecond, api: each('api'), postgres: each('postgres') }
  }

  private ask(seconds: number, headers: Record<string, string>) {
    return rate(ASKING_AT_ONCE, seconds, async () => {
      const { status } = await ask(this.port, 'GET', '/v1/me', headers)
      if (status !== 200) throw new Error(`/v1/me answered ${status}`)
    })
  }

  private cpu() {
    return { api: cpuSeconds(this.pids.api), postgres: cpuSeconds(this.pids.postgres) }
  }
}

/** Argon2id alone in this process, as a login has it. */
async function hashesPerSecond(seconds: number): Promise<number> {
  const stored = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  return (await rate(SIGNING_AT_ONCE, seconds, () => verify(stored, PASSWORD))).perSecond
}

async function measure(bed: Bed, options: PeopleOptions): Promise<string> {
  const { persons: count, seconds, say } = options
  const key = await makeKey(bed.databaseUrl, ['read'])
  const port = await freePort()
  const env: Record<string, string> = { ...apiEnvironment(bed, { port }), LIJIAN_PEOPLE_RATE_PER_SECOND: '1000000' }
  say(`people: making ${count} persons`)
  const persons = await makePersons(bed.databaseUrl, env['LIJIAN_ACCOUNT_KEY']!, count)
  const postgres = await withSql(bed.databaseUrl, async (sql) => {
    const { rows } = await sql.query<{ data_directory: string }>('SHOW data_directory')
    return Number(readFileSync(join(rows[0]!.data_directory, 'postmaster.pid'), 'utf8').split('\n')[0])
  })
  const api = await startApp({ name: 'api', env, port, logDir: bed.dir })
  try {
    const run = new Run(bed, port, { api: api.pid, postgres }, options)
    say('people: hashes alone')
    const hashes = await hashesPerSecond(seconds)
    say('people: signing in')
    const logins = await run.logins(persons)
    say('people: a key asks, then a session, then the key again')
    const first = await run.asking({ authorization: `Bearer ${key}` })
    const session = await run.asking({ cookie: logins.cookie })
    const second = await run.asking({ authorization: `Bearer ${key}` })
    const floor = (first.api + second.api) / 2
    const rows = [
      ['password hashes alone', figure(hashes), '–', '–'],
      ['sign-ins: password, code, session', goal(logins.perSecond, '≥', LOGINS_PER_SECOND), figure(logins.cpuMs), '–'],
      ['`GET /v1/me` by a key, before', figure(first.perSecond), figure(first.api), figure(first.postgres)],
      ['`GET /v1/me` by a session', figure(session.perSecond), figure(session.api), figure(session.postgres)],
      ['`GET /v1/me` by a key, after', figure(second.perSecond), figure(second.api), figure(second.postgres)],
    ]
    return [
      `${figure(count)} persons, ${SIGNING_AT_ONCE} sign in at once; ${ASKING_AT_ONCE} ask at once. CPU of one api and of PostgreSQL, for each request.`,
      table(['what', 'per second', 'api CPU ms', 'PostgreSQL CPU ms'], rows),
      `A session check costs the api ${goal(session.api - floor, '≤', CHECK_MS)} ms of CPU beside a key, PostgreSQL ${figure(session.postgres)} ms.`,
    ].join('\n\n')
  } finally {
    agent.destroy()
    await api.stop()
  }
}

export async function people(options: PeopleOptions): Promise<Report> {
  return withBed(options.say, async (bed) => ({
    title: 'People: signing in, and what a session costs',
    body: await measure(bed, options),
    versions: bed.versions,
  }))
}
