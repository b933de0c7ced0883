import { testDatabase, type TestDatabase } from '@lijian/testing'
import { Client } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import fc from 'fast-check'
import { decode } from 'iconv-lite'
import type { Column, Row, Showing } from './columns'
import { guardedLines } from './csv-guard'
import { csvRow } from './csv-row'
import { csvCopySql } from './csv-row-sql'
import type { Encoding } from './sql'
import { xlsxRow } from './xlsx-row'
import { xlsxCopySql } from './xlsx-row-sql'

let database: TestDatabase
let db: Client
beforeAll(async () => {
  database = await testDatabase()
  db = new Client(database.appUrl)
  await db.connect()
  await db.query(`SET datestyle = 'ISO, YMD'`)
})
afterAll(async () => {
  await db.end()
  await database.drop()
})

const words = { capture: { zh: '支付', en: 'a "payment" <b>' }, refund: { zh: ' =退款', en: ',' } }
const COLUMNS: readonly Column[] = [
  { key: 'note', zh: '说明', en: 'note', type: 'text' },
  { key: 'event', zh: '类型', en: 'event', type: 'text', words },
  { key: 'count', zh: '笔数', en: 'count', type: 'integer' },
  { key: 'amount', zh: '金额', en: 'amount', type: 'amount', currency: 'CNY' },
  { key: 'dinars', zh: '第纳尔', en: 'dinars', type: 'amount', currency: 'KWD' },
  { key: 'paid', zh: '实付', en: 'paid', type: 'amount', currency: { column: 'currency' } },
  { key: 'rate', zh: '费率', en: 'rate', type: 'rate' },
  { key: 'day', zh: '日期', en: 'day', type: 'date' },
  { key: 'at', zh: '时间', en: 'at', type: 'instant' },
  { key: 'sealed', zh: '已封', en: 'sealed', type: 'flag' },
]
const SQL_TYPES = {
  note: 'text',
  event: 'text',
  count: 'int',
  amount: 'bigint',
  dinars: 'numeric',
  paid: 'bigint',
  rate: 'int',
  day: 'date',
  at: 'timestamptz',
  sealed: 'bool',
  currency: 'text',
}

