/**
 * What ./lijian does before a command: look at Node, install packages, build. It uses nothing but Node itself, for on a fresh clone
 * there is nothing else. Each step is skipped when a quick look says that nothing changed.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const command = process.argv.slice(2).find((word) => !word.startsWith('-'))
/** For these the launcher itself is enough; every other command runs programs of the project. */
const isLaunchers = new Set(['down', 'status', 'logs', 'config', 'reset', 'sbom', 'help']).has(command ?? 'help')

requireNode([20, 19])
try {
  await installPackages()
  await build(!isLaunchers)
} catch (error) {
  console.error(`lijian: ${error.message}`)
  process.exit(1)
}
await import('./dist/cli.js')

function requireNode([major, minor]) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number)
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return
  console.error(`lijian: Node.js ${major}.${minor} or newer is needed; this is ${process.versions.node}`)
  process.exit(1)
}

/** No package runs a program of its own while it is installed, but for those that package.json allows by name. */
async function installPackages() {
  const fresh = !existsSync(join(root, 'node_modules'))
  const missing = outOfStep()
  // Faster where little is missing. It may leave versions that are not those of the lock file, so it is looked at again.
  if (missing && !fresh)
    await attempt(`installing packages (${missing})`, 'npm', ['install', '--ignore-scripts', '--no-save'])
  const reason = missing && outOfStep()
  if (reason) await must(`installing packages (${reason})`, 'npm', ['ci', '--ignore-scripts'])
  await runAllowedScripts()
}

/** Packages of other platforms are absent: their binaries are not needed here. */
async function runAllowedScripts() {
  const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const manifest = (name) => join(root, 'node_modules', name, 'package.json')
  const names = Object.keys(allowScripts).filter((name) => allowScripts[name] && existsSync(manifest(name)))
  const done = names.map((name) => `${name}@${JSON.parse(readFileSync(manifest(name), 'utf8')).version}\n`).join('')
  const stamp = join(root, 'node_modules', '.cache', 'lijian-scripts')
  if (names.length === 0 || (existsSync(stamp) && readFileSync(stamp, 'utf8') === done)) return
  await must(`running the install scripts of ${names.join(', ')}`, 'npm', [
    'rebuild',
    '--ignore-scripts=false',
    ...names,
  ])
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, done)
}

/** npm writes what it installed to node_modules/.package-lock.json; it is compared with the lock file, package by package. */
function outOfStep() {
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'))
  if (!installed) return 'none are there yet'
  const wanted = readLock(join(root, 'package-lock.json')) ?? {}
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || !path.includes('node_modules')) continue
    const have = installed[path]
    if (!have && (entry.optional || entry.devOptional || entry.peer)) continue
    if (!have) return `${path} is missing`
    if (have.version !== entry.version) return `${path} is ${have.version}, wanted is ${entry.version}`
  }
  return undefined
}

function readLock(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined
}

async function build(everything) {
  const launcher = ['libs/platform/config', 'libs/platform/text-table', 'tools/stack']
  const folders = everything ? packageFolders() : launcher
  if (isBuilt(everything ? 'all' : 'launcher', folders)) return
  const stamp = stampOf(folders)
  const projects = everything ? [] : ['--projects', '@lijian/config,@lijian/text-table,@lijian/stack']
  const nx = join(root, 'node_modules', '.bin', 'nx')
  await must('building', process.execPath, [nx, 'run-many', '-t', 'build', ...projects])
  keepStamp(everything ? 'all' : 'launcher', stamp)
  if (everything) keepStamp('launcher', stampOf(launcher))
}

function stampFile(name) {
  return join(root, 'node_modules', '.cache', `lijian-build-${name}`)
}

function keepStamp(name, stamp) {
  mkdirSync(dirname(stampFile(name)), { recursive: true })
  writeFileSync(stampFile(name), stamp)
}

function isBuilt(name, folders) {
  if (!existsSync(stampFile(name)) || readFileSync(stampFile(name), 'utf8') !== stampOf(folders)) return false
  return folders.every((folder) => builtFiles(folder).every((file) => existsSync(file)))
}

function packageFolders() {
  return ['apps/*', 'libs/*/*', 'workflows/*/*', 'sdk/*', 'tools/*'].flatMap((glob) =>
    foldersOf(glob.split('/')).filter((folder) => existsSync(join(root, folder, 'package.json'))),
  )
}

function foldersOf([first, ...rest]) {
  return rest.reduce(
    (folders, _star) =>
      folders.flatMap((folder) =>
        readdirSync(join(root, folder), { withFileTypes: true })
          .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== 'dist')
          .map((entry) => `${folder}/${entry.name}`),
      ),
    [first],
  )
}

/** What a build leaves: in dist, a file for each door of the package and for each of its programs. */
function builtFiles(folder) {
  const source = join(root, folder, 'src')
  if (!existsSync(source)) return []
  const { exports = {} } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const doors = Object.values(exports).map((door) => door['@lijian/source'] ?? '')
  const programs = filesBelow(source, new Set()).filter((file) => /\/(main|cli)\.ts$/.test(file))
  const sources = [...doors.map((door) => join(root, folder, door)), ...programs].filter((file) => file.endsWith('.ts'))
  return sources.filter((file) => existsSync(file)).map((file) => builtFrom(join(root, folder), file))
}

function builtFrom(folder, file) {
  return join(folder, 'dist', relative(join(folder, 'src'), file)).replace(/\.ts$/, '.js')
}

/** Names, sizes and times of all sources: enough to see that nothing changed; Nx looks at the contents when something did. */
function stampOf(folders) {
  const hash = createHash('sha256')
  const add = (file) => {
    const { size, mtimeMs } = statSync(file)
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  for (const file of ['.swcrc', 'nx.json', 'package-lock.json']) add(join(root, file))
  for (const folder of folders) {
    add(join(root, folder, 'package.json'))
    for (const entry of filesBelow(join(root, folder), new Set(['dist', 'node_modules']))) add(entry)
  }
  return hash.digest('hex')
}

function filesBelow(folder, without) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (without.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path, without) : [path]
  })
}

async function must(what, file, args) {
  if (!(await attempt(what, file, args, true))) throw new Error(`${what} failed: ${file} ${args.join(' ')}`)
}

/** Says what is going on and for how long; what the program said is shown only when it fails and that matters. */
function attempt(what, file, args, loud = false) {
  const begun = Date.now()
  const say = (line) => process.stderr.write(`lijian: ${line}\n`)
  say(`${what} …`)
  const timer = setInterval(() => say(`${what} … ${Math.round((Date.now() - begun) / 1000)} s`), 5_000)
  return new Promise((resolve) => {
    let said = ''
    const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_INTERACTIVE: 'false' }
    const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const end = (done) => {
      clearInterval(timer)
      if (!done && loud) process.stderr.write(said)
      resolve(done)
    }
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.once('error', (error) => {
      said += `${error.message}\n`
      end(false)
    })
    child.once('close', (code) => end(code === 0))
  })
}
