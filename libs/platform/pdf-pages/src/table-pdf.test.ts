import { createHash } from 'node:crypto'
import { Writable } from 'node:stream'
import type { Row } from '@lijian/sheet-files'
import { PDF_ROWS_AT_MOST, PdfDisagrees, tablePdf, type TablePdf } from './index'
import { inMemory, job, these } from './testing/job'
import { readPdf } from './testing/read-pdf'

const rowOf = (i: number): Row => ({
  day: '2026-11-01',
  merchant: `商户${i}`,
  serial: `20261101${String(i).padStart(14, '0')}`,
  amount: BigInt(i) * 123_456n - 5n,
  rate: 6000 + i,
  at: Date.UTC(2026, 10, 1, 16) + i * 1000,
  settled: i % 2 === 0,
})

const table = (count: number, about: Partial<TablePdf> = {}): TablePdf => ({
  title: '商户报表',
  subtitle: '2026-11-01 至 2026-11-30',
  head: [
    { label: '机构', value: '示例支付' },
    { label: '编号', value: 'R-1' },
  ],
  columns: [
    { key: 'day', zh: '业务日', en: 'Date', type: 'date' },
    { key: 'merchant', zh: '商户', en: 'Merchant', type: 'text' },
    { key: 'serial', zh: '流水号', en: 'Serial', type: 'text', width: 24 },
    { key: 'amount', zh: '金额', en: 'Amount', type: 'amount', currency: 'CNY' },
    { key: 'rate', zh: '费率', en: 'Rate', type: 'rate' },
    { key: 'at', zh: '时间', en: 'At', type: 'instant' },
    { key: 'settled', zh: '已结算', en: 'Settled', type: 'flag' },
  ],
  rows: these(Array.from({ length: count }, (_, i) => rowOf(i))),
  rowCount: count,
  totals: [{ label: '合计', cells: { amount: 99_999_999_999n } }],
  footer: [{ label: 'SHA-256', value: 'e3b0c442' }],
  ...about,
})

const made = async (count: number, about: Partial<TablePdf> = {}, for_ = {}) => {
  const { bytes, result } = await inMemory((sink) => tablePdf(sink, table(count, about), job(for_)))
  return { bytes, result, ...(await readPdf(bytes)) }
}

test('another program reads each row once, under a head on each page, with page x of y', async () => {
  const { bytes, result, pages, info } = await made(100)
  expect(result).toEqual({
    pages: pages.length,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })
  expect(info).toMatchObject({ Title: '商户报表', Language: 'zh-CN', CreationDate: 'D:20261201000000Z' })
  const body = pages.map(({ lines }) => {
    const head = lines.findIndex(([first]) => first === '业务日')
    expect(lines[head]).toEqual(['业务日', '商户', '流水号', '金额（元）', '费率', '时间（Asia/Shanghai）', '已结算'])
    return lines.slice(head + 1).filter(([first]) => first === '2026-11-01')
  })
  expect(body.flat()).toHaveLength(100)
  expect(body.flat()[1]).toEqual([
    '2026-11-01',
    '商户1',
    '2026110100000000000001',
    '1,234.51',
    '0.6001%',
    '2026-11-02 00:00:01',
    '否',
  ])
  expect(body.flat()[0]).toContain('-0.05')
  expect(pages.map(({ lines }) => lines.at(-1))).toEqual(pages.map((_, i) => [`第 ${i + 1} 页 共 ${pages.length} 页`]))
  expect(pages[0]!.lines.slice(0, 3)).toEqual([
    ['商户报表'],
    ['2026-11-01 至 2026-11-30'],
    ['机构：', '示例支付', '编号：', 'R-1'],
  ])
  expect(pages.at(-1)!.lines).toContainEqual(['合计', '999,999,999.99'])
  expect(pages.at(-1)!.lines).toContainEqual(['SHA-256：', 'e3b0c442'])
})

test('every glyph is in an embedded font', async () => {
  const { pages } = await made(40)
  for (const { fonts, strayGlyphs } of pages) {
    expect(fonts.length).toBeGreaterThan(0)
    expect(fonts.every(({ name, embedded }) => embedded && /^[A-Z]{6}\+NotoSansSC-/.test(name))).toBe(true)
    expect(strayGlyphs).toEqual([])
  }
})

test('figures stand at the right of their columns', async () => {
  const { pages } = await made(40)
  const ends = pages.flatMap(({ items }) =>
    items.filter(({ text }) => /^[\d,]+\.\d\d$/.test(text)).map(({ end }) => end),
  )
  expect(ends.length).toBeGreaterThan(38)
  expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(0.1)
})

test('markup, formulas and escapes are text; controls are gone; what no font has is 〓', async () => {
  const canaries = [
    '<b>&amp;</b>',
    '=HYPERLINK("x")',
    '(\\) Tj ET %',
    '{a|b} {c}',
    'a\u0000\u001b[31mb',
    '奶茶🧋',
    '\u202egpj.exe',
  ]
  const rows = canaries.map((merchant, i) => ({ ...rowOf(i), merchant }))
  const chart = { kind: 'rank', title: canaries[0]!, categories: canaries, series: [{ name: canaries[3]!, values: [1, 2, 3, 4, 5, 6, 7] }] } as const // prettier-ignore
  const { pages } = await made(canaries.length, {
    title: canaries[0]!,
    head: canaries.map((value) => ({ label: canaries[0]!, value })),
    rows: these(rows),
    charts: [chart, { ...chart, kind: 'pie' }],
  })
  const texts = pages.flatMap(({ lines }) => lines.flat())
  const drawn = ['<b>&amp;</b>', '=HYPERLINK("x")', '(\\) Tj ET %', '{a|b} {c}', 'a[31mb', '奶茶〓', 'gpj.exe']
  for (const text of drawn) expect(texts.filter((one) => one === text).length).toBeGreaterThanOrEqual(3)
  // oxlint-disable-next-line no-control-regex
  expect(texts.join('')).not.toMatch(/[\u0000-\u001f\u202e]/)
})

