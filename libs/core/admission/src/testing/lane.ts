import { testDatabase } from '@lijian/testing'
import { LijianError } from '@lijian/contracts/system'
import type { CounterAsk } from '@lijian/limits'
import { Client } from 'pg'
import { openAdmission, type Admission, type AdmissionOptions } from '../admission'
import type { Work } from '../work'

const ROOM = 1_000_000

/** Takes one place on each of these counters. */
export function take(...keys: string[]): Work<string> {
  const asks: CounterAsk[] = keys.map((key) => ({
    key,
    limitFen: null,
    limitCount: ROOM,
    version: 1,
    fen: 0,
    count: 1,
    shared: true,
  }))
  return {
    decide: (view) => {
      if (view.counters.test(asks)) throw new LijianError('unavailable', 'no room')
      view.counters.take(asks, 'used')
      return () => 'taken'
    },
  }
}

/** Takes one place and tells the flow about it with this text. */
export function say(text: string, key: string): Work<string> {
  const work = take(key)
  return {
    decide: (view) => {
      const finish = work.decide(view)
      view.emit({
        client: 'T',
        serial: key,
        workflowId: key,
        workflowType: 'none',
        snapshot: { text },
        delayMs: 0,
        dated: false,
      })
      return finish
    },
  }
}

/** How each ended: its answer, or the code of its refusal. */
export const outcomes = async (works: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(works)).map((one) => {
    if (one.status === 'fulfilled') return String(one.value)
    return one.reason instanceof LijianError ? one.reason.code : (one.reason as Error).message
  })

/** A real database and lanes over it. */
export class Lanes {
  private readonly opened: Admission[] = []
  private readonly clients: Client[] = []

  private constructor(
    readonly url: string,
    readonly sql: Client,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<Lanes> {
    const { url, drop } = await testDatabase()
    const sql = new Client({ connectionString: url })
    await sql.connect()
    return new Lanes(url, sql, drop)
  }

  lane(options: Partial<AdmissionOptions> = {}): Admission {
    const admission = openAdmission({ databaseUrl: this.url, timeZone: 'Asia/Shanghai', cutOff: '24:00', ...options })
    this.opened.push(admission)
    return admission
  }

  /** Somebody else's session; it ends with the test. */
  async session(): Promise<Client> {
    const client = new Client({ connectionString: this.url })
    client.on('error', () => undefined)
    await client.connect()
    this.clients.push(client)
    return client
  }

  /** A session that keeps the row of this counter locked until it rolls back. */
  async locking(key: string): Promise<Client> {
    const session = await this.session()
    await session.query('BEGIN')
    await session.query('SELECT 1 FROM counter WHERE key = $1 FOR UPDATE', [key])
    return session
  }

  async used(key: string): Promise<number> {
    const { rows } = await this.sql.query<{ n: number }>('SELECT used_count::int AS n FROM counter WHERE key = $1', [
      key,
    ])
    return rows[0]?.n ?? 0
  }

  async allUsed(...keys: string[]): Promise<number[]> {
    const counts: number[] = []
    for (const key of keys) counts.push(await this.used(key))
    return counts
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.end()
    for (const admission of this.opened) await admission.close()
    await this.sql.end()
    await this.drop()
  }
}
