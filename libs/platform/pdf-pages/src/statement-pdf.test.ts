import { Writable } from 'node:stream'
import fc from 'fast-check'
import { PDF_ROWS_AT_MOST, PdfDisagrees, rmbWords, statementPdf, type StatementPdf, type StatementRow } from './index'
import { inMemory, job, these } from './testing/job'
import { readPdf } from './testing/read-pdf'

interface Movement {
  fen: bigint
  isIncome: boolean
}

const movement = fc.record({ fen: fc.bigInt(-(10n ** 9n), 10n ** 11n), isIncome: fc.boolean() })

function statementOf(movements: readonly Movement[], openingFen = 123_456n): StatementPdf & { list: StatementRow[] } {
  let balanceFen = openingFen
  const list = movements.map(({ fen, isIncome }, i): StatementRow => {
    balanceFen += isIncome ? fen : -fen
    const at = Date.UTC(2026, 10, 1) + i * 1000
    const texts = { serial: `S${String(i).padStart(12, '0')}`, summary: '入账', party: `商户${i}` }
    return { date: '2026-11-01', at, ...texts, ...(isIncome ? { incomeFen: fen } : { expenseFen: fen }), balanceFen }
  })
  const sideOf = (isIncome: boolean) => {
    const side = movements.filter((one) => one.isIncome === isIncome)
    return { count: side.length, amountFen: side.reduce((sum, { fen }) => sum + fen, 0n) }
  }
  return {
    title: '合作方资金对账单',
    subtitle: '2026-11-01 至 2026-11-30',
    head: [
      { label: '户名', value: '示例银行' },
      { label: '账号', value: '**** 6789' },
    ],
    currency: 'CNY',
    openingFen,
    income: sideOf(true),
    expense: sideOf(false),
    closingFen: balanceFen,
    list,
    rows: these(list),
    rowCount: list.length,
    checkCode: 'e3b0c44298fc1c14',
    objection: '如有异议，请于 10 个工作日内提出。',
  }
}

const some = (count: number): Movement[] =>
  Array.from({ length: count }, (_, i) => ({
    fen: BigInt((i * 7919) % 100_003) - (i % 11 ? 0n : 200_000n),
    isIncome: i % 3 > 0,
  }))

async function read(statement: StatementPdf, about = {}, only?: number[]) {
  const { bytes, result } = await inMemory((sink) => statementPdf(sink, statement, job(about)))
  return { result, ...(await readPdf(bytes, only)) }
}

const fenOf = (text: string): bigint => {
  expect(text).toMatch(/^-?\d{1,3}(,\d{3})*\.\d\d$/)
  return BigInt(text.replace(/[,.]/g, ''))
}

/** What one page says of itself. */
function pageOf(lines: string[][]) {
  const amounts = (label: RegExp) => {
    const [line, ...more] = lines.filter(([first]) => label.test(first!))
    expect(more).toEqual([])
    return line?.slice(1).map(fenOf)
  }
  const rows = lines.filter((line) => /^\d+$/.test(line[0]!) && line[1] === '2026-11-01')
  return {
    rows: rows.map((line) => ({ number: Number(line[0]), fen: fenOf(line.at(-2)!), balance: fenOf(line.at(-1)!) })),
    carriedIn: amounts(/^承前页/),
    sum: amounts(/^本页小计/),
    carriedOut: amounts(/^过次页$/),
    total: amounts(/^合计/),
  }
}

test('each page carries on from the one before, and its sum is that of its rows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(movement, { minLength: 1, maxLength: 120 }), async (movements) => {
      const statement = statementOf(movements)
      const { pages } = await read(statement)
      const read_ = pages.map(({ lines }) => pageOf(lines))
      expect(read_.flatMap(({ rows }) => rows.map(({ number }) => number))).toEqual(movements.map((_, i) => i + 1))
      let [income, expense, balance, n] = [0n, 0n, BigInt(statement.openingFen), 0]
      for (const [i, page] of read_.entries()) {
        expect(page.carriedIn).toEqual([income, expense, balance])
        const before = { income, expense }
        for (const row of page.rows) {
          const { fen, isIncome } = movements[n++]!
          if (isIncome) income += fen
          else expense += fen
          balance += isIncome ? fen : -fen
          expect(row).toMatchObject({ fen, balance })
        }
        expect(page.sum).toEqual([income - before.income, expense - before.expense])
        const last = i === read_.length - 1
        expect(page.carriedOut).toEqual(last ? undefined : [income, expense, balance])
        expect(page.total).toEqual(last ? [income, expense, balance] : undefined)
      }
      expect(balance).toBe(statement.closingFen)
    }),
    { numRuns: 12 },
  )
})

