import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { BillFault, BillReader } from '@lijian/bill-files'
import { LijianError, type FieldError } from '@lijian/contracts/system'
import type {
  BillImportAnswer,
  BillImportListQuery,
  BillImportPage,
  BillImportQuery,
  BillLayout,
} from '@lijian/contracts/finance'
import { LOCKS, Turns } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import type { BillLayouts } from './layouts'
import { answerOf, FILE, type FileRow } from './import-row'
import { Staging } from './staging'

const PROGRESS_EVERY = 20_000
const MOST_FAULTS = 20
const WAIT_MS = 60_000

interface Ask extends BillImportQuery {
  actor: string
}

/**
 * Bills from files of any size: read while they come, in constant memory, into a table that no other session sees; once the file's own totals
 * agree, its lines are accepted in one database transaction. Cut off, torn or wrong, it leaves no line, and can be sent again.
 */
export class BillImports {
  private readonly turns: Turns
  private readonly files: Pool

  /** `files`: a pool of which each import keeps a connection for its file. Without it that is half of `pool`. */
  constructor(
    private readonly pool: Pool,
    private readonly layouts: BillLayouts,
    { files, waitMs = WAIT_MS }: { files?: Pool | undefined; waitMs?: number } = {},
  ) {
    this.files = files ?? pool
    // Beside its file an import asks `pool` now and then: no pool may wait for itself.
    this.turns = new Turns(files?.options.max ?? Math.max(1, Math.floor(pool.options.max / 2)), waitMs)
  }

  /** Throws too_many_requests when its turn does not come; nothing of its body is read by then. */
  async run(ask: Ask, body: Readable | AsyncIterable<Buffer>): Promise<BillImportAnswer> {
    const took = await this.turns.use(() => this.take(ask, body))
    if (took !== undefined) return took.done
    if (body instanceof Readable) body.resume()
    throw new LijianError(
      'too_many_requests',
      'Too many bills are being imported here: send it again when one has ended',
    )
  }

  private async take(ask: Ask, body: Readable | AsyncIterable<Buffer>): Promise<BillImportAnswer> {
    const layout = await this.layouts.read(ask.layout)
    const scope = scopeOf(layout, ask.client)
    const { id, seen } = await this.begin(ask, layout, scope)
    const db = await this.files.connect()
    let broken: Error | undefined
    try {
      await db.query('SELECT pg_advisory_lock($1, $2)', [LOCKS.billImport, id])
      await db.query('BEGIN')
      const known = await this.readAll(db, ask, layout, scope, id, body)
      await db.query('COMMIT')
      if (known === undefined) return await this.read(id)
      await this.pool.query('DELETE FROM bill_file WHERE id = $1', [id])
      return { ...(await this.read(known)), ...((await this.wasThere(known, seen)) ? { again: true as const } : {}) }
    } catch (error) {
      await db.query('ROLLBACK').catch((failed: Error) => (broken = failed))
      // What still comes of the request is let pass, or its connection would never be free again.
      if (body instanceof Readable) body.resume()
      throw await this.giveUp(id, error)
    } finally {
      await db
        .query('SELECT pg_advisory_unlock($1, $2)', [LOCKS.billImport, id])
        .catch((failed: Error) => (broken = failed))
      db.release(broken)
    }
  }

  async read(id: number): Promise<BillImportAnswer> {
    const { rows } = await this.pool.query<FileRow>(`SELECT ${FILE} FROM bill_file f WHERE id = $1`, [id])
    if (!rows[0]) throw new LijianError('not_found', `There is no import ${id}`)
    return answerOf(rows[0])
  }

  /** Newest first. */
  async list({ date, source, state, after, limit }: BillImportListQuery): Promise<BillImportPage> {
    const { rows } = await this.pool.query<FileRow>(
      `SELECT * FROM (SELECT ${FILE} FROM bill_file f) f
       WHERE ($1::text IS NULL OR date = $1) AND ($2::text IS NULL OR source = $2) AND ($3::text IS NULL OR state = $3)
         AND ($4::bigint IS NULL OR id < $4) ORDER BY id DESC LIMIT $5`,
      [date ?? null, source ?? null, state ?? null, after ?? null, limit + 1],
    )
    const imports = rows.slice(0, limit).map(answerOf)
    return rows.length > limit ? { imports, next: String(imports.at(-1)!.id) } : { imports }
  }

  /** Whether an import was accepted when another began: the same file twice at once is one answer, only later it is "again". */
  private async wasThere(id: number, seen: string): Promise<boolean> {
    const { rows } = await this.pool.query<{ was: boolean }>(
      'SELECT pg_visible_in_snapshot(xmin::text::xid8, $2::pg_snapshot) AS was FROM bill_file WHERE id = $1',
      [id, seen],
    )
    return rows[0]?.was ?? false
  }

  private async begin(
    { date, name, actor }: Ask,
    { code, source, basis }: BillLayout,
    scope: string,
  ): Promise<{ id: number; seen: string }> {
    const { rows } = await this.pool.query<{ id: string; seen: string }>(
      `INSERT INTO bill_file (layout, source, basis, scope, business_date, name, imported_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
       RETURNING id, pg_current_snapshot()::text AS seen`,
      [code, source, basis, scope, date, name ?? null, actor],
    )
    return { id: Number(rows[0]!.id), seen: rows[0]!.seen }
  }

