import { differencePosting, adjustmentPosting, writeOffPosting } from '@lijian/ledger'
import fc from 'fast-check'
import type { ReportRow } from '../definition'
import { ReportPages } from '../pages'
import { Books, ZONE } from '../testing/books'
import { expected, groupBy, type ShownDifferences } from '../testing/reconciliation-reference'
import { dateAt, toSecond, wholeReport } from '../testing/whole-section'
import { reconciliationReport as report } from './reconciliation'

let books: Books
beforeAll(async () => {
  books = await Books.open()
})
afterAll(() => books.close())
beforeEach(() => books.clear())

const CANARY = `=HYPERLINK("x")</c><script>'\\`
const DAY_MS = 86_400_000
const FIRST = '2026-03-02'
const dayAt = (at: number) => new Date(Date.parse(FIRST) + at * DAY_MS).toISOString().slice(0, 10)
/** So long ago, from now: ages change while the test runs, but not by a day. */
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()

const fen = fc.option(fc.integer({ min: 0, max: 5000 }), { nil: null })
const anyBreak = fc.record({
  source: fc.constantFrom('wechat', CANARY),
  day: fc.integer({ min: 0, max: 4 }),
  recent: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }),
  class: fc.constantFrom('over', 'short', 'amount_differs', 'unmatched_receipt'),
  client: fc.constantFrom('till', '@bank'),
  currency: fc.constantFrom('CNY', 'JPY'),
  ours: fen,
  theirs: fen,
  cash: fc.option(fc.integer({ min: -5000, max: 5000 }), { nil: null }),
  lines: fc.integer({ min: 0, max: 2 }),
  books: fc.integer({ min: 0, max: 1 }),
  /** What became of it. */
  end: fc.constantFrom('none', 'open', 'open', 'accept', 'adjust', 'write_off', 'grant'),
  owner: fc.constantFrom(null, 'wang', CANARY),
  openedDays: fc.integer({ min: 0, max: 40 }),
  closedAfter: fc.integer({ min: 0, max: 3 }),
  amount: fc.integer({ min: 1, max: 900 }),
  undated: fc.boolean(),
})
type Break = typeof anyBreak extends fc.Arbitrary<infer One> ? One : never
const world = fc.record({
  breaks: fc.array(anyBreak, { maxLength: 14 }),
  matched: fc.integer({ min: 0, max: 50 }),
  from: fc.integer({ min: -1, max: 4 }),
  length: fc.integer({ min: 0, max: 4 }),
  live: fc.boolean(),
})

const dateOf = ({ day, recent }: Break) => (recent === null ? dayAt(day) : dateAt(ago(recent)))
const serialOf = ({ client, currency }: Break, at: number) =>
  `S${at}${CANARY}${client === 'till' || currency === 'CNY' ? '' : '@JPY'}`

/** A case is closed by two people, and what it costs is booked. */
async function close(one: Break, at: number, id: number): Promise<number | null> {
  if (one.end === 'open' || one.end === 'none') return null
  const amount = one.end === 'write_off' && at % 2 === 1 ? -one.amount : one.amount
  const body = {
    resolution: one.end,
    reason: CANARY,
    ...(one.end === 'accept' || one.end === 'grant' ? {} : { amount }),
  }
  const { rows } = await books.pool.query<{ id: number }>(
    `INSERT INTO proposal (kind, subject, body, hash, state, maker, checker, checked_at) VALUES ('case_resolution', $1, $2, 'h', 'approved', 'k-maker', $3, now()) RETURNING id`,
    [String(id), JSON.stringify(body), CANARY],
  )
  const proposal = Number(rows[0]!.id)
  const entry = { date: dayAt(9), client: '@case', serial: String(proposal), detail: { case: id } }
  if (one.end === 'adjust')
    await books.post({ ...entry, event: 'adjustment', ...adjustmentPosting('suspense', 'bank/own', amount) })
  if (one.end === 'write_off')
    await books.post({ ...entry, event: 'write_off', ...writeOffPosting('suspense', amount) })
  if (one.end === 'accept' && one.cash !== null && one.cash !== 0)
    await books.post({ ...entry, event: 'adjustment', ...differencePosting('own', one.cash) })
  return proposal
}

const daysBetween = (from: string, to: string) => Math.max(0, (Date.parse(to) - Date.parse(from)) / DAY_MS)
const TODAY = () => dateAt(new Date().toISOString())