test('the head, the words of the sums, and the foot of each page', async () => {
  const statement = statementOf(some(70))
  const { pages } = await read(statement)
  const first = pages[0]!.lines
  expect(first[0]).toEqual(['合作方资金对账单'])
  expect(first).toContainEqual(['户名：', '示例银行', '账号：', '**** 6789'])
  expect(first).toContainEqual(['上期余额', '本期收入（46 笔）', '本期支出（24 笔）', '期末余额'])
  const box = first[first.findIndex(([text]) => text === '上期余额') + 1]!.map(fenOf)
  expect(box).toEqual([
    statement.openingFen,
    statement.income.amountFen,
    statement.expense.amountFen,
    statement.closingFen,
  ])
  expect(first).toContainEqual(['上期余额 + 本期收入 − 本期支出 = 期末余额', '单位：元'])
  expect(first).toContainEqual([
    '序号',
    '日期',
    '时间',
    '流水号',
    '摘要',
    '商户/说明',
    '收入（贷）',
    '支出（借）',
    '余额',
  ])
  expect(first.find(([text]) => text === '2')).toEqual(
    expect.arrayContaining(['2', '2026-11-01', '08:00:01', 'S000000000001', '入账', '商户1']),
  )
  const words = (fen: unknown) => rmbWords(fen as bigint)
  expect(pages.at(-1)!.lines.slice(-5, -1)).toEqual([
    ['收入合计人民币大写：', words(statement.income.amountFen)],
    ['支出合计人民币大写：', words(statement.expense.amountFen)],
    ['期末余额人民币大写：', words(statement.closingFen)],
    ['（以下空白）'],
  ])
  for (const [i, { lines, fonts, strayGlyphs }] of pages.entries()) {
    expect(lines.at(-1)!.join(' ')).toMatch(/^校验码：e3b0c44298fc1c14\s+如有异议，请于 10 个工作日内提出。/)
    expect(lines.at(-1)!.at(-1)).toBe(`第 ${i + 1} 页 共 ${pages.length} 页`)
    expect(fonts.every(({ embedded }) => embedded)).toBe(true)
    expect(strayGlyphs).toEqual([])
  }
})

test('a statement without movements, and one in yen', async () => {
  const { pages } = await read({ ...statementOf([]), currency: 'JPY' })
  expect(pages).toHaveLength(1)
  const lines = pages[0]!.lines
  expect(lines).toContainEqual(['本期无交易'])
  expect(lines).toContainEqual(['合计（0 笔）', '0', '0', '123,456'])
  expect(lines.at(4)?.concat(lines.flat())).toContain('单位：JPY')
  expect(lines.flat().join('')).not.toContain('大写')
})

test('portrait, in English', async () => {
  const { pages } = await read({ ...statementOf(some(100)), orientation: 'portrait' }, { language: 'en' })
  expect(pages[0]!.lines.map(([text]) => text)).toEqual(
    expect.arrayContaining(['No.', 'Brought forward (opening balance)']),
  )
  expect(pages.at(-1)!.lines.map(([text]) => text)).toContain('Total (100)')
})

test('beyond 20,000 rows it lists the first, adds up all, and says so', async () => {
  const statement = statementOf(some(PDF_ROWS_AT_MOST + 500))
  const { bytes, result } = await inMemory((sink) => statementPdf(sink, statement, job()))
  const { pages } = await readPdf(bytes, [result.pages])
  const { lines } = pages[0]!
  const amounts = (label: string) =>
    lines
      .find(([text]) => text === label)!
      .slice(1)
      .map(fenOf)
  const total = [statement.income.amountFen, statement.expense.amountFen]
  expect(amounts('合计（20500 笔）')).toEqual([...total, statement.closingFen])
  const [listed, unlisted] = [amounts('已列小计（20000 笔）'), amounts('未列明细（500 笔）')]
  expect(listed.map((fen, i) => fen + unlisted[i]!)).toEqual(total)
  expect(lines.flat().join('')).toContain('本文件只列前 20,000 行')
})

const broken: Record<string, (statement: StatementPdf & { list: StatementRow[] }) => Partial<StatementPdf>> = {
  'a closing balance that is a fen off': ({ closingFen }) => ({ closingFen: BigInt(closingFen) + 1n }),
  'sums that fit the balances but not the rows': ({ income, expense }) => ({
    income: { ...income, amountFen: BigInt(income.amountFen) + 1n },
    expense: { ...expense, amountFen: BigInt(expense.amountFen) + 1n },
  }),
  'a row that was left out': ({ list }) => ({ rows: these(list.slice(0, -1)) }),
  'a row too many': ({ list }) => ({ rows: these([...list, list[0]!]) }),
  'two rows in the wrong order': ({ list: [a, b, ...more] }) => ({ rows: these([b!, a!, ...more]) }),
  'a row on both sides': ({ list: [a, ...more] }) => ({
    rows: these([{ ...a!, incomeFen: 1, expenseFen: 1 }, ...more]),
  }),
  'counts of another statement': ({ income }) => ({ income: { ...income, count: income.count + 1 } }),
}
test.each(Object.keys(broken))('%s: no file', async (name) => {
  const statement = statementOf(some(60))
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() })
  const made = statementPdf(sink, { ...statement, ...broken[name]!(statement) }, job())
  await expect(made).rejects.toThrow(PdfDisagrees)
  expect(sink.destroyed).toBe(true)
  expect(sink.writableFinished).toBe(false)
})

test('the same rows give the same bytes', async () => {
  const once = async () => (await read(statementOf(some(50)))).result.sha256
  expect(await once()).toBe(await once())
})
