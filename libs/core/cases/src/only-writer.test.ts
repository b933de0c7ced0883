import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const ROOT = resolve(__dirname, '../../../..')
const WRITES = /(INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO)\s+reconciliation_case\b/i

/** Sources and SQL functions that run; tests may lay down a case themselves. */
function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name)
    if (entry.isDirectory())
      return ['node_modules', 'dist', 'testing', 'histories', 'migrations'].includes(entry.name) ? [] : sources(path)
    return /\.(ts|mjs|sql)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [path] : []
  })
}

test('only this package writes reconciliation_case', () => {
  const writers = ['apps', 'libs', 'sdk', 'tools', 'workflows']
    .flatMap((wing) => sources(join(ROOT, wing)))
    .filter((path) => WRITES.test(readFileSync(path, 'utf8')))
    .map((path) => relative(ROOT, path))
  expect(writers.sort()).toEqual([
    'libs/core/cases/src/case-kinds.ts',
    'libs/core/cases/src/cases.ts',
    'libs/core/cases/src/open-cases.ts',
    'libs/core/cases/src/resolution.ts',
  ])
})
