import type {
  ReportKind,
  ReportRequest,
  ReportRunAnswer,
  ReportScheduleAnswer,
  ReportScheduleList,
  ReportScheduleRequest,
} from '@lijian/contracts/finance'
import { LijianError, present } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import type { Pool } from 'pg'
import type { ReportRuns } from './runs'
import { scheduledDates, type Dates } from './scheduled-dates'

interface ScheduleRow {
  code: string
  document: ReportScheduleRequest
  updatedBy: string
  updatedAt: Date
  isRevoked: boolean
}

export interface ScheduleSettings {
  /** Of the institution: business dates are counted in it. */
  timeZone: string
  /** Where files may be sent. */
  targets: ReadonlySet<string>
}

/** What became of one occurrence of a schedule. waits: its dates are not sealed yet. ended: nobody wants it any more. */
export type Occurrence = Dates & ({ is: 'asked'; run: ReportRunAnswer } | { is: 'waits' } | { is: 'ended' })

const REVOKED = 'EXISTS (SELECT FROM api_key k WHERE k.id = report_schedule.updated_by AND k.revoked_at IS NOT NULL)'
const ROW = `code, document, updated_by AS "updatedBy", updated_at AS "updatedAt", ${REVOKED} AS "isRevoked"`

/** Reports that are made again and again. Whoever keeps the time asks for each occurrence by its scheduled time. */
export class ReportSchedules {
  constructor(
    private readonly pool: Pool,
    private readonly runs: ReportRuns,
    private readonly settings: ScheduleSettings,
  ) {}

  /** `must` throws for a kind that is not the actor's: neither may it be stored, nor what it replaces. The same again changes nothing, unless the key before is revoked. */
  async put(
    code: string,
    document: ReportScheduleRequest,
    { actor, must }: { actor: string; must: (kind: ReportKind) => void },
  ): Promise<ReportScheduleAnswer> {
    must(document.kind)
    this.checkTargets(document)
    return inTransaction(this.pool, async (db) => {
      await db.query(
        `INSERT INTO report_schedule (code, document, updated_by) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING`,
        [code, JSON.stringify(document), actor],
      )
      const there = await db.query<ScheduleRow>(`SELECT ${ROW} FROM report_schedule WHERE code = $1 FOR UPDATE`, [code])
      must(there.rows[0]!.document.kind)
      const changed = await db.query<ScheduleRow>(
        `UPDATE report_schedule SET document = $2, updated_by = $3, updated_at = now() WHERE code = $1 AND (document <> $2 OR ${REVOKED}) RETURNING ${ROW}`,
        [code, JSON.stringify(document), actor],
      )
      return answerOf(changed.rows[0] ?? there.rows[0]!)
    })
  }

  async read(code: string): Promise<ReportScheduleAnswer> {
    const { rows } = await this.pool.query<ScheduleRow>(`SELECT ${ROW} FROM report_schedule WHERE code = $1`, [code])
    if (!rows[0]) throw unknown(code)
    return answerOf(rows[0])
  }

  async list(mayAsk: (kind: ReportKind) => boolean): Promise<ReportScheduleList> {
    const { rows } = await this.pool.query<ScheduleRow>(`SELECT ${ROW} FROM report_schedule ORDER BY code`)
    return { schedules: rows.map(answerOf).filter(({ kind }) => mayAsk(kind)) }
  }

  /** It asks for nothing any more, until it is stored as active again. */
  async end(code: string, { actor, must }: { actor: string; must: (kind: ReportKind) => void }) {
    must((await this.read(code)).kind)
    await this.pool.query(
      `UPDATE report_schedule SET document = document || '{"active": false}', updated_by = $2, updated_at = now()
       WHERE code = $1 AND (document -> 'active')::boolean`,
      [code, actor],
    )
    return this.read(code)
  }

  /** Asks for the report of one occurrence, once its dates are sealed, or `anyway`. A late call is about the same dates. */
  async ask(code: string, scheduledAtMs: number, { anyway }: { anyway: boolean }): Promise<Occurrence> {
    const schedule = await this.read(code)
    const { kind, parameters, range, section, format, language, encoding, deliverTo } = schedule
    const dates = scheduledDates(range, scheduledAtMs, this.settings.timeZone)
    if (!isKept(schedule)) return { ...dates, is: 'ended' }
    if (!anyway && (await this.runs.waitsForSeal(kind, dates.to))) return { ...dates, is: 'waits' }
    const request: ReportRequest = {
      kind,
      parameters: { ...dates, ...parameters },
      format,
      language,
      encoding,
      ...present({ section }),
    }
    const run = await this.runs.request(request, {
      ...{ actor: schedule.updatedBy, schedule: code, deliverTo },
      scheduledAt: new Date(scheduledAtMs),
    })
    return { ...dates, is: 'asked', run }
  }

  private checkTargets({ deliverTo }: ReportScheduleRequest): void {
    const { targets } = this.settings
    const message = `expected a target of LIJIAN_REPORT_TARGETS: ${[...targets].sort().join(', ') || 'there is none'}`
    const errors = deliverTo.flatMap((target, i) => (targets.has(target) ? [] : [{ path: `deliverTo[${i}]`, message }]))
    if (errors.length > 0) throw new LijianError('invalid_request', undefined, { errors })
  }
}

/** Whether it asks for reports: somebody wants them, with a key that is still good. */
export const isKept = ({ active, stopped }: Pick<ReportScheduleAnswer, 'active' | 'stopped'>): boolean =>
  active && stopped === undefined

const answerOf = ({ code, document, updatedBy, updatedAt, isRevoked }: ScheduleRow): ReportScheduleAnswer => ({
  code,
  ...document,
  updatedBy,
  updatedAt: updatedAt.toISOString(),
  ...(isRevoked && document.active ? { stopped: 'key_revoked' } : {}),
})

const unknown = (code: string) => new LijianError('not_found', `There is no report schedule ${code}`)
