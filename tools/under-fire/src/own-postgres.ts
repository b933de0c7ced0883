import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { grantAppLogin, migrate } from '@lijian/database'
import { startPostgres, type StartedPostgres } from '@lijian/stack'
import { freePort } from '@lijian/testing'
import { Client } from 'pg'
import { Disk } from './disk'

export const READY_WITHIN_MS = 60_000

export interface OwnPostgresOptions {
  /** Its data stand on a disk that can be filled. */
  smallDisk?: boolean
  settings?: Readonly<Record<string, string>>
}

/** A PostgreSQL of one test alone, which may kill it. */
export class OwnPostgres {
  #started!: StartedPostgres
  #port = 0
  readonly #disk: Disk | undefined
  /** Its data stand here, and there is room for what else the test keeps. */
  readonly dir: string

  constructor(
    name: string,
    private readonly options: OwnPostgresOptions = {},
  ) {
    this.dir = mkdtempSync(join(tmpdir(), name))
    // As root PostgreSQL runs as another user, who must be able to pass through.
    chmodSync(this.dir, 0o755)
    this.#disk = options.smallDisk ? Disk.at(this.dir) : undefined
  }

  /** As the owner of the tables. */
  get url(): string {
    return this.#started.url
  }

  /** As api and worker log in. */
  get serviceUrl(): string {
    const service = new URL(this.url)
    service.username = 'lijian_service'
    service.password = 'service'
    return service.toString()
  }

  /** With all tables, and the login of api and worker. */
  async open(): Promise<void> {
    this.#port = await freePort()
    await this.start()
    await migrate(this.url)
    await grantAppLogin(this.url, this.serviceUrl)
  }

  /** On the same data and port as before. Sessions of a killed postmaster end by themselves, and until then hold its memory. */
  async start(): Promise<void> {
    const until = Date.now() + READY_WITHIN_MS
    for (;;) {
      try {
        const { settings } = this.options
        this.#started = await startPostgres({ dataDir: this.dir, port: this.#port, settings })
        return
      } catch (error) {
        if (Date.now() > until) throw error
        await sleep(200)
      }
    }
  }

  /** Waits until it answers; starts it when it has ended, as whoever watches it does. */
  async revive(): Promise<void> {
    const until = Date.now() + READY_WITHIN_MS
    for (;;) {
      try {
        await this.sql('SELECT 1')
        return
      } catch (error) {
        if (Date.now() > until) throw error
        if (this.processes().length === 0) return this.start()
        await sleep(100)
      }
    }
  }

  /** SIGQUIT: as its immediate mode stops it, in the middle of everything and without a checkpoint. */
  kill(signal: 'SIGKILL' | 'SIGQUIT'): void {
    process.kill(this.#postmaster(), signal)
  }

  #postmaster(): number {
    const [pid] = readFileSync(join(this.dir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    return Number(pid)
  }

  /** The postmaster and its sessions; none when it has ended. */
  processes(): number[] {
    let pid: number
    try {
      pid = this.#postmaster()
      // What a killed one left behind may name a stranger by now.
      if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')) return []
    } catch {
      return []
    }
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return [pid, ...all.filter((one) => parentOf(one) === pid).map(Number)]
  }

  /** Until `free`, nothing more of it goes to its disk. */
  fillDisk(): void {
    this.#disk!.fill(() => this.processes())
  }

  freeDisk(): void {
    this.#disk!.free(() => this.processes())
  }

  async sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    const db = new Client({ connectionString: this.url })
    db.on('error', () => undefined)
    await db.connect()
    try {
      return (await db.query<Row>(text, values)).rows
    } finally {
      await db.end().catch(() => undefined)
    }
  }

  async close(): Promise<void> {
    await this.#started?.stop()
    this.#disk?.close()
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The name of a process may hold spaces and brackets; what follows it does not. */
function parentOf(pid: string): number | undefined {
  try {
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    return Number(parent)
  } catch {
    return undefined
  }
}
