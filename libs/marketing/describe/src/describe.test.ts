import { placesOf, WHOLE_CAMPAIGN } from '@lijian/contracts/testing/whole-campaign'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe as described } from './index'

const ROOT = join(__dirname, '../../../../campaigns')
const GOLDEN = join(__dirname, 'testing/golden')

function documentsIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) return documentsIn(path)
      return name.endsWith('.json') && isCampaign(JSON.parse(readFileSync(path, 'utf8'))) ? [path] : []
    })
}
const isCampaign = (json: { offers?: unknown; funders?: unknown }) => Array.isArray(json.offers) && 'funders' in json

const documents = documentsIn(ROOT).map((path) => ({
  name: relative(ROOT, path),
  json: JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>,
}))
const said = (json: unknown) => described(json).flatMap(({ zh, en }) => [zh, en])

test('all published campaigns, seeds and examples are here', () => {
  expect(documents.length).toBeGreaterThanOrEqual(58)
})

test.each([
  ['seeds', /^seeds\//],
  ['in-the-wild', /^in-the-wild\//],
  ['examples', /^(?!seeds|in-the-wild)/],
])('golden: the sentences of %s', (name, which) => {
  const text = documents
    .filter((document) => which.test(document.name))
    .map((document) => `## ${document.name}\n\n${said(document.json).join('\n')}\n`)
    .join('\n')
  const path = join(GOLDEN, `${name}.txt`)
  if (process.env['LIJIAN_WRITE_GOLDEN'] === '1') writeFileSync(path, text)
  expect(text).toBe(readFileSync(path, 'utf8'))
})

test('no key of the schema is told as an unknown one', () => {
  for (const { zh } of described(WHOLE_CAMPAIGN)) expect(zh).not.toMatch(/^另有|另有“/)
})

/** Another value of the same kind, and one of another. */
function othersOf(value: unknown): unknown[] {
  if (typeof value === 'number') return [value + 1, String(value)]
  if (typeof value === 'boolean') return [!value, 'yes']
  if (typeof value === 'string') return [`${value}x`, 7]
  return []
}

test.each([...documents, { name: 'whole', json: WHOLE_CAMPAIGN as Record<string, unknown> }])(
  'another value is another text: $name',
  ({ json }) => {
    const before = said(json).join('\n')
    const unsaid: string[] = []
    const copy = structuredClone(json)
    for (const { holder, key } of placesOf(copy)) {
      if (key === '$schema') continue
      const kept = holder[key]
      for (const other of othersOf(kept)) {
        holder[key] = other
        if (said(copy).join('\n') === before) unsaid.push(`${key}: ${String(kept)} -> ${String(other)}`)
      }
      holder[key] = kept
      if (Array.isArray(holder) && holder.length > 1) {
        const gone = holder.splice(Number(key), 1)
        if (said(copy).join('\n') === before) unsaid.push(`without [${key}]: ${JSON.stringify(gone)}`)
        holder.splice(Number(key), 0, ...(gone as unknown[]))
      }
    }
    expect(unsaid).toEqual([])
  },
)

test('a key that is not known, at every place, is said plainly; also beside gaps', () => {
  const copy = structuredClone(WHOLE_CAMPAIGN) as Record<string, unknown>
  const holders = [copy, ...placesOf(copy).map(({ holder, key }) => holder[key])]
  for (const holder of holders) {
    if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) continue
    const part = holder as Record<string, unknown>
    part['newKey'] = 'strange'
    expect(said(copy).join('\n')).toContain('strange')
    delete part['newKey']
  }
  expect(said({ code: 1, offers: 'none', budget: [] }).join('\n')).toContain('"offers": none')
  expect(said(null).length).toBeGreaterThan(0)
})

test('a list of many is cut, and another one reads differently', () => {
  const offer = (last: string) => ({
    offers: [{ merchants: [...Array.from({ length: 99_999 }, (_, i) => `M${i}`), last] }],
  })
  const [a, b] = [said(offer('A')).join(), said(offer('B')).join()]
  expect(a).not.toBe(b)
  expect(a.length).toBeLessThan(2_000)
})
