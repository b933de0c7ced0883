import { Readable } from 'node:stream'
import { csvHead, csvRow, type Column, type Row, type Showing } from '@lijian/sheet-files'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

/** Of one download; what is more is asked for in parts, or as a report. */
const ROWS_MAX = 100_000
const PAGE_ROWS = 500
const MARK = '\uFEFF'
/** Text as it is: instants keep their offsets, amounts are whole numbers of the minor unit as in JSON. */
const SHOWING: Showing = { language: 'en', zone: 'UTC' }

type Json = Record<string, unknown>
type Shape = z.ZodObject<Record<string, z.ZodType>>

/** A list: it pages by `after` and `next`, and its answer has one array of objects. */
export interface ListSpec {
  query: Shape
  /** The key of that array. */
  rows: string
  columns: readonly Column[]
}

const LIST_QUERY = {
  format: z.enum(['json', 'csv']).optional().describe('csv: the whole list as a file, also by `accept: text/csv`'),
}

/** What an entry of the table says of itself. */
interface Asked {
  method: string
  query?: z.ZodType | undefined
  answer: unknown
}

/** Whether an entry of the table is a list; every one that is downloads as CSV, by what its schemas say. */
export function listOf({ method, query, answer }: Asked): ListSpec | undefined {
  if (method !== 'GET' || !(query instanceof z.ZodObject) || !(answer instanceof z.ZodObject)) return undefined
  const asked = query as Shape
  const { next, ...parts } = (answer as Shape).shape
  if (next === undefined || !('after' in asked.shape) || !('limit' in asked.shape)) return undefined
  const arrays = Object.entries(parts).flatMap(([key, part]) => {
    const item = part instanceof z.ZodArray ? bare(part.element as z.ZodType) : undefined
    return item instanceof z.ZodObject ? [[key, item as Shape] as const] : []
  })
  if (arrays.length !== 1) return undefined
  const [rows, item] = arrays[0]!
  return { query: asked.safeExtend(LIST_QUERY) as Shape, rows, columns: columnsOf(item) }
}

/** Columns are the keys of a line, `a.b` for a key in an object. */
function columnsOf(item: Shape, before = ''): Column[] {
  return Object.entries(item.shape).flatMap(([key, part]): Column[] => {
    const path = `${before}${key}`
    const inner = bare(part)
    if (inner instanceof z.ZodObject && before === '') return columnsOf(inner as Shape, `${path}.`)
    return [{ key: path, zh: path, en: path, type: 'text' }]
  })
}

const bare = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? bare(schema.unwrap() as z.ZodType) : schema

export function wantsCsv({ headers, query }: Pick<FastifyRequest, 'headers' | 'query'>): boolean {
  const { format } = query as { format?: string }
  return format === undefined ? /(^|,)\s*text\/csv\b/.test(headers.accept ?? '') : format === 'csv'
}

type Handle = (request: FastifyRequest, reply: FastifyReply) => unknown

/** The handler of a list, for a file too: it goes from page to page as fast as the reader takes them. */
export function alsoAsCsv({ rows, columns }: ListSpec, name: string, handle: Handle): Handle {
  const pageOf = async (request: FastifyRequest, reply: FastifyReply, query: Json) =>
    (await handle(Object.create(request, { query: { value: query } }) as FastifyRequest, reply)) as Json
  return async (request, reply) => {
    const { format: _format, ...asked } = request.query as Json
    if (!wantsCsv(request)) return pageOf(request, reply, asked)
    const query = { ...asked, limit: PAGE_ROWS }
    // Before the first byte: what is refused is a problem document, as everywhere.
    const first = await pageOf(request, reply, query)
    const file = Readable.from(
      linesOf(first, { rows, columns }, (after) => pageOf(request, reply, { ...query, after })),
    )
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}.csv"`)
      .header('x-rows-max', ROWS_MAX)
      .send(file)
  }
}

async function* linesOf(
  first: Json,
  { rows, columns }: Pick<ListSpec, 'rows' | 'columns'>,
  more: (after: string) => Promise<Json>,
): AsyncGenerator<string, void> {
  yield `${MARK}${csvHead(columns, SHOWING)}\n`
  let count = 0
  for (let page = first; ; page = await more(page.next as string)) {
    const lines = (page[rows] as Json[]).slice(0, ROWS_MAX - count)
    count += lines.length
    const text = lines.map((line) => `${csvRow(columns, rowOf(line, columns), SHOWING)}\n`).join('')
    if (text !== '') yield text
    const isMore = page.next !== undefined || lines.length < (page[rows] as Json[]).length
    if (!isMore) return
    if (count < ROWS_MAX) continue
    yield `${csvRow(columns, { [columns[0]!.key]: `cut after ${count} rows: narrow the list by its filters` }, SHOWING)}\n`
    return
  }
}

const rowOf = (line: Json, columns: readonly Column[]): Row =>
  Object.fromEntries(columns.map(({ key }) => [key, textOf(at(line, key))]))

function at(line: Json, key: string): unknown {
  if (key in line) return line[key]
  const dot = key.indexOf('.')
  const inner = dot < 0 ? undefined : line[key.slice(0, dot)]
  return typeof inner === 'object' && inner !== null ? (inner as Json)[key.slice(dot + 1)] : undefined
}

/** Lists of words stand in one cell; what is deeper stands as JSON. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'object') return String(value as string | number | boolean)
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join('; ')
  return JSON.stringify(value)
}
