import type { Socket } from 'node:net'
import { Client, type ClientConfig } from 'pg'
import { actingComment, told } from './acting'
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
 * one of its connections is found dead, the idle ones are thrown away too, or each would cost its own wait. `saysWhoActs`: see `acting`.
 */
export function steadyClientClass(limits: Limits, { saysWhoActs = true } = {}): typeof Client {
  const family = new Family(limits, saysWhoActs)
  const Member = class extends SteadyClient {
    constructor(config?: ClientConfig) {
      super(family, config ?? {})
    }
  }
  return Member as unknown as typeof Client
}

/** The connections of one pool. */
class Family {
  readonly members = new Set<SteadyClient>()
  private looking = false

  constructor(
    readonly limits: Limits,
    readonly saysWhoActs: boolean,
  ) {}

  /** Asks PostgreSQL over a connection of its own which of the silent ones it works for, and tells each. */
  async look(config: ClientConfig): Promise<void> {
    if (this.looking) return
    this.looking = true
    const suspects = [...this.members].filter((member) => member.isSuspect)
    const active = await activeOf(config, suspects.map(pidOf)).catch(() => undefined)
    this.looking = false
    for (const suspect of suspects) suspect.judge(active)
  }

  dropIdle(): void {
    for (const member of this.members) if (member.isIdle) member.drop()
  }
}

class SteadyClient extends Client {
  private watch: NodeJS.Timeout | undefined
  private heard = 0
  private silentSince = 0
  private looks = 0

  constructor(
    private readonly family: Family,
    private readonly given: ClientConfig,
  ) {
    super(given)
    // From its first moment: pg-pool and TypeORM leave a client without a listener while they hand it on.
    this.on('error', () => undefined)
    this.on('drain', () => this.rest())
    this.connection.once('connect', () => this.family.members.add(this))
    this.connection.once('end', () => this.leave())
  }

  override query(...asked: unknown[]): never {
    if (this.watch === undefined && this.family.members.has(this)) this.attend()
    const comment = this.family.saysWhoActs ? actingComment() : undefined
    return super.query(...((comment === undefined ? asked : told(comment, asked)) as [never])) as never
  }

  override end(...told: unknown[]): never {
    endSoon(this)
    return super.end(...(told as [])) as never
  }

  get isSuspect(): boolean {
    return this.watch !== undefined && this.silenceMs >= this.family.limits.silence
  }

  get isIdle(): boolean {
    return this.watch === undefined && this.getTransactionStatus() === 'I'
  }

  /** `active`: backends that work on something. Undefined: PostgreSQL could not be asked. */
  judge(active: ReadonlySet<number> | undefined): void {
    if (!this.isSuspect || this.heardNow !== this.heard) return
    if (active === undefined) {
      if (this.silenceMs >= UNKNOWN_MS) this.giveUp()
    } else if (active.has(pidOf(this))) this.hear()
    else if (++this.looks >= DEAD_AFTER_LOOKS) this.giveUp()
  }

  drop(): void {
    this.leave()
    this.connection.stream.destroy(silent())
  }

  private giveUp(): void {
    this.drop()
    this.family.dropIdle()
  }

  private leave(): void {
    this.rest()
    this.family.members.delete(this)
  }

  private attend(): void {
    this.hear()
    this.listenIn(this.family.limits.silence)
  }

  /** A timer may come a part of a millisecond early. */
  private listenIn(ms: number): void {
    this.watch = setTimeout(() => this.listen(), Math.ceil(ms)).unref()
  }

  private hear(): void {
    this.heard = this.heardNow
    this.silentSince = performance.now()
    this.looks = 0
  }

  private listen(): void {
    const { silence, asks } = this.family.limits
    if (this.heardNow !== this.heard) this.hear()
    const leftMs = silence - this.silenceMs
    if (leftMs > 0) this.listenIn(leftMs)
    else if (!asks) this.giveUp()
    else {
      this.listenIn(LOOK_EVERY_MS)
      void this.family.look(this.given)
    }
  }

  private rest(): void {
    clearTimeout(this.watch)
    this.watch = undefined
  }

  private get silenceMs(): number {
    return performance.now() - this.silentSince
  }

  private get heardNow(): number {
    return (this.connection.stream as Socket).bytesRead
  }
}

/** Those of these backends that work on something. Undefined: a pooler stands between, and its numbers are not PostgreSQL's. */
async function activeOf(config: ClientConfig, pids: readonly number[]): Promise<Set<number> | undefined> {
  const second = new Client({ ...config, connectionTimeoutMillis: 5000, query_timeout: 2000, statement_timeout: 2000 })
  second.on('error', () => undefined)
  try {
    await second.connect()
    const { rows } = await second.query<{ pid: number; self: boolean }>(
      `SELECT pid, pid = pg_backend_pid() AS self FROM pg_stat_activity
       WHERE pid = pg_backend_pid() OR (pid = ANY ($1::int[]) AND state IN ('active', 'fastpath function call'))`,
      [pids],
    )
    const self = rows.find((row) => row.self)
    return self?.pid === pidOf(second) ? new Set(rows.map(({ pid }) => pid)) : undefined
  } finally {
    endSoon(second)
    void second.end().catch(() => undefined)
  }
}

/** A server that is silent would never say goodbye. */
function endSoon({ connection: { stream } }: Client): void {
  const goodbye = setTimeout(() => stream.destroy(), GOODBYE_MS).unref()
  stream.once('close', () => clearTimeout(goodbye))
}

const pidOf = (client: Client): number => (client as unknown as { processID: number | null }).processID ?? 0
