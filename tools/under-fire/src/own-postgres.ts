import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { grantAppLogin, migrate } from '@lijian/database'
import { startPostgres, type StartedPostgres } from '@lijian/stack'
import { freePort } from '@lijian/testing'
import { Client } from 'pg'

export const READY_WITHIN_MS = 60_000

/** A PostgreSQL of one test alone, which may kill it. */
export class OwnPostgres {
  #started!: StartedPostgres
  #port = 0
  /** Its data stand here, and there is room for what else the test keeps. */
  readonly dir: string

  constructor(name: string) {
    this.dir = mkdtempSync(join(tmpdir(), name))
    // As root PostgreSQL runs as another user, who must be able to pass through.
    chmodSync(this.dir, 0o755)
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
        this.#started = await startPostgres({ dataDir: this.dir, port: this.#port })
        return
      } catch (error) {
        if (Date.now() > until) throw error
        await sleep(200)
      }
    }
  }

  /** SIGQUIT: as its immediate mode stops it, in the middle of everything and without a checkpoint. */
  kill(signal: 'SIGKILL' | 'SIGQUIT'): void {
    const [pid] = readFileSync(join(this.dir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(pid), signal)
  }

  async sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    const db = new Client({ connectionString: this.url })
    await db.connect()
    try {
      return (await db.query<Row>(text, values)).rows
    } finally {
      await db.end()
    }
  }

  async close(): Promise<void> {
    await this.#started?.stop()
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 })
  }
}