test('charts are vectors, and their words are text', async () => {
  const months = ['九月', '十月', '十一月']
  const about = {
    categories: months,
    series: [{ name: '成功', values: [300_000_000, null, 900_000_000] }],
    type: 'amount',
  } as const
  const { pages } = await made(3, {
    charts: (['bar', 'line', 'pie', 'rank'] as const).map((kind) => ({ ...about, kind, title: `按月${kind}` })),
  })
  const texts = pages.flatMap(({ lines }) => lines.flat())
  for (const kind of ['bar', 'line', 'pie', 'rank']) expect(texts).toContain(`按月${kind}（元）`)
  expect(texts).toEqual(expect.arrayContaining(['九月', '1000万', '九月 25%', '十一月 75%']))
  // Drawn one beside the other, not one over the other.
  const share = pages[0]!.items.find(({ text }) => text === '十一月 75%')!
  expect(share.end - share.x).toBeGreaterThan(30)
  expect(pages[0]!.images).toBe(0)
  expect(pages[0]!.paths).toBeGreaterThan(20)
})

test('the same rows give the same bytes, whatever was drawn before', async () => {
  const chart = {
    kind: 'line',
    title: '量',
    categories: ['一', '二'],
    series: [{ name: '笔', values: [1, 2] }],
  } as const
  const once = async () => (await made(60, { charts: [chart] })).result.sha256
  const first = await once()
  await made(5, { title: '⽉月⾦金', head: [{ label: '⽉', value: '⾦' }] })
  expect(await once()).toBe(first)
  expect((await made(60, { charts: [chart] }, { createdAtMs: 0 })).result.sha256).not.toBe(first)
})

test('a file of no rows says so', async () => {
  const { pages } = await made(0)
  expect(pages).toHaveLength(1)
  expect(pages[0]!.lines).toContainEqual(['本期无记录'])
})

test('in English', async () => {
  const { pages, info } = await made(1, {}, { language: 'en' })
  expect(info['Language']).toBe('en')
  expect(pages[0]!.lines.find(([first]) => first === 'Date')).toContain('Amount (CNY)')
  expect(pages[0]!.lines.at(-1)).toEqual(['Page 1 of 1'])
})

test('beyond 20,000 rows the file says what it leaves out, and reads no further', async () => {
  let read = 0
  async function* rows() {
    for (;;) yield await Promise.resolve(rowOf(read++))
  }
  const { bytes, result } = await inMemory((sink) => tablePdf(sink, table(1_234_567, { rows: rows() }), job()))
  const { pages } = await readPdf(bytes, [1, result.pages])
  expect(read).toBeLessThanOrEqual(PDF_ROWS_AT_MOST + 1)
  const sentence = '本文件只列前 20,000 行；全部共 1,234,567 行，合计为全部行之合计。其余各行请取 CSV 或 XLSX 文件。'
  expect(pages[0]!.lines).toContainEqual([sentence])
  expect(pages.at(-1)!.lines).toContainEqual([sentence])
  expect(pages.at(-1)!.lines.filter(([, merchant]) => merchant === '商户19999')).toHaveLength(1)
  expect(pages.at(-1)!.lines.at(-1)).toEqual([`第 ${result.pages} 页 共 ${result.pages} 页`])
})

test.each([[99], [101]])('a hundred rows where %i were announced: no file', async (rowCount) => {
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() })
  await expect(tablePdf(sink, table(100, { rowCount }), job())).rejects.toThrow(PdfDisagrees)
  expect(sink.destroyed).toBe(true)
  expect(sink.writableFinished).toBe(false)
})

test('a value that its column cannot hold: no file, and the value stays out of the message', async () => {
  const rows = these([{ ...rowOf(1), amount: '6222 0212 3456' }])
  const error: unknown = await inMemory((sink) => tablePdf(sink, table(1, { rows }), job())).catch((e: unknown) => e)
  expect(String(error)).toBe('TypeError: column amount: a whole number is expected, found a string')
})

test('who aborts stops it at the next page, and the rows are let go', async () => {
  const abort = new AbortController()
  let closed = false
  async function* rows() {
    try {
      for (let i = 0; ; i++) yield await Promise.resolve(rowOf(i))
    } finally {
      closed = true
    }
  }
  const onRows = (n: number) => n > 200 && abort.abort(new Error('enough'))
  const stopped = inMemory((sink) =>
    tablePdf(sink, table(20_000, { rows: rows() }), job({ signal: abort.signal, onRows })),
  )
  await expect(stopped).rejects.toThrow('enough')
  expect(closed).toBe(true)
})

test('a sink that fails is what the caller hears', async () => {
  const sink = new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) })
  await expect(tablePdf(sink, table(500), job())).rejects.toThrow('disk full')
})

test('the event loop turns between pages', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const { result } = await inMemory((sink) => tablePdf(sink, table(1000), job()))
  clearInterval(timer)
  expect(result.pages).toBeGreaterThan(20)
  expect(turns).toBeGreaterThan(10)
})
