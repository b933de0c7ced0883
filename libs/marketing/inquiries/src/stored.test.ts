import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shapeFault, TRANSACTION_VERSION, type RecordTable } from '@lijian/database'
import { putRows, rowsOf, type TableRows } from '@lijian/testing'
import { Stage } from '@lijian/transactions/testing/stage'
import { Pool } from 'pg'
import { Explainer } from './explainer'
import { CAMPAIGNS, goOn, MERCHANT, store, TABLES } from './testing/stored'

/** Rows and answers as each release before this one wrote them: made by its own code from `store` and `goOn`, and never changed since. */
const older = [1].map(
  (version) =>
    JSON.parse(readFileSync(join(__dirname, 'testing', `stored-v${version}.json`), 'utf8')) as {
      tables: TableRows
      answers: Record<string, unknown>
    },
)
const KEY = Buffer.alloc(32)

let stage: Stage
let pool: Pool
beforeEach(async () => {
  stage = await Stage.open(CAMPAIGNS, [MERCHANT])
  pool = new Pool({ connectionString: stage.url, max: 2 })
})
afterEach(async () => {
  await pool.end()
  await stage.close()
})

const answersNow = async () =>
  goOn(stage, await stage.transactions(), new Explainer({ pool, drawKeys: [KEY] })) as Promise<Record<string, unknown>>

const faults = (tables: TableRows) =>
  (['marketing_transaction', 'reverse_transaction'] satisfies RecordTable[]).flatMap((table) =>
    tables[table]!.map((row) => [row['serial'], shapeFault(table, row)]).filter(([, fault]) => fault !== undefined),
  )

/**
 * The first release told every refund as if it had undone the payment, and left out those without an end. Today's words are timeline.test's; here
 * the story is compared without them, and without the list that repeats the story.
 */
const withoutRefundsTold = (answers: Record<string, unknown>) =>
  Object.entries(answers).map(([asked, answer]) => {
    const { explanation, ...rest } = answer as { explanation?: { text: unknown; timeline: { what: string }[] } }
    if (explanation === undefined) return [asked, answer]
    const timeline = explanation.timeline.filter(({ what }) => what !== 'refund')
    return [asked, { ...rest, explanation: { ...explanation, text: undefined, timeline } }]
  })

/** PostgreSQL keeps no order of rows. */
const bySerial = (rows: TableRows[string]) =>
  rows.toSorted((a, b) => String(a['serial']).localeCompare(String(b['serial'])))

/** Versions that stand in rows; undefined: 1. */
const versions = (tables: TableRows) => [
  ...new Set(tables['marketing_transaction']!.map(({ record }) => (record as { v?: number }).v)),
]

test.each(older)(
  'payments as an earlier release stored them are read and go on as in it',
  async ({ tables, answers }) => {
    expect(faults(tables)).toEqual([])
    await putRows(stage.sql, tables)
    expect(withoutRefundsTold(await answersNow())).toEqual(withoutRefundsTold(answers))
    const after = await rowsOf(stage.sql, TABLES)
    expect(faults(after)).toEqual([])
    // What was changed has today's version; what was only read stands as it stood.
    expect(versions(after)).toEqual(expect.arrayContaining([...versions(tables), TRANSACTION_VERSION]))
  },
)

test("what this release stores has today's shape, and is answered as the last one answered it", async () => {
  await store(stage, await stage.transactions())
  const tables = await rowsOf(stage.sql, TABLES)
  expect(faults(tables)).toEqual([])
  expect(versions(tables)).toEqual([TRANSACTION_VERSION])
  const unversioned = bySerial(tables['marketing_transaction']!).map(({ record }) =>
    withoutIds({ ...(record as Stored), v: undefined }),
  )
  const last = bySerial(older.at(-1)!.tables['marketing_transaction']!)
  expect(unversioned).toEqual(last.map(({ record }) => withoutIds(record as Stored)))
})

interface Stored {
  v?: number
  refunds?: object[]
  basis?: object
}
/** Which snapshot and when differ from run to run. */
const withoutIds = (record: Stored) => ({
  ...record,
  basis: record.basis && { ...record.basis, snapshot: '' },
  refunds: record.refunds?.map((refund) => ({ ...refund, at: '' })),
})