/** Books the world, and tells what the report must show of it. */
async function stage(breaks: readonly Break[], matched: number): Promise<ShownDifferences> {
  const shownBreaks: ReportRow[] = []
  const shownCases: ReportRow[] = []
  for (const [at, one] of breaks.entries()) {
    const [date, serial] = [dateOf(one), serialOf(one, at)]
    if (one.client === 'till')
      await books.pool.query(
        `INSERT INTO marketing_transaction (client, serial, version, marketing_serial, state, merchant, body_hash, amount_fen, payable_fen, charges_are, charges, record)
         VALUES ('till', $1, 1, 'm' || $1, 'confirmed', 'M1', 'h', 1, 1, 'used', '[]', $2)`,
        [serial, JSON.stringify({ facts: { currency: one.currency } })],
      )
    const made = await books.pool.query<{ id: number }>(
      `INSERT INTO reconciliation_break (source, scope, business_date, class, client, serial, act, merchant, our_state, ours_fen, theirs_fen, cash_fen, lines, books)
       VALUES ($1, '*', $2, $3, $4, $5, 'payment', $6, NULL, $7, $8, $9, $10, $11) RETURNING id`,
      [one.source, date, one.class, one.client, serial, CANARY, one.ours, one.theirs, one.cash, one.lines, one.books],
    )
    let caseId: number | null = null
    if (one.end !== 'none') {
      const opened = ago(one.openedDays)
      const rows = await books.pool.query<{ id: number }>(
        `INSERT INTO reconciliation_case (kind, client, serial, amount_fen, source, business_date, ours_fen, theirs_fen, cash_fen, owner, opened_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
        [
          one.class,
          one.client,
          serial,
          one.ours,
          one.source,
          one.undated ? null : date,
          one.ours,
          one.theirs,
          one.cash,
          one.owner,
          opened,
        ],
      )
      caseId = Number(rows.rows[0]!.id)
      const proposal = await close(one, at, caseId)
      const closed = proposal === null ? null : ago(Math.max(0, one.openedDays - one.closedAfter))
      if (proposal !== null)
        await books.pool.query(
          `UPDATE reconciliation_case SET state = 'closed', resolution = $2, resolved_by = $3, closed_at = $4 WHERE id = $1`,
          [caseId, one.end, proposal, closed],
        )
      const booked = { adjust: one.amount, write_off: one.amount, accept: Math.abs(one.cash ?? 0), grant: 0, open: 0 }[
        one.end
      ]
      shownCases.push({
        ...{
          date: one.undated ? dateAt(opened) : date,
          id: caseId,
          kind: one.class,
          source: one.source,
          client: one.client,
          serial,
          merchant: '',
        },
        ...{
          state: closed === null ? 'open' : 'closed',
          owner: one.owner ?? '-',
          opened: toSecond(opened),
          closed: toSecond(closed),
          reopened: 0,
        },
        days: daysBetween(dateAt(opened), closed === null ? TODAY() : dateAt(closed)),
        ...(closed === null
          ? { resolution: '', maker: '', checker: '', reason: '' }
          : { resolution: one.end, maker: 'k-maker', checker: CANARY, reason: CANARY }),
        ...{
          currency: one.currency,
          amount: one.ours,
          discount: null,
          ours: one.ours,
          theirs: one.theirs,
          cash: one.cash,
          booked,
        },
      })
    }
    shownBreaks.push({
      ...{
        date,
        id: Number(made.rows[0]!.id),
        source: one.source,
        class: one.class,
        client: one.client,
        serial,
        act: 'payment',
        merchant: CANARY,
        our_state: '',
      },
      ...{
        currency: one.currency,
        ours: one.ours,
        theirs: one.theirs,
        ours_discount: null,
        theirs_discount: null,
        cash: one.cash,
      },
      ...{
        days: daysBetween(date, TODAY()),
        case_id: caseId,
        case_state: caseId === null ? '' : shownCases.at(-1)!['state']!,
      },
    })
  }
  const shownRuns: ReportRow[] = []
  for (const group of groupBy(breaks, (one) => `${dateOf(one)} ${one.source}`)) {
    const [date, source] = [dateOf(group[0]!), group[0]!.source]
    const [lines, own] = [
      group.reduce((sum, one) => sum + one.lines, 0),
      group.reduce((sum, one) => sum + one.books, 0),
    ]
    const classes = Object.fromEntries(
      groupBy(group, (one) => one.class).map((of) => [of[0]!.class, { count: of.length }]),
    )
    const figures = [matched + 2 + lines, matched + own, matched, matched, 2]
    await books.pool.query(
      `INSERT INTO reconciliation_run (source, scope, business_date, basis, lines, books, matched_lines, matched_books, outside_lines, matched_fen, classes, ran_at)
       VALUES ($1, '*', $2, 'bill', $3, $4, $5, $6, $7, 0, $8, '2026-03-09T01:02:03.456Z')`,
      [source, date, ...figures, JSON.stringify(classes)],
    )
    shownRuns.push({
      ...{
        date,
        source,
        scope: '*',
        basis: 'bill',
        state: 'pending',
        lines: figures[0]!,
        books: figures[1]!,
        matched_lines: matched,
        matched_books: matched,
      },
      ...{ outside_lines: 2, breaks: group.length, ran: '2026-03-09T01:02:03Z' },
    })
  }
  return { breaks: shownBreaks, cases: shownCases, runs: shownRuns }
}

test('any differences and whatever became of them: every figure is what adding them up gives, and all of it agrees', async () => {
  const pages = new ReportPages(books.pool, ZONE)
  await fc.assert(
    fc.asyncProperty(world, async ({ breaks, matched, from: first, length, live }) => {
      await books.clear()
      const shown = await stage(breaks, matched)
      const [from, to] = live ? [dateAt(ago(60)), TODAY()] : [dayAt(first), dayAt(first + length)]
      const within = ({ date }: ReportRow) => String(date) >= from && String(date) <= to
      const rows = async (asked: object) =>
        Object.fromEntries(
          Object.entries(await wholeReport(pages, 'reconciliation', { from, to, ...asked })).map(
            ([name, { rows: found }]) => [name, found],
          ),
        )
      expect(await rows({})).toEqual(expected(shown, within, within))
      const ofSource = (row: ReportRow) => within(row) && row['source'] === CANARY
      expect(await rows({ source: CANARY })).toEqual(expected(shown, ofSource, ofSource))
      expect(await rows({ currency: 'JPY' })).toEqual(
        expected(shown, (row) => within(row) && row['currency'] === 'JPY', within),
      )
      expect(await books.differences(report, { from, to })).toEqual([])
    }),
    { numRuns: 30 },
  )
})

const one: Break = {
  ...{
    source: 'wechat',
    day: 0,
    recent: null,
    class: 'over',
    client: '@bank',
    currency: 'CNY',
    ours: 100,
    theirs: 150,
    cash: 50,
    lines: 1,
    books: 1,
  },
  ...{ end: 'accept', owner: null, openedDays: 5, closedAfter: 1, amount: 30, undated: false },
}
test('a difference is shown with its own case, whatever else is open of the same payment', async () => {
  const shown = await stage([one], 7)
  const { client, serial } = shown.cases[0] as Record<string, string>
  await books.pool.query(`INSERT INTO reconciliation_case (kind, client, serial) VALUES ('short', $1, $2)`, [
    client,
    serial,
  ])
  expect((await books.report(report, { from: FIRST, to: FIRST }))['breaks']).toEqual(shown.breaks)
})

test.each([
  ['a difference that is gone', `DELETE FROM reconciliation_break`, /lines of wechat \* 2026-03-02: 9, in the ledger 10[^]*books of[^]*breaks of wechat \* 2026-03-02: 1, in the ledger 0/], // prettier-ignore
  [
    'a line that nobody counted',
    `UPDATE reconciliation_run SET lines = lines + 1`,
    /lines of wechat \* 2026-03-02: 10, in the ledger 11/,
  ],
  [
    'money that was booked otherwise',
    `UPDATE journal SET amounts_fen = '{49,-49}'`,
    /booked of case \d+: 50, in the ledger 49/,
  ],
  ['money that was not booked', `DELETE FROM journal`, /booked of case \d+: 50, in the ledger 0/],
])('what does not agree is noticed: %s', async (_, sql, noticed) => {
  await stage([one], 7)
  const asked = { from: FIRST, to: FIRST }
  expect(await books.differences(report, asked)).toEqual([])
  await books.plant(sql)
  expect((await books.differences(report, asked)).join('\n')).toMatch(noticed)
})
