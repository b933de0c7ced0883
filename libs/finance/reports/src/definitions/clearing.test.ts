import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClearingDays, ClearingRuns } from '@lijian/clearing'
import fc from 'fast-check'
import type { ReportRow } from '../definition'
import { ReportPages } from '../pages'
import { byDate } from '../testing/clearing-reference'
import { Books, ZONE, type BookedOffer, type BookedPayment } from '../testing/books'
import { inOrder, toSecond, wholeReport } from '../testing/whole-section'
import { clearingReport as report } from './clearing'

let books: Books
let dir: string
beforeAll(async () => {
  books = await Books.open()
  dir = await mkdtemp(join(tmpdir(), 'lijian-report-'))
})
afterAll(async () => {
  await books.close()
  await rm(dir, { recursive: true, force: true })
})

// Monday to Thursday: what is due on one date is settled on the next.
const DAYS = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05']
const CANARY = `=HYPERLINK("x")</c><script>'\\`
const SYSTEMS = ['main', 'main@JPY', 'city']
type Said = 'nothing' | 'accepted' | 'refused' | 'replaced' | 'late'

const anyOffer: fc.Arbitrary<BookedOffer> = fc.record({
  campaign: fc.constant('Q1'),
  name: fc.constantFrom('满100减15', CANARY),
  kind: fc.constantFrom('amount', 'fee'),
  delivery: fc.constantFrom('instant', 'rebate'),
  paymentMode: fc.constantFrom('prepay', 'postpay'),
  funders: fc.uniqueArray(
    fc.record({ partner: fc.constantFrom('CCB', '@merchant'), amountFen: fc.integer({ min: 1, max: 900 }) }),
    { minLength: 1, selector: ({ partner }) => partner },
  ),
})
const payment = fc.record({
  date: fc.constantFrom(...DAYS),
  event: fc.constantFrom('capture', 'capture', 'void', 'refund'),
  merchant: fc.constantFrom<string>('M1', CANARY),
  clearingSystem: fc.constantFrom(...SYSTEMS),
  amountFen: fc.integer({ min: 10_000, max: 99_999 }),
  offers: fc.array(anyOffer, { minLength: 1, maxLength: 3 }),
})
const world = fc.record({
  payments: fc.array(payment, { maxLength: 16 }),
  /** How far each date has come. */
  dates: fc.integer({ min: 1, max: DAYS.length }),
  said: fc.array(fc.constantFrom<Said>('accepted', 'accepted', 'accepted', 'nothing', 'refused', 'replaced', 'late'), {
    minLength: 60,
    maxLength: 60,
  }),
  good: fc.integer({ min: 0, max: DAYS.length }),
  from: fc.integer({ min: -1, max: 4 }),
  length: fc.integer({ min: 0, max: 4 }),
})
type World = typeof world extends fc.Arbitrary<infer One> ? One : never

const RULE = { timeZone: ZONE, cutOff: '24:00' }

/** As the flows do it, with whatever clearing systems say. */
async function clear({ payments, dates, said, good }: World): Promise<void> {
  await books.clear()
  for (const [at, one] of payments.entries()) await books.pay({ ...one, serial: `S${at}` } as BookedPayment)
  const runs = new ClearingRuns({ pool: books.pool, dir, ...RULE })
  const days = new ClearingDays({ pool: books.pool, ...RULE })
  let at = 0
  for (const [day, date] of DAYS.slice(0, dates).entries()) {
    await days.open(date, 'k-finance')
    await publish(runs, date)
    const { files } = (await runs.current(date)).body
    const words = files.map((): Said => (day < good ? 'accepted' : said[at++ % said.length]!))
    if (words.includes('late')) await runs.giveUpWaiting(date)
    for (const [n, { id }] of files.entries()) {
      if (words[n] === 'accepted') await days.acknowledge(id, { outcome: 'accepted' })
      if (words[n] === 'refused' || words[n] === 'replaced')
        await days.acknowledge(id, { outcome: 'refused', reasons: [{ message: CANARY }, { message: '行数不符' }] })
      if (words[n] === 'replaced') await days.replace(id, CANARY)
    }
    if (words.includes('replaced') && day % 2 === 0) await publish(runs, date)
    const { waitsFor } = await runs.settle(date)
    if (waitsFor.length === 0) await runs.publishSettlement(date)
  }
}

async function publish(runs: ClearingRuns, date: string): Promise<void> {
  const { body } = await runs.freeze(date)
  for (const { id, state } of body.files) if (state === 'created') await runs.write(id)
  expect(await runs.prove(date)).toEqual([])
  await runs.publish(date)
}

