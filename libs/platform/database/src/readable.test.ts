import { isUnreadable, readable } from '@lijian/contracts/text'
import { testDatabase } from '@lijian/testing'
import fc from 'fast-check'
import { Client } from 'pg'

let database: Awaited<ReturnType<typeof testDatabase>>
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

const isWellFormed = (of: string) => !/\p{Cs}/u.test(of)
const piece = fc.constantFrom(
  '\0',
  '\ud83d',
  '\ude00',
  '\ud83d\ude00',
  '\\',
  '\\u0000',
  '\\ud800',
  'u0000',
  '"',
  '\n',
  '满',
  'a',
)
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

async function read(document: string): Promise<{ one: string; code: string; odd: boolean }> {
  const { rows } = await sql.query<{ one: string; code: string; odd: boolean }>(
    `SELECT ${readable('d')} ->> 'one' AS one, ${readable('d')} ->> 'code' AS code, ${isUnreadable('d')} AS odd FROM (SELECT $1::json AS d) x`,
    [document],
  )
  return rows[0]!
}

test('of any document every text is read, without NUL and without halves of pairs', () =>
  fc.assert(
    fc.asyncProperty(text, text, async (one, other) => {
      const found = await read(JSON.stringify({ [other]: other, one, code: 'C1' }))
      expect(found.code).toBe('C1')
      // Of halves that stand around something left out, a pair may be made.
      if (isWellFormed(one)) expect(found.one).toBe(one.replaceAll('\0', ''))
      const isFine = (of: string) => !of.includes('\0') && isWellFormed(of)
      expect(found.odd).toBe(!isFine(one) || !isFine(other))
    }),
    { numRuns: 300 },
  ))

test('whole pairs written as escapes stay', async () => {
  const found = await read(String.raw`{"one":"\ud83d\ude00\ud83d","code":"\u0043\u0031"}`)
  expect(found).toEqual({ one: '😀', code: 'C1', odd: true })
  expect(await read(String.raw`{"one":"\uD83D\uDE00","code":"C1"}`)).toMatchObject({ one: '😀', odd: false })
})
