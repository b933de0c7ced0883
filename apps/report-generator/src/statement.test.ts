import { readFile } from 'node:fs/promises'
import type { ReportRequest } from '@lijian/contracts/finance'
import { topUpPosting } from '@lijian/ledger'
import { Books } from '@lijian/reports/testing/books'
import { Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
  const books = Books.over(stage.pool)
  await stage.pool.query(
    `INSERT INTO partner (code, name, deposit_account) VALUES ('CCB', '建设银行', '{"bank": "CCB", "last4": "1234", "sealed": "x"}')`,
  )
  const top = { event: 'top_up', client: '@funding', detail: { bankReference: 'B-1', at: '2026-11-01T02:00:00.000Z' } }
  await books.post({ ...top, date: '2026-11-01', serial: 'T1', ...topUpPosting('CCB', 100_000) })
  for (let n = 1; n <= 40; n++)
    await books.pay({
      date: n <= 20 ? '2026-11-01' : '2026-11-02',
      event: 'capture',
      merchant: 'M1',
      serial: `S${n}`,
      offers: [
        {
          campaign: 'Q1',
          name: '满100减15',
          kind: 'amount',
          delivery: 'instant',
          paymentMode: 'prepay',
          funders: [{ partner: 'CCB', amountFen: 1500 }],
        },
      ],
    })
  await books.seal('2026-11-01', '2026-11-02')
  await stage.start()
})
afterAll(() => stage.close())

const statement: ReportRequest = {
  kind: 'partner-funds',
  parameters: { from: '2026-11-01', to: '2026-11-02', partner: 'CCB' },
  format: 'pdf',
  language: 'zh',
  encoding: 'utf-8',
}
const bytesOf = ({ id, attempt }: { id: number; attempt: number }) => readFile(stage.files.path({ id, attempt }))

test('a partner has its statement as PDF, and its check code finds the run', async () => {
  const run = await stage.made(statement)
  expect([run.state, run.failure, run.rows]).toEqual(['done', undefined, 41])
  expect(run.checkCode).toMatch(/^[0-9a-f]{16}$/)
  const found = await stage.runs.list({ sha256: run.checkCode, limit: 10 }, ['partner-funds'])
  expect(found.runs.map(({ id }) => id)).toEqual([run.id])
  expect((await bytesOf(run)).subarray(0, 5).toString()).toBe('%PDF-')
})

test('the same lines have the same check code in another language; another section is a table', async () => {
  const zh = await stage.made(statement)
  const en = await stage.made({ ...statement, language: 'en' })
  expect(en.checkCode).toBe(zh.checkCode)
  const table = await stage.made({ ...statement, section: 'days' })
  expect([table.state, table.checkCode, table.rows]).toEqual(['done', undefined, 2])
})

test('a payment counts in the row of each of its campaigns: files say so below the totals, and only there', async () => {
  const merchant: ReportRequest = {
    ...statement,
    kind: 'merchant',
    parameters: { from: '2026-11-01', to: '2026-11-02' },
  }
  const footer = async (section: string) => {
    const run = await stage.made({ ...merchant, format: 'csv', section })
    return (await bytesOf(run)).toString().split('\n').slice(-5).join('\n')
  }
  expect(await footer('campaigns')).toMatch(/说明,.*各计一次/)
  expect(await footer('merchants')).not.toMatch(/说明/)
})

test('what does not add up is never a file', async () => {
  await Books.over(stage.pool).plant(
    `UPDATE account_day SET opening_fen = opening_fen - 100, closing_fen = closing_fen - 100 WHERE account = 'prepaid/CCB'`,
  )
  const run = await stage.made({ ...statement, parameters: { ...statement.parameters, from: '2026-11-02' } })
  expect(run.state).toBe('failed')
  expect(run.failure).toMatch(/^report_disagrees: /)
})
