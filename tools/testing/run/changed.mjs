import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { bin, environment, root, run } from './steps.mjs'

const { packageFolders, packagesThatRead } = createRequire(import.meta.url)('../projects.cjs')
const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim()
const lines = (text) => text.split('\n').filter((line) => line !== '')

/** Files that differ from the base, the packages that Nx finds affected by them, and those whose tests read data that differs. */
export async function whatChanged() {
  const base = baseOf()
  const files = [...new Set([...lines(git('diff', '--name-only', base)), ...untracked()])]
  // Data is read by tests alone: what stands on a package with such a test is not affected.
  const isData = (file) => /^(campaigns|docs)\//.test(file)
  const [data, code] = [files.filter(isData), files.filter((file) => !isData(file))]
  const folders = packageFolders()
  const affected = (await affectedBy(code)).map((name) => folders.get(name)).filter((folder) => folder !== undefined)
  const readers = ['campaigns', 'docs'].filter((place) => data.some((file) => file.startsWith(`${place}/`)))
  return {
    base,
    files: files.filter((file) => existsSync(join(root, file))),
    folders: [...new Set([...affected, ...readers.flatMap(packagesThatRead)])],
  }
}

async function affectedBy(files) {
  if (files.length === 0) return []
  return JSON.parse(await run(bin('nx'), ['show', 'projects', '--affected', `--files=${files.join(',')}`, '--json']))
}

const untracked = () => lines(git('ls-files', '--others', '--exclude-standard'))

/** The merge base with main; on main itself its newest commit while something is not committed, else the commit before. */
function baseOf() {
  const head = git('rev-parse', 'HEAD')
  const main = ['origin/main', 'main'].find((name) => exists(name))
  const base = main ? git('merge-base', main, 'HEAD') : head
  if (base !== head || git('status', '--porcelain') !== '') return base
  return exists('HEAD~1') ? git('rev-parse', 'HEAD~1') : head
}

function exists(name) {
  try {
    execFileSync('git', ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], {
      cwd: root,
      env: environment(),
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}
