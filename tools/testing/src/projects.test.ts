import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, needs } from './keeper/client'

const { projectOf, testsByProject } = require('../projects.cjs') as {
  projectOf(test: string): string
  testsByProject(): Record<string, string[]>
}
const root = join(__dirname, '..', '..', '..')

test('every test file is in one project, by what it asks for', () => {
  const found = testsByProject()
  const all = Object.values(found).flat()
  expect(new Set(all).size).toBe(all.length)
  const name = (path: string) => path.slice(root.length + 1)
  expect(found['pure']!.map(name)).toContain('libs/core/money/src/money.test.ts')
  expect(found['database']!.map(name)).toContain('libs/core/admission/src/admission.test.ts')
  expect(found['flows']!.map(name)).toContain('workflows/marketing/refund/src/workflow.test.ts')
  expect(found['house']!.map(name)).toContain('tools/under-fire/src/day-close.test.ts')
})

const folder = join(root, 'tmp', `projects-test-${process.pid}`)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each`
  project       | text
  ${'pure'}     | ${"import { Cable } from '@lijian/testing'\n// testDatabase is only talked about"}
  ${'database'} | ${"import { testDatabase } from '@lijian/testing'"}
  ${'flows'}    | ${"import { testDatabase, testTemporal } from '@lijian/testing'"}
  ${'house'}    | ${"import { spawn } from 'node:child_process'\nimport { testTemporal } from '@lijian/testing'"}
`('$project: read from the file and from what it imports', ({ project, text }) => {
  mkdirSync(join(folder, project), { recursive: true })
  writeFileSync(join(folder, project, 'a.test.ts'), text)
  writeFileSync(join(folder, project, 'b.test.ts'), "import { stage } from './a.test'")
  expect(projectOf(join(folder, project, 'a.test.ts'))).toBe(project)
  expect(projectOf(join(folder, project, 'b.test.ts'))).toBe(project)
})

test.each`
  project       | server
  ${'pure'}     | ${'PostgreSQL'}
  ${'pure'}     | ${'Temporal'}
  ${'database'} | ${'Temporal'}
  ${'flows'}    | ${'a process of its own'}
`('a test of $project that asks for $server fails and says what to do', ({ project, server }) => {
  const own = globalThis.LIJIAN_TEST_PROJECT
  globalThis.LIJIAN_TEST_PROJECT = project
  expect(() => needs(server)).toThrow(`a test of the project "${project}" asks for ${server}: import what asks for it`)
  globalThis.LIJIAN_TEST_PROJECT = own
})

test('outside jest there are no servers to ask for', async () => {
  const kept = process.env.LIJIAN_TEST_KEEPER
  delete process.env.LIJIAN_TEST_KEEPER
  expect(() => ask('database')).toThrow('no test servers: run tests with jest from the root')
  if (kept !== undefined) process.env.LIJIAN_TEST_KEEPER = kept
})
