import type { KeyList } from '@lijian/privacy'
import {
  GROUP_MEMBERS_MAX,
  type GroupImportAnswer,
  type GroupImportPage,
  type ImportListQuery,
} from '@lijian/contracts/marketing'
import { LijianError, present } from '@lijian/contracts/system'
import { GroupImportEntity, MerchantGroupEntity, pageOf, type GroupKind, type ImportKind } from '@lijian/database'
import type { Readable } from 'node:stream'
import { IsNull, LessThan, type DataSource, type QueryRunner } from 'typeorm'
import type { FeesOfFiles } from '../merchants/fees-kind'
import type { GroupChanges } from '../merchants/group-change'
import { groupTable, membersOf, type GroupRow } from '../group-members'
import type { MemberChanges } from '../member-change'
import { DigestThread } from './digest-thread'
import { Failed, failureOf, refusalOf, wrongLines, type ReadSoFar } from './failed'
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
import { RowImport } from './row-import'
import type { Digest } from './thread'

/** Each has a thread and a connection of its own. */
const AT_ONCE = 4
const SAVE_EVERY_MS = 500
/** Prefixes stand in the group's document and in every index; more are no prefixes. */
const BINS_MAX = 100_000

type MemberAsk = ImportAsk & { kind: GroupKind }

export interface ImportOptions {
  /** Card numbers and customers become tokens while they are read. */
  tokenKeys: KeyList
  nowMs: () => number
  /** Node's options for the thread, where its program is not built (tests). */
  threadExecArgv?: string[]
  /** How members of merchant groups change. */
  changes: GroupChanges
  /** How members of groups of cards and customers change. */
  members: MemberChanges
  /** How fees of stored merchants change. */
  fees: FeesOfFiles
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

  /** It ends at its next look; nothing of it stays. Again, it answers the same. Throws not_found, state_conflict. */
  async cancel(id: number, actor: string): Promise<GroupImportAnswer> {
    const imports = this.source.getRepository(GroupImportEntity)
    await imports.update({ id, state: 'running', cancelledBy: IsNull() }, { cancelledBy: actor })
    const answer = await this.read(id)
    if (answer.cancelledBy === undefined)
      throw new LijianError('state_conflict', `Import ${id} has ended: it is ${answer.state}`)
    return answer
  }

  private async mustExist({ kind, code, mode }: ImportAsk): Promise<void> {
    if (mode !== 'remove' || kind === 'merchant') return
    if (await this.source.manager.existsBy(tableOf(kind), { code })) return
    throw new LijianError('not_found', `There is no group ${code} to remove from`)
  }

  private async take(runner: QueryRunner, id: number, ask: ImportAsk, body: Readable): Promise<void> {
    const { kind } = ask
    const isRows = kind === 'merchant' || kind === 'merchant_group'
    const work = isRows
      ? new RowImport(runner, id, { ...ask, kind }, this.options)
      : this.digesting(runner, id, { ...ask, kind })
    this.bodies.add(body)
    try {
      await work.readBody(body)
      this.bodies.delete(body)
      await work.store()
    } catch (error) {
      const failed = failureOf(error)
      // With PostgreSQL away the failure cannot be stored: the lock is gone, and the next reader stores it.
      await saveFailure(runner.manager, id, failed.failure, failed.read).catch(() => undefined)
      throw refusalOf(failed, error)
    } finally {
      this.bodies.delete(body)
      await work.close()
    }
  }

  private digesting(runner: QueryRunner, id: number, ask: MemberAsk) {
    const { tokenKeys, threadExecArgv } = this.options
    const thread = new DigestThread(
      { kind: ask.kind, json: ask.json, tokenKeys: [tokenKeys.current, ...tokenKeys.earlier].map(({ key }) => key) },
      threadExecArgv,
    )
    return {
      readBody: (body: Readable) => this.readBody(runner, id, thread, body),
      store: () => this.store(runner, id, ask, thread),
      close: () => thread.close(),
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

  private async store(runner: QueryRunner, id: number, ask: MemberAsk, thread: DigestThread): Promise<void> {
    const { kind, code, mode, actor } = ask
    const { manager } = runner
    const { members } = this.options
    await runner.startTransaction()
    try {
      const { row } = await members.lock(manager, kind, code, actor)
      const digest = await thread.finish(mode, await membersOf(manager, kind, row))
      const bins = binsAfter(row, mode, digest.bins)
      mustBeStorable(digest, mode, bins)
      const words = digest.changed ? digest.words : undefined
      const change = await members.make(manager, kind, row, { words, bins }, actor)
      const { lines, accepted } = digest.progress
      await manager.update(
        GroupImportEntity,
        { id },
        {
          state: 'done',
          changed: change.changed,
          lines,
          accepted,
          duplicates: digest.duplicates,
          memberCount: digest.words.length / 4,
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

const readOf = ({ progress, errors }: Digest): ReadSoFar => ({ progress, errors: errors.map(told) })

function mustBeStorable(digest: Digest, mode: ImportAsk['mode'], bins: string[] | undefined): void {
  const { progress, words } = digest
  if (progress.errorCount > 0) throw wrongLines(readOf(digest))
  if (progress.accepted === 0)
    throw new Failed('no_members', 'The file names nobody; to empty a group, PUT it with empty lists', readOf(digest))
  if (words.length / 4 > GROUP_MEMBERS_MAX)
    throw new Failed('too_large', `A group has at most ${GROUP_MEMBERS_MAX.toLocaleString('en')} members`)
  if (mode !== 'remove' && (bins?.length ?? 0) > BINS_MAX)
    throw new Failed('too_large', `A group has at most ${BINS_MAX.toLocaleString('en')} BIN prefixes`)
}

const tableOf = (kind: ImportKind) =>
  kind === 'card_group' || kind === 'customer_group' ? groupTable(kind) : MerchantGroupEntity
