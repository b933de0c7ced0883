import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { namesOf } from './verify'

/** Where the use cases are that make the books; each test plants a bug per name and asserts that exactly this name is told. */
const PLANTED_IN = [
  'marketing/transactions',
  'finance/partner-cycles',
  'finance/clearing',
  'finance/reconciliation',
  'finance/verification',
  'routing/attempts',
].map((lib) => readFileSync(join(__dirname, '..', '..', '..', lib, 'src', 'planted-bugs.test.ts'), 'utf8'))

test.each(namesOf())('%s: has a planted bug', (name) => {
  expect(PLANTED_IN.filter((text) => text.includes(`\${'${name}'}`))).toHaveLength(1)
})
