import { createHash } from 'node:crypto'
import { read } from '@e965/xlsx'
import type { Column } from './columns'
import { csvFile, type CsvOptions } from './csv-file'
import type { Sheet } from './sheet'
import { CANARIES, Kept, NOTE, SHOWING } from './testing/sheets'
import { guardedText } from './formula-guard'
import { fitText } from './text'

async function written(sheet: Omit<Sheet, 'name'>, differs: Partial<CsvOptions> = {}) {
  const sink = new Kept()
  const told = await csvFile(sink, { name: '明细', ...sheet }, { ...SHOWING, encoding: 'utf-8', ...differs })
  expect(told).toMatchObject({
    bytes: sink.bytes.length,
    sha256: createHash('sha256').update(sink.bytes).digest('hex'),
  })
  return { ...told, file: sink.bytes }
}

/** Read by SheetJS, which runs what looks like a formula, as a spreadsheet does. */
const cellsOf = (text: string) => {
  const sheet = Object.values(read(text, { type: 'string', raw: true }).Sheets)[0]!
  return (row: number, column = 'A') => sheet[`${column}${row}`] as { t: string; v: unknown; f?: string } | undefined
}

test.each(['utf-8', 'gb18030'] as const)('whatever stands in a text comes back as text, in %s', async (encoding) => {
  const second: Column = { ...NOTE, key: 'other' }
  const rows = CANARIES.map((note) => ({ note, other: note }))
  const { file, rows: count } = await written({ columns: [NOTE, second], rows: { rows } }, { encoding })
  expect(count).toBe(CANARIES.length)
  // Node's decoder keeps no byte order mark of UTF-8.
  const text = new TextDecoder(encoding).decode(file)
  expect(file.subarray(0, 3).equals(Buffer.from('\ufeff'))).toBe(encoding === 'utf-8')
  expect(text.split('\n')).toHaveLength(CANARIES.length + 2)
  const cell = cellsOf(text)
  CANARIES.forEach((canary, i) => {
    for (const column of ['A', 'B']) {
      const found = cell(i + 2, column)
      expect(found?.v ?? '').toBe(guardedText(fitText(canary)))
      expect(found?.f).toBeUndefined()
      expect(String(found?.v ?? '')).not.toMatch(/^\s*[=+\-@＝＋－＠]/)
    }
  })
})

test('each type is shown as people read it; nothing is an empty cell', async () => {
  const columns: readonly Column[] = [
    { key: 'yuan', zh: '金额', en: 'amount', type: 'amount', currency: { column: 'currency' } },
    { key: 'rate', zh: '费率', en: 'rate', type: 'rate' },
    { key: 'day', zh: '业务日期', en: 'business date', type: 'date' },
    { key: 'at', zh: '时间', en: 'at', type: 'instant' },
    { key: 'ok', zh: '已封', en: 'sealed', type: 'flag' },
    { key: 'n', zh: '笔数', en: 'count', type: 'integer' },
  ]
  const rows = [
    { yuan: -5, currency: 'CNY', rate: 6_000, day: '2026-02-28', at: '2026-02-28T16:00:00Z', ok: false, n: 3 },
    { yuan: '-5', currency: 'JPY', rate: 1, at: Date.UTC(2026, 6, 1) },
    { yuan: -5n, currency: 'KWD', ok: true },
  ]
  const footer = ({ rows: count, sha256 }: { rows: number; sha256: string }) => [['行数', String(count)], [sha256]]
  const { file } = await written({ columns, rows: { rows }, title: [['报表', 'a,b']], footer }, { language: 'en' })
  const body = [
    ...['-0.05,0.6000%,2026-02-28,2026-03-01 00:00:00,no,3', '-5,0.0001%,,2026-07-01 08:00:00,,', '-0.005,,,,yes,'],
  ]
  const sha256 = createHash('sha256')
    .update(`${body.join('\n')}\n`)
    .digest('hex')
  expect(file.toString().split('\n')).toEqual([
    ...['\ufeff报表,"a,b"', 'amount,rate,business date,at (Asia/Shanghai),sealed,count', ...body, '行数,3', sha256, ''],
  ])
})

test('lines of PostgreSQL pass as they are, and are counted', async () => {
  const lines = async function* () {
    yield Buffer.from([0xc2, 0xfa, 10, 0x81])
    yield Buffer.from([0x30, 0x84, 0x36, 10])
  }
  const { file, rows } = await written({ columns: [NOTE], rows: { lines: lines() } }, { encoding: 'gb18030' })
  expect(rows).toBe(2)
  expect(new TextDecoder('gb18030').decode(file)).toBe('说明\n满\n¥\n'.replace('¥', '\u00a5'))
})

test('an abort lets go of rows that are still awaited', async () => {
  const control = new AbortController()
  let hasEnded = false
  const lines = {
    async *[Symbol.asyncIterator]() {
      yield Buffer.from('x\n')
      control.abort(new Error('cancelled'))
      await new Promise(() => undefined)
    },
    destroy: () => void (hasEnded = true),
  }
  await expect(written({ columns: [NOTE], rows: { lines } }, { signal: control.signal })).rejects.toThrow(
    /cancelled|abort/,
  )
  await new Promise((resolve) => setImmediate(resolve))
  expect(hasEnded).toBe(true)
})
