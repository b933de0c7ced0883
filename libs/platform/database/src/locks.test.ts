import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { LOCKS } from './locks'

const root = join(__dirname, '..', '..', '..', '..')

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'histories', '.nx'].includes(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : /(?<!\.test)\.ts$|\.sql$/.test(entry.name) ? [path] : []
  })
}

/** What stands behind the parenthesis of each advisory lock, by file. */
const taken = ['libs', 'apps', 'workflows', 'tools'].flatMap((place) =>
  filesBelow(join(root, place)).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bpg_(?:try_)?advisory_(?:xact_)?(?:un)?lock(?:_shared)?\((\$?\w+)/g)].map(
      ([, first]) => ({ file: relative(root, file), first: first! }),
    ),
  ),
)

/** A migration is never written again; what it defined counts until a later one defines it anew. */
const isReplaced = ({ file, first }: { file: string; first: string }): boolean =>
  (file.includes('migrations/0010-books') && first === '7202') ||
  (file.includes('migrations/0020-cheap-tables') && first === '7209')

test('no number means two things', () => {
  const numbers = Object.values(LOCKS)
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('TypeScript names its locks, and SQL takes only numbers of the table', () => {
  const known = new Set<string>(Object.values(LOCKS).map(String))
  expect(taken.length).toBeGreaterThan(15)
  expect(taken.filter(({ file, first }) => file.endsWith('.ts') && !first.startsWith('$'))).toEqual([])
  const inSql = taken.filter((one) => one.file.endsWith('.sql') && !isReplaced(one))
  expect(inSql.filter(({ first }) => !known.has(first))).toEqual([])
  // One SQL file or migration for each number, but for dates: what opens one and what freezes it meet on purpose.
  const places = (number: number) =>
    new Set(inSql.filter(({ first }) => first === String(number)).map(({ file }) => file))
  const { decisionDays, cardWentOver, seal, reconciledDay, auditMonths, auditSeal } = LOCKS
  for (const number of [decisionDays, cardWentOver, seal, reconciledDay, auditMonths, auditSeal])
    expect([number, places(number).size]).toEqual([number, 1])
  expect(places(LOCKS.businessDate).size).toBe(2)
})
