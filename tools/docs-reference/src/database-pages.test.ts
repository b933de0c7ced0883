import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
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

/** The name of a metric where a program makes it. */
const MADE = /name: ['"`](lijian_\w+)['"`]|(?:metrics\.(?:counter|gauge|seconds|histogram)|gauge)\(\s*'(\w+)'/g

test('the page has every metric that a program of the house makes', () => {
  const files = execFileSync('git', ['ls-files', 'apps/*.ts', 'libs/*.ts'], { cwd: ROOT, encoding: 'utf8' }).split('\n')
  const made = files
    .filter((file) => file !== '' && !file.endsWith('.test.ts') && existsSync(join(ROOT, file)))
    .flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(MADE)])
    .map(([, whole, short]) => whole ?? short!)
  expect(made.length).toBeGreaterThan(20)
  expect(made.filter((name) => !pages['docs/reference/metrics.md']!.includes(name))).toEqual([])
})