interface FileRow extends Record<string, string | number | null | { message: string }[]> {
  kind: string
  state: string
  clearing_system: string
  business_date: string
  reasons: { message: string }[] | null
}
interface SettledRow {
  settlement_date: string
  merchant: string
  negative_since: string | null
  due_fen: number
  carried_in_fen: number
  payout_fen: number
  carried_out_fen: number
}
interface JournalRow {
  business_date: string
  event: string
  clearing_system: string
  detail: { amountFen: number; feeFinalFen: number; offers: (BookedOffer & { discountFen: number })[] }
}

const currencyOf = (key: string) => key.split('@')[1] ?? 'CNY'
const kindOf = ({ kind, delivery }: BookedOffer) =>
  kind === 'fee' ? 'fee' : delivery === 'rebate' ? 'rebate' : 'amount'

/** What a file of payments must show, offer by offer. */
function figures(journal: JournalRow[], { kind, clearing_system: system, business_date: date }: FileRow) {
  const sum = { rows: 0, received: 0, discount: 0, settle: 0, fee: 0 }
  for (const { business_date, event, clearing_system, detail } of journal) {
    const offers = (detail.offers ?? []).filter((offer) => kindOf(offer) === kind)
    if (business_date !== date || clearing_system !== system || offers.length === 0) continue
    const sign = event === 'capture' ? 1 : -1
    sum.rows += offers.length
    sum.received += sign * detail.amountFen
    sum.fee += sign * detail.feeFinalFen
    for (const { discountFen, funders } of offers) {
      const own = kind === 'rebate' ? 0 : (funders.find(({ partner }) => partner === '@merchant')?.amountFen ?? 0)
      sum.discount += sign * discountFen
      sum.settle += sign * (discountFen - own)
    }
  }
  return sum
}

async function reference(from: string, to: string) {
  const files = await books.rows<FileRow>('SELECT * FROM clearing_file')
  const runs =
    await books.rows<Record<'business_date' | 'settlement_date' | 'settled_at', string>>('SELECT * FROM clearing_run')
  const settled = await books.rows<SettledRow>('SELECT * FROM merchant_settlement')
  const journal = await books.rows<JournalRow>(`SELECT * FROM journal WHERE client = 'till'`)
  const late = new Set(
    (
      await books.rows<{ serial: string }>(`SELECT * FROM reconciliation_case WHERE kind = 'clearing_unacknowledged'`)
    ).map(({ serial }) => serial),
  )
  const within = (date: string) => date >= from && date <= to
  const shown = files
    .filter(({ business_date: date }) => within(date))
    .map((file) => {
      const of = runs.filter((run) =>
        file.kind === 'settlement'
          ? run['settlement_date'] === file['settlement_date']
          : run['business_date'] === file.business_date,
      )
      const ends = of.map((run) => run['settled_at']).filter((one) => one !== null)
      const said =
        file.kind === 'settlement'
          ? { rows: file['rows_count'], received: 0, discount: 0, settle: file['settle_fen'], fee: 0 }
          : figures(journal, file)
      return {
        date: file.business_date,
        clearing_system: file.clearing_system.split('@')[0]!,
        currency: currencyOf(file.clearing_system),
        kind: file.kind,
        version: file['version'],
        name: file['name'],
        settlement_date: file['settlement_date'],
        state: file.state,
        ...said,
        fee_saved: file['fee_saved_fen'],
        created: toSecond(file['created_at'] as string),
        published: toSecond(file['published_at'] as string | null),
        acknowledged: toSecond(file['acknowledged_at'] as string | null),
        settled: file.state === 'replaced' ? null : toSecond(ends.toSorted().at(-1) ?? null),
        late: late.has(file['name'] as string),
        replaces: (files.find(({ id }) => id === file['replaces'])?.['name'] as string | undefined) ?? '',
        reasons: (file.reasons ?? []).map(({ message }) => message).join('；'),
      }
    })
  const merchants = settled.map((row) => ({
    date: row.settlement_date,
    merchant: String(row.merchant).split('@')[0]!,
    currency: currencyOf(row.merchant),
    due: row.due_fen,
    carried_in: row.carried_in_fen,
    payout: row.payout_fen,
    carried_out: row.carried_out_fen,
    negative_since: row.negative_since,
    days:
      row.negative_since === null
        ? null
        : (Date.parse(row.settlement_date) - Date.parse(row.negative_since)) / 86_400_000,
  }))
  const last = merchants
    .map(({ date }) => String(date))
    .filter((date) => date <= to)
    .toSorted()
    .at(-1)
  const keys = ['date', 'clearing_system', 'currency', 'kind', 'version']
  return {
    files: inOrder(shown as ReportRow[], keys),
    runs: runs
      .map((run) => run['business_date'] as string)
      .filter(within)
      .toSorted(),
    settlements: inOrder(merchants.filter(({ date }) => within(date)) as ReportRow[], ['date', 'merchant', 'currency']),
    carried: inOrder(merchants.filter(({ date, carried_out }) => date === last && carried_out < 0) as ReportRow[], [
      'date',
      'merchant',
      'currency',
    ]),
  }
}

