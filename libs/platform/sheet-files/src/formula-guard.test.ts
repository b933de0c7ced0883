import { testDatabase, type TestDatabase } from '@lijian/testing'
import fc from 'fast-check'
import { Client } from 'pg'
import { FORMULA_STARTS, guardedText, guardSql } from './formula-guard'

let database: TestDatabase
let sql: Client
beforeAll(async () => {
  database = await testDatabase()
  sql = new Client({ connectionString: database.url })
  await sql.connect()
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

test.each(FORMULA_STARTS.map((start) => [JSON.stringify(start), start]))('%s begins no cell', (_shown, start) => {
  expect(guardedText(`${start}1+1`)).toBe(`'${start}1+1`)
  expect(guardedText(`  ${start}1+1`)).toBe(`'  ${start}1+1`)
  expect(guardedText(`a${start}1`)).toBe(`a${start}1`)
})

test('PostgreSQL guards the same texts as JavaScript', async () => {
  const letter = fc.constantFrom(...FORMULA_STARTS, ' ', 'a', '1', '\n', '张', '"')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: letter, maxLength: 4 }), { minLength: 20, maxLength: 50 }),
      async (texts) => {
        const { rows } = await sql.query<{ text: string; guarded: string }>(
          `SELECT t AS text, ${guardSql('t')} || t AS guarded FROM unnest($1::text[]) WITH ORDINALITY u (t, n) ORDER BY n`,
          [texts],
        )
        expect(rows.map(({ guarded }) => guarded)).toEqual(texts.map(guardedText))
      },
    ),
    { numRuns: 20 },
  )
})
