import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourceExecArgv, testDatabase, type TestDatabase } from '@lijian/testing'
import { databasePages } from './database-pages'
import { ROOT } from './root'

let database: TestDatabase
let pages: Record<string, string>
beforeAll(async () => {
  database = await testDatabase()
  pages = await databasePages(database.url, sourceExecArgv)
})
afterAll(() => database.drop())

test.each(['docs/reference/schema.md', 'docs/reference/api.md', 'docs/reference/metrics.md'])(
  '%s is what `npm run docs` makes',
  (path) => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(pages[path])
  },
)
