import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PLAIN } from './plain-pages'
import { decisions } from './pages/decisions'
import { ruleDocument, routingDocument } from './pages/documents'
import { ROOT } from './root'

test.each(Object.entries(PLAIN))('%s is what `npm run docs` makes', (path, make) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(make())
})

test('no meaning of a document speaks of a key that is not there', () => {
  expect(ruleDocument().unused).toEqual([])
  expect(routingDocument().unused).toEqual([])
})

test('decisions are numbered without gaps, and each says why and what follows', () => {
  const all = decisions()
  expect(all.map(({ file }) => Number(file.slice(0, 4)))).toEqual(all.map((_, i) => i + 1))
  for (const { file, title, status, sections } of all) {
    expect({ file, sections }).toEqual({ file, sections: ['Status', 'Context', 'Decision', 'Consequences'] })
    expect({ file, title: title.length > 10, status: status.length > 0 }).toEqual({ file, title: true, status: true })
  }
})
