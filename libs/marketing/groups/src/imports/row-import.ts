import { IMPORT_ERRORS_TOLD } from '@lijian/contracts/marketing'
import { clientOf, GroupImportEntity } from '@lijian/database'
import type { PoolClient } from 'pg'
import { extname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import type { QueryRunner } from 'typeorm'
import type { FeesOfFiles } from '../merchants/fees-kind'
import type { GroupChange, GroupChanges } from '../merchants/group-change'
import { Failed, NOT_GZIP, wrongLines, type ReadSoFar } from './failed'
import { mustGoOn, saveProgress, type ImportAsk } from './import-rows'
import { storeMerchants } from './merchant-rows'
import type { RowAsk, RowOptions, RowProgress, RowReply } from './row-thread'

const SAVE_EVERY_MS = 500
/** Gone with the connection, and never written to the log of PostgreSQL: what was read of a file that failed leaves nothing behind. */
const INCOMING = 'CREATE TEMPORARY TABLE incoming (line integer, id text COLLATE "C", document jsonb)'
const KEEP = `INSERT INTO incoming SELECT (j ->> 0)::integer, j ->> 1, nullif(j -> 2, 'null')
  FROM (SELECT l::jsonb AS j FROM unnest(string_to_array($1, E'\\n')) l OFFSET 0) r`

export interface RowImportOptions {
  nowMs: () => number
  threadExecArgv?: string[] | undefined
  changes: GroupChanges
  fees: FeesOfFiles
}

/** Lines that become rows: merchants, and ids of merchants in a group. They wait in a table of this connection until the file has ended. */
export class RowImport {
  private readonly worker: Worker
  /** One question at a time. The listeners stay: a worker without any stops to deliver. */
  private waiting: { resolve: (reply: RowReply) => void; reject: (error: Error) => void } | undefined
  private broken: Error | undefined
  private readonly read: ReadSoFar = { progress: { lines: 0, accepted: 0, errorCount: 0 }, errors: [] }

  constructor(
    private readonly runner: QueryRunner,
    private readonly id: number,
    private readonly ask: ImportAsk & RowOptions,
    private readonly options: RowImportOptions,
  ) {
    this.worker = new Worker(join(__dirname, `row-thread${extname(__filename)}`), {
      workerData: { kind: ask.kind } satisfies RowOptions,
      execArgv: options.threadExecArgv,
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    })
    this.worker.on('message', (reply: RowReply) => this.waiting?.resolve(reply))
    this.worker.on('error', (error) => this.fail(error))
    this.worker.on('exit', () => this.fail(new Error('the thread of an import ended')))
  }

  async readBody(body: Readable): Promise<void> {
    const { runner, id, options } = this
    await runner.query('DROP TABLE IF EXISTS incoming')
    await runner.query(INCOMING)
    let bytes = 0
    let savedAtMs = options.nowMs()
    // Not destroyed when it is left early: the answer travels on the same socket.
    for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += piece.length
      const { isTooLarge } = await this.keep({ piece: new Uint8Array(piece) })
      if (isTooLarge) throw new Failed('too_large', 'A file has at most 2,000,000 lines and 2 GiB')
      if (options.nowMs() - savedAtMs < SAVE_EVERY_MS) continue
      savedAtMs = options.nowMs()
      await saveProgress(runner.manager, id, bytes, this.read.progress)
    }
    await this.keep({ end: true })
    await saveProgress(runner.manager, id, bytes, this.read.progress)
  }

  /** All of it in one transaction, or nothing. */
  async store(): Promise<void> {
    const { runner, ask, id, read } = this
    if (read.progress.errorCount > 0) throw wrongLines(read)
    if (read.progress.accepted === 0) throw new Failed('no_members', 'The file names nobody')
    await runner.startTransaction()
    try {
      const db = await clientOf(runner.manager)
      await db.query('CREATE INDEX ON incoming (id)')
      await db.query('ANALYZE incoming')
      const { rows } = await db.query<{ count: number }>('SELECT count(DISTINCT id)::integer AS count FROM incoming')
      const change =
        ask.kind === 'merchant'
          ? await storeMerchants(db, id, ask, { read, fees: this.options.fees })
          : await this.storeGroup(db)
      await mustGoOn(runner.manager, id)
      const { lines, accepted } = read.progress
      await runner.manager.update(
        GroupImportEntity,
        { id },
        {
          state: 'done',
          changed: change.changed,
          lines,
          accepted,
          duplicates: accepted - rows[0]!.count,
          memberCount: change.members,
          proposal: change.proposal?.id ?? null,
          finishedAt: () => 'now()',
        },
      )
      await runner.commitTransaction()
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined)
      throw error
    }
  }

  async close(): Promise<void> {
    await this.worker.terminate()
    await this.runner.query('DROP TABLE IF EXISTS incoming').catch(() => undefined)
  }

  private async storeGroup(db: PoolClient): Promise<GroupChange> {
    const { code, mode, actor } = this.ask
    const incoming = { sql: '(SELECT id FROM incoming WHERE $1::text IS NULL) AS i (id)', value: null }
    return this.options.changes.make(db, await this.options.changes.lock(db, code, actor), { mode, incoming, actor })
  }

  private async keep(ask: RowAsk): Promise<RowProgress> {
    const { rows, progress, errors, notGzip } = await this.asked(ask)
    if (notGzip === true) throw new Failed('not_gzip', NOT_GZIP)
    this.read.progress = progress
    this.read.errors.push(...errors.slice(0, IMPORT_ERRORS_TOLD - this.read.errors.length))
    // A file with a wrong line changes nothing: the rest of it is only read for what else is wrong.
    if (rows !== '' && progress.errorCount === 0) await this.runner.query(KEEP, [rows])
    return progress
  }

  private asked(ask: RowAsk): Promise<RowReply> {
    return new Promise((resolve, reject) => {
      if (this.broken) return reject(this.broken)
      this.waiting = { resolve, reject }
      this.worker.postMessage(ask)
    })
  }

  private fail(error: Error): void {
    this.broken ??= error
    this.waiting?.reject(error)
  }
}
