import type { KeyList } from '@lijian/privacy'
import {
  GROUP_MEMBERS_MAX,
  type GroupImportAnswer,
  type GroupImportPage,
  type ImportFailure,
  type ImportListQuery,
} from '@lijian/contracts/marketing'
import { LijianError, present } from '@lijian/contracts/system'
import { CardGroupEntity, GroupImportEntity, pageOf } from '@lijian/database'
import type { Readable } from 'node:stream'
import { LessThan, type DataSource, type QueryRunner } from 'typeorm'
import { recordChange } from '@lijian/live-config'
import { groupTable, lockGroup, membersOf, replaceMembers, type GroupRow } from '../group-members'
import { DigestThread, NotGzip } from './digest-thread'
import {
  beginImport,
  failInterrupted,
  importAnswer,
  saveFailure,
  saveProgress,
  told,
  unlockImport,
  type ImportAsk,
} from './import-rows'
import type { Digest } from './thread'

/** Each has a thread and a connection of its own. */
const AT_ONCE = 4
const SAVE_EVERY_MS = 500
/** Prefixes stand in the group's document and in every index; more are no prefixes. */
const BINS_MAX = 100_000

/** Why an import changes nothing. */
class Failed extends Error {
  constructor(
    readonly failure: ImportFailure,
    detail: string,
    /** What was read of it, where its lines are the reason. */
    readonly digest?: Digest,
  ) {
    super(detail)
  }
}

export interface ImportOptions {
  /** Card numbers and customers become tokens while they are read. */
  tokenKeys: KeyList
  nowMs: () => number
  /** Node's options for the thread, where its program is not built (tests). */
  threadExecArgv?: string[]
}

/**
 * Members of groups as files. All or nothing: the old members serve until one database transaction replaces them. A row says how far it
 * is; one import of a group at a time.
 */
export class GroupImports {
  private running = 0
  /** Files that are still coming in. */
  private readonly bodies = new Set<Readable>()

  constructor(
    private readonly source: DataSource,
    private readonly options: ImportOptions,
  ) {}

  /**
   * Reads the file to its end and answers how it ended. Throws import_running, too_many_requests, not_found (nothing to remove from),
   * invalid_document with the first wrong lines, payload_too_large.
   */
  async run(ask: ImportAsk, body: Readable): Promise<GroupImportAnswer> {
    if (this.running >= AT_ONCE)
      throw new LijianError(
        'too_many_requests',
        `${AT_ONCE} imports are running here: send it again when one has ended`,
      )
    this.running += 1
    const runner = this.source.createQueryRunner()
    try {
      await runner.connect()
      await this.mustExist(ask)
      const id = await beginImport(runner, ask)
      try {
        await this.take(runner, id, ask, body)
      } finally {
        await unlockImport(runner, id).catch(() => undefined)
      }
      return await this.read(id)
    } finally {
      this.running -= 1
      await runner.release()
    }
  }

  /** Cuts off uploads that are still coming in: their senders send again, to a process that stays. */
  stop(): void {
    for (const body of this.bodies) body.destroy(Object.assign(new Error('stopping'), { code: 'ECONNRESET' }))
  }

  async read(id: number): Promise<GroupImportAnswer> {
    await failInterrupted(this.source.manager)
    const row = await this.source.getRepository(GroupImportEntity).findOneBy({ id })
    if (!row) throw new LijianError('not_found', `There is no import ${id}`)
    return importAnswer(row)
  }

  /** Newest first. */
  async list({ kind, code, after, limit }: ImportListQuery): Promise<GroupImportPage> {
    await failInterrupted(this.source.manager)
    const found = await this.source
      .getRepository(GroupImportEntity)
      .find({
        where: {
          ...present({ kind }),
          ...present({ code }),
          ...(after === undefined ? {} : { id: LessThan(Number(after)) }),
        },
        order: { id: 'DESC' },
        take: limit + 1,
      })
    const { rows, next } = pageOf(found, limit, ({ id }) => String(id))
    return { imports: rows.map(importAnswer), next }
  }

  private async mustExist({ kind, code, mode }: ImportAsk): Promise<void> {
    if (mode !== 'remove' || (await this.source.manager.existsBy(groupTable(kind), { code }))) return
    throw new LijianError('not_found', `There is no group ${code} to remove from`)
  }

  private async take(runner: QueryRunner, id: number, ask: ImportAsk, body: Readable): Promise<void> {
    const { tokenKeys, threadExecArgv } = this.options
    const thread = new DigestThread(
      { kind: ask.kind, json: ask.json, tokenKeys: [tokenKeys.current, ...tokenKeys.earlier].map(({ key }) => key) },
      threadExecArgv,
    )
    this.bodies.add(body)
    try {
      await this.readBody(runner, id, thread, body)
      this.bodies.delete(body)
      await this.store(runner, id, ask, thread)
    } catch (error) {
      const failed = failureOf(error)
      // With PostgreSQL away the failure cannot be stored: the lock is gone, and the next reader stores it.
      await saveFailure(runner.manager, id, failed.failure, failed.digest).catch(() => undefined)
      throw refusalOf(failed, error)
    } finally {
      this.bodies.delete(body)
      await thread.close()
    }
  }