const dateAt = (at: number) => new Date(Date.parse(DAYS[0]!) + at * 86_400_000).toISOString().slice(0, 10)

test('any payments, whatever clearing systems say: every file is what its payments add up to, and all of it agrees with the ledger', async () => {
  const pages = new ReportPages(books.pool, ZONE)
  await fc.assert(
    fc.asyncProperty(world, async (made) => {
      await clear(made)
      const [from, to] = [dateAt(made.from), dateAt(made.from + made.length)]
      const found = await wholeReport(pages, 'clearing', { from, to })
      const expected = await reference(from, to)
      expect(found['files']!.rows).toEqual(expected.files)
      expect(found['days']!.rows).toEqual(byDate(expected.files))
      expect(found['runs']!.rows.map(({ date }) => date)).toEqual(expected.runs)
      expect(found['settlements']!.rows).toEqual(expected.settlements)
      expect(found['carried']!.rows).toEqual(expected.carried)
      expect(await books.differences(report, { from, to })).toEqual([])
      const yen = await wholeReport(pages, 'clearing', { from, to, currency: 'JPY' })
      expect(yen['files']!.rows).toEqual(expected.files.filter(({ currency }) => currency === 'JPY'))
      expect(yen['carried']!.rows).toEqual(expected.carried.filter(({ currency }) => currency === 'JPY'))
    }),
    { numRuns: 25 },
  )
})

test.each([
  ['a row less', `UPDATE clearing_file SET rows_count = 0 WHERE kind = 'amount' AND business_date = '${DAYS[0]}' AND clearing_system = 'main'`, /rows of main_amount_20260302_v1.csv: 0, in the ledger 1/], // prettier-ignore
  ['another total', `UPDATE clearing_file SET settle_fen = 699 WHERE settle_fen = 700 AND kind = 'amount'`, /settle of main_amount_20260302_v1.csv: 699, in the ledger 700/], // prettier-ignore
  ['a file that is gone', `DELETE FROM clearing_file WHERE kind = 'amount' AND business_date = '${DAYS[0]}'`, /settle of 2026-03-02 main amount: 0, in the ledger 700/], // prettier-ignore
  ['a posting that is gone', `DELETE FROM journal WHERE client = 'till' AND event = 'capture'`, /settle of main_amount_20260302_v1.csv: 700, in the ledger 0/], // prettier-ignore
  ['what a merchant got', `UPDATE merchant_settlement SET due_fen = 701, payout_fen = 701 WHERE due_fen = 700`, /due of M1 on 2026-03-03: 701, in the ledger 700[^]*payouts of 2026-03-03 CNY: 701, in the ledger 700/], // prettier-ignore
  ['what was carried', `UPDATE merchant_settlement SET carried_in_fen = -51, due_fen = due_fen + 1 WHERE carried_in_fen = -50`, /carried of M2 on 2026-03-04: -51, in the ledger -50/], // prettier-ignore
])('a wrong ledger is noticed: %s', async (_, sql, noticed) => {
  const off = (amountFen: number): BookedOffer[] => [
    {
      campaign: 'Q1',
      name: '满100减15',
      kind: 'amount',
      delivery: 'instant',
      paymentMode: 'postpay',
      funders: [{ partner: 'CCB', amountFen }],
    },
  ]
  const common = { clearingSystem: 'main', amountFen: 10_000 }
  const payments: World['payments'] = [
    { ...common, date: DAYS[0]!, event: 'capture', merchant: 'M1', offers: off(700) },
    { ...common, date: DAYS[0]!, event: 'refund', merchant: 'M2', clearingSystem: 'city', offers: off(50) },
    { ...common, date: DAYS[1]!, event: 'capture', merchant: 'M2', clearingSystem: 'city', offers: off(20) },
  ]
  await clear({ payments, dates: 2, said: [], good: 2, from: 0, length: 0 })
  const asked = { from: DAYS[0]!, to: DAYS[3]! }
  expect(await books.differences(report, asked)).toEqual([])
  await books.plant(sql)
  expect((await books.differences(report, asked)).join('\n')).toMatch(noticed)
})