const letter = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 0xd7ff }).map((code) => String.fromCodePoint(code)), weight: 1 },
  { arbitrary: fc.integer({ min: 0xe000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)), weight: 1 },
  {
    arbitrary: fc.constantFrom(
      ...`=+-@＝＋－＠'",;&<>_x0041_ \t\r\n\u0001\u001f\u007f\u0085\ufffe\uffff\ue000]\\.😀汉aZ`,
    ),
    weight: 6,
  },
)
const text = fc.oneof(
  { arbitrary: fc.string({ unit: letter, maxLength: 12 }), weight: 20 },
  {
    arbitrary: fc.constantFrom(
      '_x0041_',
      '_x0041_x0042_',
      '_xZZZZ_',
      '=1+1',
      ' =1+1',
      '\t=1+1',
      '00012345678901234567',
      ' ',
      '',
    ),
    weight: 4,
  },
  // Around Excel's most, with letters that count two.
  {
    arbitrary: fc
      .tuple(fc.string({ unit: letter, minLength: 1, maxLength: 9 }), fc.integer({ min: 32_750, max: 32_780 }))
      .map(([part, most]) =>
        part
          .repeat(Math.ceil(most / part.length))
          .slice(0, most)
          .replace(/\p{Cs}/gu, ''),
      ),
    weight: 1,
  },
)
const fen = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -150n, max: 150n }))
const instant = fc.date({
  min: new Date('1970-01-02T00:00:00Z'),
  max: new Date('2037-12-30T00:00:00Z'),
  noInvalidDate: true,
})
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { freq: 8 })
const anyRow: fc.Arbitrary<Row> = fc.record({
  note: orNull(text),
  event: orNull(fc.oneof(fc.constantFrom('capture', 'refund'), text)),
  count: orNull(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  amount: orNull(fen),
  dinars: orNull(fen),
  paid: orNull(fen),
  rate: orNull(fc.integer({ min: -2_000_000, max: 2_000_000 })),
  day: orNull(
    fc
      .date({ min: new Date('1900-03-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toJSON().slice(0, 10)),
  ),
  at: orNull(instant),
  sealed: orNull(fc.boolean()),
  currency: orNull(fc.constantFrom('CNY', 'JPY', 'KWD', 'UYW', 'USD', 'old')),
})
const anyShowing: fc.Arbitrary<Showing> = fc.record({
  language: fc.constantFrom('zh', 'en'),
  zone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'UTC'),
})

/** Where pieces of COPY end: after so many bytes each. */
const anyCut = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(1 << 16))

/** So that a text of Excel's most costs no second of pieces. */
const PIECES_MAX = 5000

async function guarded(lines: Buffer, cut: number, encoding: Encoding): Promise<Buffer> {
  const pieces = async function* () {
    const step = Math.max(cut, Math.ceil(lines.length / PIECES_MAX))
    for (let at = 0; at < lines.length; at += step) yield lines.subarray(at, at + step)
  }
  const safe: Buffer[] = []
  for await (const piece of guardedLines(pieces(), COLUMNS, encoding)) safe.push(piece)
  return Buffer.concat(safe)
}

const columnsOfTable = Object.entries(SQL_TYPES)

/** COPY's own text form: exact for any text that PostgreSQL can hold. */
function copyLine(row: Row): string {
  return columnsOfTable
    .map(([key]) => {
      const value = row[key]
      if (value === null || value === undefined) return '\\N'
      const shown = value instanceof Date ? value.toJSON() : String(value)
      return shown.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    })
    .join('\t')
}

async function fill(rows: readonly Row[]): Promise<void> {
  await db.query('DROP TABLE IF EXISTS pg_temp.made')
  await db.query(
    `CREATE TEMP TABLE made (n serial, ${columnsOfTable.map(([key, type]) => `${key} ${type}`).join(', ')})`,
  )
  const stream = db.query(copyFrom(`COPY made (${columnsOfTable.map(([key]) => key).join(', ')}) FROM STDIN`))
  await new Promise<void>((resolve, reject) => {
    stream.on('finish', resolve).on('error', reject)
    stream.end(rows.map((row) => `${copyLine(row)}\n`).join(''))
  })
}

async function copied(sql: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of db.query(copyTo(sql))) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const SELECT = 'SELECT * FROM made ORDER BY n'
const lines = (made: readonly string[]) => made.map((line) => `${line}\n`).join('')

test('PostgreSQL and JavaScript make the same bytes of any row, for XLSX and for CSV', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(anyRow, { minLength: 1, maxLength: 20 }),
      anyShowing,
      anyCut,
      async (rows, showing, cut) => {
        await fill(rows)
        const xlsx = await copied(xlsxCopySql(COLUMNS, SELECT, showing))
        expect(xlsx.toString()).toBe(lines(rows.map((row) => xlsxRow(COLUMNS, row, showing))))
        const made = lines(rows.map((row) => csvRow(COLUMNS, row, showing)))
        const csv = await copied(csvCopySql(COLUMNS, SELECT, { ...showing, encoding: 'utf-8' }))
        expect((await guarded(csv, cut, 'utf-8')).toString()).toBe(made)
        const gb = await guarded(
          await copied(csvCopySql(COLUMNS, SELECT, { ...showing, encoding: 'gb18030' })),
          cut,
          'gb18030',
        )
        // As PostgreSQL has its letters. U+E5E5 is A3A0 there, which Node reads as U+3000 where it mends a line: the one letter of all that differs.
        const { rows: encoded } = await db.query<{ gb: Buffer }>(`SELECT convert_to($1, 'GB18030') AS gb`, [made])
        expect(decode(gb, 'gb18030')).toBe(decode(encoded[0]!.gb, 'gb18030'))
        // One row is one line: writers count by them.
        for (const file of [xlsx, gb]) expect(file.filter((byte) => byte === 10)).toHaveLength(rows.length)
      },
    ),
    { numRuns: 150, interruptAfterTimeLimit: 120_000, markInterruptAsFailure: true },
  ))
