import type { Socket } from 'node:net'
import { Client, type ClientConfig } from 'pg'
import type { Limits } from './limits'

/** What pg says of its own limit; `isDatabaseAway` knows it. */
const silent = () => new Error('Query read timeout: PostgreSQL is silent')

const LOOK_EVERY_MS = 1000
/** A statement may end while its answer is on the way: dead is what is seen twice. */
const DEAD_AFTER_LOOKS = 2
/** As long as PostgreSQL cannot be asked, a silent connection is kept so long. */
const UNKNOWN_MS = 20_000
const GOODBYE_MS = 2000

/**
 * A class of clients whose connections may die at any moment without ending the process or keeping anybody for ever. One class per pool: when
 * one of its connections is found dead, the idle ones are thrown away too, or each would cost its own wait.
 */
export function steadyClientClass(limits: Limits): typeof Client {
  const family = new Set<SteadyClient>()
  let looking = false

  /** Ends those whose statement PostgreSQL does not work on. */
  async function look(asker: SteadyClient): Promise<void> {
    if (looking) return
    looking = true
    const suspects = [...family].filter((client) => client.isSuspect)
    const active = await asker.activeOf(suspects).catch(() => undefined)
    looking = false
    for (const suspect of suspects) suspect.judge(active)
  }

  class SteadyClient extends Client {
    private readonly given: ClientConfig
    private watch: NodeJS.Timeout | undefined
    private heard = 0
    private silentSince = 0
    private looks = 0

    constructor(config?: ClientConfig) {
      super(config)
      this.given = config ?? {}
      // From its first moment: pg-pool and TypeORM leave a client without a listener while they hand it on.
      this.on('error', () => undefined)
      this.on('drain', () => this.rest())
      this.once('end', () => {
        this.rest()
        family.delete(this)
      })
      this.connection.once('connect', () => family.add(this))
    }

    override query(...asked: unknown[]): never {
      if (this.watch === undefined) this.attend()
      return super.query(...(asked as [never])) as never
    }

    /** A server that is silent would never say goodbye. */
    override end(...told: unknown[]): never {
      setTimeout(() => this.connection.stream.destroy(), GOODBYE_MS).unref()
      return super.end(...(told as [])) as never
    }

    get isSuspect(): boolean {
      return this.watch !== undefined && this.silenceMs >= limits.silence
    }

    private get silenceMs(): number {
      return performance.now() - this.silentSince
    }

    private attend(): void {
      this.hear()
      this.watch = setTimeout(() => this.listen(), limits.silence).unref()
    }

    private hear(): void {
      this.heard = heardBy(this)
      this.silentSince = performance.now()
      this.looks = 0
    }

    private listen(): void {
      if (heardBy(this) !== this.heard) this.hear()
      const leftMs = limits.silence - this.silenceMs
      // A timer may come a part of a millisecond early.
      if (leftMs > 0) this.watch = setTimeout(() => this.listen(), Math.ceil(leftMs)).unref()
      else if (!limits.asks) this.giveUp()
      else {
        void look(this)
        this.watch = setTimeout(() => this.listen(), LOOK_EVERY_MS).unref()
      }
    }

    private rest(): void {
      clearTimeout(this.watch)
      this.watch = undefined
    }

    /** Backends that work on something, of these. Undefined: a pooler stands between, and its numbers are not PostgreSQL's. */
    async activeOf(suspects: readonly SteadyClient[]): Promise<Set<number> | undefined> {
      const { processID: _old, ...config } = { processID: 0, ...this.given }
      const second = new Client({
        ...config,
        connectionTimeoutMillis: 5000,
        query_timeout: 2000,
        statement_timeout: 2000,
      })
      second.on('error', () => undefined)
      try {
        await second.connect()
        const { rows } = await second.query<{ pid: number; self: boolean }>(
          `SELECT pid, pid = pg_backend_pid() AS self FROM pg_stat_activity
           WHERE pid = pg_backend_pid() OR (pid = ANY ($1::int[]) AND state IN ('active', 'fastpath function call'))`,
          [suspects.map(pidOf)],
        )
        const self = rows.find((row) => row.self)
        return self?.pid === pidOf(second) ? new Set(rows.map(({ pid }) => pid)) : undefined
      } finally {
        setTimeout(() => second.connection.stream.destroy(), GOODBYE_MS).unref()
        void second.end().catch(() => undefined)
      }
    }

    /** `active` undefined: PostgreSQL could not be asked. */
    judge(active: ReadonlySet<number> | undefined): void {
      if (!this.isSuspect || heardBy(this) !== this.heard) return
      if (active === undefined) {
        if (this.silenceMs >= UNKNOWN_MS) this.giveUp()
      } else if (active.has(pidOf(this))) this.hear()
      else if (++this.looks >= DEAD_AFTER_LOOKS) this.giveUp()
    }

    private giveUp(): void {
      this.drop()
      for (const other of family) if (other.isIdle) other.drop()
    }

    private get isIdle(): boolean {
      return this.watch === undefined && this.getTransactionStatus() === 'I'
    }

    private drop(): void {
      this.rest()
      family.delete(this)
      this.connection.stream.destroy(silent())
    }
  }
  return SteadyClient as unknown as typeof Client
}

const heardBy = (client: Client): number => (client.connection.stream as Socket).bytesRead
const pidOf = (client: Client): number => (client as unknown as { processID: number | null }).processID ?? 0