  private async readBody(runner: QueryRunner, id: number, thread: DigestThread, body: Readable): Promise<void> {
    let bytes = 0
    let savedAtMs = this.options.nowMs()
    let progress = await thread.piece(new Uint8Array())
    let pending: Promise<void> = Promise.resolve()
    // Not destroyed when it is left early: the answer travels on the same socket.
    for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      await pending
      if (progress.isTooLarge) break
      bytes += piece.length
      pending = thread.piece(piece).then((now) => void (progress = now))
      // Seen to at the next piece.
      pending.catch(() => undefined)
      if (this.options.nowMs() - savedAtMs < SAVE_EVERY_MS) continue
      savedAtMs = this.options.nowMs()
      await saveProgress(runner.manager, id, bytes, progress)
    }
    await pending
    await saveProgress(runner.manager, id, bytes, progress)
    if (progress.isTooLarge)
      throw new Failed('too_large', `A group has at most ${GROUP_MEMBERS_MAX.toLocaleString('en')} members`)
  }

  private async store(runner: QueryRunner, id: number, ask: ImportAsk, thread: DigestThread): Promise<void> {
    const { kind, code, mode, actor } = ask
    const { manager } = runner
    await runner.startTransaction()
    try {
      const { row } = await lockGroup(manager, kind, code, actor)
      const digest = await thread.finish(mode, await membersOf(manager, kind, row))
      const bins = binsAfter(row, mode, digest.bins)
      mustBeStorable(digest, mode, bins)
      const changed = digest.changed || bins !== undefined
      if (digest.changed) await replaceMembers(manager, kind, row, digest.words)
      if (bins !== undefined) await manager.update(CardGroupEntity, { code }, { bins })
      if (changed) await manager.update(groupTable(kind), { code }, { updatedBy: actor, updatedAt: () => 'now()' })
      const { lines, accepted } = digest.progress
      await manager.update(
        GroupImportEntity,
        { id },
        {
          state: 'done',
          changed,
          lines,
          accepted,
          duplicates: digest.duplicates,
          memberCount: digest.words.length / 4,
          finishedAt: () => 'now()',
        },
      )
      if (changed) await recordChange(manager, kind, code)
      await runner.commitTransaction()
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined)
      throw error
    }
  }
}

/** What the document's BIN prefixes become; undefined: what they are. */
function binsAfter(row: GroupRow, mode: ImportAsk['mode'], named: readonly string[]): string[] | undefined {
  if (!('bins' in row)) return undefined
  const before = new Set(row.bins)
  const after = new Set(mode === 'replace' ? named : row.bins)
  if (mode === 'add') for (const bin of named) after.add(bin)
  if (mode === 'remove') for (const bin of named) after.delete(bin)
  return after.size === before.size && [...after].every((bin) => before.has(bin)) ? undefined : [...after]
}

function mustBeStorable(digest: Digest, mode: ImportAsk['mode'], bins: string[] | undefined): void {
  const { progress, words } = digest
  if (progress.errorCount > 0)
    throw new Failed(
      'invalid_lines',
      `${progress.errorCount} of ${progress.lines} lines are wrong; nothing was changed`,
      digest,
    )
  if (progress.accepted === 0)
    throw new Failed('no_members', 'The file names nobody; to empty a group, PUT it with empty lists', digest)
  if (words.length / 4 > GROUP_MEMBERS_MAX)
    throw new Failed('too_large', `A group has at most ${GROUP_MEMBERS_MAX.toLocaleString('en')} members`)
  if (mode !== 'remove' && (bins?.length ?? 0) > BINS_MAX)
    throw new Failed('too_large', `A group has at most ${BINS_MAX.toLocaleString('en')} BIN prefixes`)
}

function failureOf(error: unknown): Failed {
  if (error instanceof Failed) return error
  if (error instanceof NotGzip) return new Failed('not_gzip', 'The file begins like gzip and is not, or is cut off')
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return new Failed('interrupted', 'The file did not come to its end')
  return new Failed('internal', 'The import failed')
}

function refusalOf({ failure, message, digest }: Failed, error: unknown): unknown {
  if (failure === 'internal') return error
  if (failure === 'too_large') return new LijianError('payload_too_large', message)
  const lines = (digest?.errors ?? [])
    .map(told)
    .map(({ line, message: wrong }) => ({ path: `line ${line}`, message: wrong }))
  return new LijianError('invalid_document', message, { errors: lines })
}
