import type {
  ColumnType,
  ReportKind,
  ReportKindList,
  ReportPage,
  ReportPageQuery,
  ReportParameters,
} from '@lijian/contracts/finance'
import { instant, isoDate, LijianError, present, wordsText, type FieldError } from '@lijian/contracts/system'
import { escapeLiteral, type Pool, type PoolClient } from 'pg'
import type { Ask, ReportDefinition, ReportRow, Section } from './definition'
import { definitionOf, REPORTS } from './definitions'
import { firstRowsOfAll, jsonColumns, openSnapshot, orderOf, quoted } from './reading'

/** Charts are drawn of so many rows at most. */
const CHART_ROWS = 400

/** Refuses what a kind does not take, and what it needs and does not get; `at`: where the parameters stand in the request. */
export function checkParameters(
  { kind, needs, takes }: ReportDefinition,
  parameters: ReportParameters,
  at = 'parameters.',
): void {
  const given = Object.keys(parameters).filter((key) => key !== 'from' && key !== 'to') as (keyof ReportParameters)[]
  const missing = needs
    .filter((key) => parameters[key] === undefined)
    .map((key): FieldError => ({ path: `${at}${key}`, message: `expected: a report ${kind} is about one ${key}` }))
  const tooMuch = given
    .filter((key) => !needs.includes(key) && !takes.includes(key))
    .map((key): FieldError => ({ path: `${at}${key}`, message: `not expected: a report ${kind} does not take it` }))
  const errors = [...missing, ...tooMuch]
  if (errors.length > 0) throw new LijianError('invalid_request', undefined, { errors })
}

/** The section of that name, or the first. */
export function checkSection({ sections }: ReportDefinition, name: string | undefined): Section {
  const section = name === undefined ? sections[0] : sections.find((one) => one.section === name)
  if (section !== undefined) return section
  const message = `expected one of ${sections.map((one) => one.section).join(', ')}`
  throw new LijianError('invalid_request', undefined, { errors: [{ path: 'section', message }] })
}

/** What can be asked for, for those who may. */
export const reportList = (mayAsk: (definition: ReportDefinition) => boolean): ReportKindList => ({
  reports: REPORTS.filter(mayAsk).map(({ kind, zh, en, scopes, needs, takes, sections }) => ({
    kind,
    zh,
    en,
    scopes: [...scopes],
    needs: [...needs],
    takes: [...takes],
    sections: sections.map((one) => ({ section: one.section, zh: one.zh, en: one.en, columns: [...one.columns] })),
  })),
})

/** Reports as pages of data, each page from one state of the books. */
export class ReportPages {
  constructor(
    private readonly pool: Pool,
    private readonly timeZone: string,
  ) {}

  async page(kind: ReportKind, { section: name, after, limit, ...given }: ReportPageQuery): Promise<ReportPage> {
    const definition = definitionOf(kind)
    const parameters = present(given) as ReportParameters
    checkParameters(definition, parameters, '')
    const section = checkSection(definition, name)
    const ask: Ask = { parameters, timeZone: this.timeZone }
    const from = after === undefined ? undefined : behind(section, after)
    const db = await this.pool.connect()
    try {
      const snapshot = await openSnapshot(db, definition, ask)
      // Charts want the first rows too.
      const most = Math.max(limit, section.charts ? CHART_ROWS : 0)
      const first = from === undefined
      const { rows, count, totals } = first
        ? await firstRowsOfAll(db, section, ask, most)
        : await rowsBehind(db, section, ask, { from, most: limit + 1 })
      const shown = rows.slice(0, limit)
      return {
        kind,
        section: section.section,
        columns: [...section.columns],
        rows: shown,
        totals,
        charts: first && section.charts ? section.charts(rows.slice(0, CHART_ROWS)) : [],
        ...(section.remark === undefined ? {} : { remark: section.remark }),
        snapshot: snapshot.text,
        ...(count > shown.length ? { next: placeOf(section, shown.at(-1)!) } : {}),
      }
    } finally {
      await db.query('ROLLBACK').catch(() => undefined)
      db.release()
    }
  }
}

/** Of a later page: what comes after a place, and one row more where there is one. */
async function rowsBehind(db: PoolClient, section: Section, ask: Ask, { from, most }: { from: string; most: number }) {
  const { rows } = await db.query<ReportRow>(
    `SELECT ${jsonColumns(section)} FROM (${section.rows(ask)}) r WHERE ${from} ORDER BY ${orderOf(section)} LIMIT ${most}`,
  )
  return { rows, count: rows.length, totals: [] }
}

/** Where a page ends: the keys of its last row. */
const placeOf = ({ keys }: Section, row: ReportRow): string =>
  Buffer.from(JSON.stringify(keys.map((key) => row[key]))).toString('base64url')

/** Rows after that place. A place that is none is refused. */
function behind(section: Section, after: string): string {
  const columns = section.keys.map((key) => section.columns.find((one) => one.key === key)!)
  const values = readPlace(after)
  const fits = values?.length === columns.length && values.every((value, at) => CAN_BE[columns[at]!.type](value))
  if (values === undefined || !fits)
    throw new LijianError('invalid_request', undefined, {
      errors: [{ path: 'after', message: 'expected "next" of the page before' }],
    })
  const left = columns.map(({ key, type }) => `r.${quoted(key)}${type === 'text' ? ' COLLATE "C"' : ''}`)
  const right = columns.map(({ type }, at) => `${escapeLiteral(String(values[at]))}::${SQL_TYPE[type]}`)
  return `(${left.join(', ')}) > (${right.join(', ')})`
}

const isText = (value: unknown) => wordsText.safeParse(value).success
const isNumber = (value: unknown) => Number.isSafeInteger(value)
const CAN_BE: Readonly<Record<ColumnType, (value: unknown) => boolean>> = {
  text: isText,
  integer: isNumber,
  amount: isNumber,
  rate: isNumber,
  date: (value) => isoDate.safeParse(value).success,
  instant: (value) => instant.safeParse(value).success,
  flag: (value) => typeof value === 'boolean',
}
const SQL_TYPE: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  integer: 'bigint',
  amount: 'bigint',
  rate: 'bigint',
  date: 'date',
  instant: 'timestamptz',
  flag: 'boolean',
}

function readPlace(after: string): unknown[] | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(after, 'base64url').toString())
    return Array.isArray(read) ? read : undefined
  } catch {
    return undefined
  }
}
