import { freezeBusinessDay, sealBusinessDay } from '@lijian/database'
import { testDatabase, type TestDatabase } from '@lijian/testing'
import fc from 'fast-check'
import { Pool } from 'pg'
import { Accounts } from './accounts'

let database: TestDatabase
let pool: Pool
let accounts: Accounts
beforeAll(async () => {
  database = await testDatabase()
  pool = new Pool({ connectionString: database.appUrl, max: 2 })
  accounts = new Accounts(pool)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const RULE = { timeZone: 'Asia/Shanghai', cutOff: '24:00' }
let serials = 0
const post = (day: string, debited: string, credited: string, fen: number) =>
  pool.query(
    `INSERT INTO journal (business_date, event, client, serial, detail, accounts, amounts_fen) VALUES ($1, 'settlement', '@test', $2, '{}', $3, $4)`,
    [day, String(++serials), [debited, credited], [fen, -fen]],
  )
const seal = async (day: string) => {
  await freezeBusinessDay(pool, day, RULE)
  await sealBusinessDay(pool, day)
}
const balance = (account: string, opening: number, debit: number, credit: number) => ({
  account,
  opening,
  debit,
  credit,
  closing: opening + debit - credit,
})

test('sealed dates from their rows, later ones from postings, and the balance now', async () => {
  await post('2026-11-01', 'receivable/CCB', 'merchant-discount/M1', 1050)
  await post('2026-11-01', 'receivable/CC', 'merchant-discount/M1', 10)
  await post('2026-11-01', 'merchant-discount/M1', 'receivable/CCB', 50)
  await post('2026-11-03', 'receivable/CCB', 'merchant-discount/M2', 200)
  for (const day of ['2026-11-01', '2026-11-02', '2026-11-03']) await seal(day)
  await post('2026-11-04', 'bank/own', 'receivable/CCB', 1000)
  await post('2026-11-05', 'receivable/CCB', 'merchant-discount/M3', 7)
  const of = async (date?: string, prefix = 'receivable/CCB') =>
    (await accounts.list({ prefix, date, limit: 50 })).accounts
  expect(await of('2026-10-31')).toEqual([])
  expect(await of('2026-11-01')).toEqual([balance('receivable/CCB', 0, 1050, 50)])
  expect(await of('2026-11-02')).toEqual([balance('receivable/CCB', 1000, 0, 0)])
  expect(await of('2026-11-03')).toEqual([balance('receivable/CCB', 1000, 200, 0)])
  expect(await of('2026-11-04')).toEqual([balance('receivable/CCB', 1200, 0, 1000)])
  expect(await of('2026-11-05')).toEqual([balance('receivable/CCB', 200, 7, 0)])
  expect(await of()).toEqual([balance('receivable/CCB', 1200, 7, 1000)])
  expect(await of('2026-11-01', 'receivable/')).toEqual([
    balance('receivable/CC', 0, 10, 0),
    balance('receivable/CCB', 0, 1050, 50),
  ])
  expect(await of('2026-11-05', 'receivable/ccb')).toEqual([])
  // A transfer has two accounts: where nothing is left out, everything sums to nothing.
  const all = await of(undefined, '')
  expect(all).toHaveLength(6)
  expect(all.reduce((sum, { closing }) => sum + closing, 0)).toBe(0)
})

const NAMES = ['bank/own', 'prepaid/A', 'prepaid/AB', 'prepaid/B', 'suspense']
const DAYS = ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04']

test('any postings, any dates sealed, any page size: the list is what adding them up gives', async () => {
  const posting = fc.record({
    day: fc.constantFrom(...DAYS),
    debited: fc.constantFrom(...NAMES),
    credited: fc.constantFrom(...NAMES),
    fen: fc.integer({ min: 0, max: 1000 }),
  })
  const books = fc.record({
    postings: fc.array(posting, { maxLength: 12 }),
    sealed: fc.integer({ min: 0, max: DAYS.length }),
    prefix: fc.constantFrom('', 'prepaid/', 'prepaid/A', 'suspense', 'x'),
    date: fc.constantFrom(undefined, '2026-12-31', ...DAYS, '2027-01-05'),
    limit: fc.integer({ min: 1, max: 6 }),
  })
  await fc.assert(
    fc.asyncProperty(books, async ({ postings, sealed, prefix, date, limit }) => {
      await emptied()
      for (const { day, debited, credited, fen } of postings) await post(day, debited, credited, fen)
      // Days are closed by hand: their time is still to come.
      for (const day of DAYS.slice(0, sealed)) {
        await pool.query('INSERT INTO business_day (business_date) VALUES ($1)', [day])
        await sealBusinessDay(pool, day)
      }
      const shown = []
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const page = await accounts.list({ prefix, date, after, limit })
        expect(page.accounts.length).toBeLessThanOrEqual(limit)
        shown.push(...page.accounts)
        after = page.next
      }
      expect(shown).toEqual(expected(postings, sealed, prefix, date))
    }),
    { numRuns: 60 },
  )
})

interface Posting {
  day: string
  debited: string
  credited: string
  fen: number
}

/** As a person would add it up. */
function expected(postings: readonly Posting[], sealed: number, prefix: string, date: string | undefined) {
  const isBefore = (day: string) => (date === undefined ? DAYS.indexOf(day) < sealed : day < date)
  const isShown = (day: string) => (date === undefined ? !isBefore(day) : day === date)
  const seen = NAMES.filter((name) => name.startsWith(prefix)).filter((name) =>
    postings.some((p) => (p.debited === name || p.credited === name) && (isBefore(p.day) || isShown(p.day))),
  )
  const sum = (some: readonly Posting[]) => some.reduce((total, { fen }) => total + fen, 0)
  return seen.sort().map((name) => {
    const debits = postings.filter(({ debited }) => debited === name)
    const credits = postings.filter(({ credited }) => credited === name)
    const of = (list: readonly Posting[], which: (day: string) => boolean) => sum(list.filter(({ day }) => which(day)))
    const opening = of(debits, isBefore) - of(credits, isBefore)
    return balance(name, opening, of(debits, isShown), of(credits, isShown))
  })
}

async function emptied(): Promise<void> {
  const owner = new Pool({ connectionString: database.url, max: 1 })
  await owner.query(
    `SET session_replication_role = replica; DELETE FROM account_day; DELETE FROM journal_seal; DELETE FROM business_day; DELETE FROM journal`,
  )
  await owner.end()
}
