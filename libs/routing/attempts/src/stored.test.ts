import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROUTE_VERSION, shapeFault } from '@lijian/database'
import { putRows, rowsOf, type TableRows } from '@lijian/testing'
import { CAMPAIGN, goOn, ROUTING, store, TABLES } from './testing/stored'
import { Stage } from './testing/stage'

/** Rows and answers as each release before this one wrote them: made by its own code from `store` and `goOn`, and never changed since. */
const older = [1].map(
  (version) =>
    JSON.parse(readFileSync(join(__dirname, 'testing', `stored-v${version}.json`), 'utf8')) as {
      tables: TableRows
      answers: unknown
    },
)

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open(ROUTING, [CAMPAIGN])
})
afterEach(() => stage.close())

const faults = ({ route }: TableRows) => route!.map((row) => shapeFault('route', row)).filter(Boolean)
const versions = ({ route }: TableRows) => [...new Set(route!.map(({ record }) => (record as { v?: number }).v))]

test.each(older)(
  'routes as an earlier release stored them are read and go on as in it',
  async ({ tables, answers }) => {
    expect(faults(tables)).toEqual([])
    await putRows(stage.sql, tables)
    expect(await goOn(stage, await stage.process())).toEqual(answers)
    const after = await rowsOf(stage.sql, TABLES)
    expect(faults(after)).toEqual([])
    expect(versions(after)).toEqual(expect.arrayContaining([...versions(tables), ROUTE_VERSION]))
  },
)

test("what this release stores has today's shape, and differs from the last one by its version only", async () => {
  await store(stage, await stage.process())
  const tables = await rowsOf(stage.sql, TABLES)
  expect(faults(tables)).toEqual([])
  expect(versions(tables)).toEqual([ROUTE_VERSION])
  const stored = ({ route }: TableRows) =>
    route!.map(({ serial, record, attempts }) => ({
      serial,
      record: { ...(record as object), v: undefined },
      // Its ids are of this run.
      attempts: (attempts as object[]).map((attempt) => ({ ...attempt, tellers: undefined })),
    }))
  expect(stored(tables)).toEqual(stored(older.at(-1)!.tables))
})
