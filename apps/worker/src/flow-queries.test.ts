import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FLOW_KINDS, FLOW_QUESTIONS, flowQueryUrl, temporalNamespaceUrl } from '@lijian/contracts/shown'
import { testTemporal, type TestTemporal } from '@lijian/testing'

let temporal: TestTemporal
beforeAll(async () => {
  temporal = await testTemporal()
})
afterAll(() => temporal.close())

const ALL = [...FLOW_QUESTIONS, ...FLOW_KINDS]
const typesIn = (text: string) => [...text.matchAll(/\b([a-z]+[A-Za-z]*)\b/g)].map(([, word]) => word!)

test.each(ALL)('Temporal understands the prepared query "$code", and the guide has it', async ({ query, title }) => {
  expect(typeof (await temporal.client.workflow.count(query)).count).toBe('number')
  const guide = await readFile(join(__dirname, '../../../docs/guides/operations/watch-flows.md'), 'utf8')
  expect(guide).toContain(`| ${title.en} | \`${query}\` |`)
})

test('every flow is of one kind, and a kind names no other', async () => {
  const source = await readFile(join(__dirname, 'workflows.ts'), 'utf8')
  const flows = [...source.matchAll(/export \{ ([^}]+) \}/g)].flatMap(([, names]) => names!.split(', '))
  const inKinds = FLOW_KINDS.flatMap(({ query }) => [...query.matchAll(/'(\w+)'/g)].map(([, type]) => type!))
  expect(inKinds.toSorted()).toEqual(flows.toSorted())
  for (const { query } of FLOW_QUESTIONS)
    for (const type of typesIn(query).filter((word) => flows.includes(word))) expect(inKinds).toContain(type)
})

test('a link carries the query whole', () => {
  const url = new URL(flowQueryUrl(temporalNamespaceUrl('http://127.0.0.1:8233/', 'default'), FLOW_QUESTIONS[0]!))
  expect(url.pathname).toBe('/namespaces/default/workflows')
  expect(url.searchParams.get('query')).toBe(FLOW_QUESTIONS[0]!.query)
})
