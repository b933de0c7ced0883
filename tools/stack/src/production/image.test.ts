import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { repositoryRoot } from '../core/stack'

const root = repositoryRoot()
// Beside the sources: their files are linked and not copied.
const folder = join(root, 'tmp', `image-test-${process.pid}`)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const filesBelow = (at: string): string[] =>
  readdirSync(at, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(at, entry.name)) : [relative(folder, join(at, entry.name))],
  )

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== 'node_modules') linkTree(join(from, entry.name), join(to, entry.name))
    else if (entry.isFile()) linkSync(join(from, entry.name), join(to, entry.name))
  }
}

test('the image holds no test, no source of a test and no tool, and everything that its programs read', () => {
  for (const place of ['apps', 'libs', 'workflows', 'sdk', 'tools/stack/src'])
    linkTree(join(root, place), join(folder, place))
  // What others ship stays as it is.
  const foreign = join('apps', 'api', 'node_modules', 'foreign', 'testing')
  mkdirSync(join(folder, foreign), { recursive: true })
  writeFileSync(join(folder, foreign, 'index.test.js'), '')
  const before = filesBelow(folder)
  execFileSync('sh', [join(root, 'docker', 'prune.sh'), folder])
  const left = filesBelow(folder)

  expect(left).toContain(join(foreign, 'index.test.js'))
  const ours = left.filter((file) => !file.includes('node_modules'))
  const wrong = /(^|\/)(testing|histories)\/|\.test\.|\.tsbuildinfo$|^tools\/|\/src\/.*\.ts$/
  expect(ours.filter((file) => wrong.test(file))).toEqual([])
  // Each program and each door that was built is still there, and so is what is read at run time.
  const kept = before.filter((file) =>
    /\/dist\/.*\.js$|\/migrations\/.*\.sql$|\/sql\/.*\.sql$|^[^/]+\/.*package\.json$/.test(file),
  )
  expect(kept.filter((file) => !wrong.test(file) && !left.includes(file))).toEqual([])
  for (const file of [
    'apps/api/dist/main.js',
    'apps/worker/dist/main.js',
    'apps/report-generator/dist/main.js',
    'apps/cli/dist/migrate/cli.js',
    'apps/cli/dist/health/cli.js',
  ])
    expect(left).toContain(file)
})

test('the Dockerfile prunes by the script that is tested here', () => {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8')
  expect(text).toContain('sh docker/prune.sh /lijian')
  expect(text).toContain('npm prune --omit=dev')
})