  /** The id of the import that has brought this very file before, or undefined: its lines are accepted. */
  private async readAll(
    db: PoolClient,
    ask: Ask,
    layout: BillLayout,
    scope: string,
    id: number,
    body: Readable | AsyncIterable<Buffer>,
  ): Promise<number | undefined> {
    const { date } = ask
    const reader = new BillReader(layout, date)
    const staging = await Staging.open(db, { source: layout.source, scope, fileId: id, date })
    const hash = createHash('sha256')
    let bytes = 0
    let lines = 0
    let amountFen = 0
    let told = 0
    try {
      const take = async (found: ReturnType<BillReader['read']>) => {
        lines += found.length
        for (const line of found) amountFen += line.amountFen
        await staging.write(found)
        if (lines - told < PROGRESS_EVERY) return
        told = lines
        await this.pool.query('UPDATE bill_file SET lines = $2, bytes = $3 WHERE id = $1', [id, lines, bytes])
      }
      // Left early, a request must live on: its answer says why.
      const source = body instanceof Readable ? body.iterator({ destroyOnReturn: false }) : body
      for await (const chunk of source as AsyncIterable<Buffer>) {
        hash.update(chunk)
        bytes += chunk.length
        await take(reader.read(chunk))
      }
      const { found, summary } = reader.end()
      await take(found)
      asExpected(ask, lines, amountFen)
      await staging.close()
      const others = await staging.inOtherCurrency(summary.currency, MOST_FAULTS)
      if (others.length > 0) throw new BillFault(others.map(otherCurrency))
    } catch (error) {
      await staging.abort()
      throw error
    }
    const sha256 = hash.digest('hex')
    // One after the other from here on: of the same file sent twice at once the second finds the first.
    await db.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCKS.billScope, `${layout.source}/${scope}`])
    const { rows } = await db.query<{ id: string; date: string }>(
      `SELECT id, business_date::text AS date FROM bill_file WHERE source = $1 AND scope = $2 AND sha256 = $3 AND state = 'accepted'`,
      [layout.source, scope, sha256],
    )
    if (rows[0] && rows[0].date === date) return Number(rows[0].id)
    if (rows[0])
      throw new BillFault([
        {
          path: 'date',
          message: `this very file was imported for ${rows[0].date}`,
          messageZh: `同一文件已按 ${rows[0].date} 导入`,
        },
      ])
    const accepted = await staging.accept()
    if (accepted < lines) {
      const wrong = await staging.contradictions(MOST_FAULTS)
      if (wrong.length > 0) throw new BillFault(wrong.map(contradiction))
    }
    await db.query(
      `UPDATE bill_file SET state = 'accepted', sha256 = $2, bytes = $3, lines = $4, known_lines = $5, ended_at = now() WHERE id = $1`,
      [id, sha256, bytes, lines, lines - accepted],
    )
    return undefined
  }

  /** What the caller is told; the import says so too. */
  private async giveUp(id: number, error: unknown): Promise<unknown> {
    const fault = error instanceof BillFault ? error : undefined
    await this.pool
      .query(`UPDATE bill_file SET state = $2, errors = $3, ended_at = now() WHERE id = $1`, [
        id,
        fault ? 'refused' : 'cut_off',
        fault ? JSON.stringify(fault.errors) : null,
      ])
      .catch(() => undefined)
    return fault ? new LijianError('file_refused', undefined, { errors: [...fault.errors] }) : error
  }
}

/** Whose serials a file has: lists and bills of one client, files that say so themselves ('*'), accounts ('@' and their source). */
function scopeOf({ basis, source, fields, code }: BillLayout, client: string | undefined): string {
  const account = basis === 'bank' || basis === 'account'
  const needed = !account && fields.client === undefined
  if (needed && client === undefined)
    throw new LijianError('invalid_request', undefined, {
      errors: [
        {
          path: 'client',
          message: `expected whose serials a file of ${code} has`,
          messageZh: '请指明流水号所属的客户',
        },
      ],
    })
  if (!needed && client !== undefined)
    throw new LijianError('invalid_request', undefined, {
      errors: [
        {
          path: 'client',
          message: `expected no client: a file of ${code} does not belong to one`,
          messageZh: '该版式的文件不属于某一客户',
        },
      ],
    })
  return account ? `@${source}` : (client ?? '*')
}

function asExpected({ lines: wanted, amount }: Ask, lines: number, amountFen: number): void {
  const errors: FieldError[] = []
  if (wanted !== undefined && wanted !== lines)
    errors.push({
      path: 'lines',
      message: `found ${lines} lines, expected ${wanted}`,
      messageZh: `有 ${lines} 行，应为 ${wanted} 行`,
    })
  if (amount !== undefined && amount !== amountFen)
    errors.push({
      path: 'amount',
      message: `its amounts sum to ${amountFen} fen, expected ${amount}`,
      messageZh: `金额合计 ${amountFen} 分，应为 ${amount} 分`,
    })
  if (errors.length > 0) throw new BillFault(errors)
}

const contradiction = ({
  line,
  file,
  otherLine,
}: {
  line: number
  file: number | null
  otherLine: number
}): FieldError =>
  file === null
    ? {
        path: `line ${line}`,
        message: `the same as line ${otherLine}: each line comes once`,
        messageZh: `与第 ${otherLine} 行重复`,
      }
    : {
        path: `line ${line}`,
        message: `import ${file}, line ${otherLine}, had it with other amounts`,
        messageZh: `导入 ${file} 第 ${otherLine} 行的金额与此不同`,
      }

const otherCurrency = (line: number) => ({
  path: `line ${line}`,
  message: 'expected the currency that our books have for it',
  messageZh: '币种应与我方账簿一致',
})
