import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../core/stack'
import { print } from './print'

export interface SbomWords {
  output?: string
}

interface Sbom {
  metadata: { component: { name: string } }
  components: { purl: string }[]
}

interface LockEntry {
  name?: string
  version?: string
  link?: boolean
}

/** The name that registries and advisories use for each package of a lock file, without the repository's own. */
export function lockedPackages(root = repositoryRoot()): string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>
  }
  const foreign = Object.entries(lock.packages).filter(([path, { link }]) => path.includes('node_modules/') && !link)
  return foreign.map(([path, { name, version }]) => purl(name ?? path.replace(/^.*node_modules\//, ''), version ?? ''))
}

const purl = (name: string, version: string) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`

/** `npm sbom` reads the lock file, so nothing need be installed. With `--omit=dev` it leaves out packages that workspaces share, so it is
 *  asked for everything, and a list with a gap is refused. */
export function sbom({ output }: SbomWords): void {
  const root = repositoryRoot()
  const words = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx']
  const text = execFileSync('npm', words, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const document = JSON.parse(text) as Sbom
  const listed = new Set(document.components.map((component) => component.purl))
  const missing = lockedPackages(root).filter((name) => !listed.has(name))
  if (missing.length > 0) throw new Error(`npm sbom left out ${missing.join(', ')}`)
  // npm takes the name of the folder.
  document.metadata.component.name = 'lijian'
  const made = JSON.stringify(document, null, 2)
  if (output === undefined) return print.line(made)
  writeFileSync(output, `${made}\n`)
  print.line(`${output}: ${document.components.length} packages`)
}
