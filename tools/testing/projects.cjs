/**
 * Which jest project a test file belongs to. What a test asks for decides, and that is read from its imports: from the file itself, the
 * files of its package that it imports, and the folders `testing` of other packages. A test that asks for more than its project has fails
 * and names this file (src/keeper/client.ts).
 */
const { existsSync, readdirSync, readFileSync } = require('node:fs')
const { dirname, join, relative } = require('node:path')

const root = join(__dirname, '..', '..')
const PLACES = ['libs', 'apps', 'workflows', 'sdk', 'tools']
/** From the least to the most. */
const PROJECTS = ['pure', 'database', 'flows', 'house']

const words = (...names) => new RegExp(`\\b(${names.join('|')})\\b`)
const ASKS = {
  house: words('forkSource', 'node:child_process'),
  flows: words('askTemporal', 'testTemporal', 'testWorkflowBundle', 'workflowStage', 'replayHistories'),
  database: words('testDatabase', 'testRedis'),
}
const IMPORT = /(?:from|import|require\(|require\.resolve\()\s*'(\.[^']*|@lijian\/[^']*\/testing\/[^']*)'/g

const files = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'histories'].includes(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? files(path) : [path]
  })

const known = new Map()
/** A file's text without comments, and the files that it imports. */
function read(file) {
  if (!known.has(file)) {
    const text = readFileSync(file, 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '')
    const imports = [...text.matchAll(IMPORT)].map(([, specifier]) => resolve(file, specifier))
    known.set(file, { text, imports: imports.filter((path) => path !== undefined) })
  }
  return known.get(file)
}

function resolve(file, specifier) {
  const path = specifier.startsWith('.') ? join(dirname(file), specifier) : testingDoor(specifier)
  return ['.ts', '/index.ts', '']
    .map((end) => path + end)
    .find((candidate) => candidate.endsWith('.ts') && existsSync(candidate))
}

let packages
/** Each package's folder, from the root. */
function packageFolders() {
  packages ??= new Map(
    PLACES.flatMap((place) => files(join(root, place)))
      .filter((file) => file.endsWith('/package.json'))
      .map((file) => [JSON.parse(readFileSync(file, 'utf8')).name, relative(root, dirname(file))]),
  )
  return packages
}

/** `@lijian/name/testing/stage` stands in the package's folder under src. */
function testingDoor(specifier) {
  const [scope, name, ...rest] = specifier.split('/')
  return join(root, packageFolders().get(`${scope}/${name}`) ?? '', 'src', ...rest)
}

/** A test file with what it imports of the house's own test side, each with its text. */
function closureOf(test) {
  const seen = new Set([test])
  for (const file of seen) for (const imported of read(file).imports) seen.add(imported)
  return [...seen].map(read)
}

function projectOf(test) {
  const closure = closureOf(test)
  return Object.keys(ASKS).find((project) => closure.some(({ text }) => ASKS[project].test(text))) ?? 'pure'
}

/** The test files in a folder, named from the root. */
const testsBelow = (folder) => files(join(root, folder)).filter((name) => name.endsWith('.test.ts'))

/** Whether a test names a folder of the root's data in a path. */
const reads = (test, place) => closureOf(test).some(({ text }) => new RegExp(`['/]${place}['/]`).test(text))

/** The folders of packages with a test that reads a folder of the root's data. */
const packagesThatRead = (place) =>
  [...packageFolders().values()].filter((folder) => testsBelow(folder).some((test) => reads(test, place)))

/** The test files of each project. */
function testsByProject() {
  const found = Object.fromEntries(PROJECTS.map((project) => [project, []]))
  for (const file of PLACES.flatMap(testsBelow)) found[projectOf(file)].push(file)
  return found
}

module.exports = { PROJECTS, PLACES, packageFolders, packagesThatRead, projectOf, reads, testsBelow, testsByProject }
