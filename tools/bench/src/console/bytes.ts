import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** KB as browsers' tools count them: 1000 bytes. */
const KB = 1000
/** What a page may load. CONSOLE.md had measured what antd, router and queries need. */
export const BUDGETS = {
  /** Frame and any list. */
  first: 380 * KB,
  /** The same, and any other page with its forms. */
  page: 430 * KB,
  /** One file that is loaded later. */
  late: 130 * KB,
} as const

/** An entry of what Vite says of its build. */
interface Chunk {
  file: string
  isEntry?: boolean
  isDynamicEntry?: boolean
  imports?: string[]
  css?: string[]
}
export type Manifest = Readonly<Record<string, Chunk>>

export interface Size {
  what: string
  bytes: number
  budget: number
}

const APP = () => join(dirname(require.resolve('@lijian/console/package.json')), 'dist', 'app')

/** Of the console as it is built. */
export function sizesOfBuild(app = APP()): Size[] {
  const manifest = JSON.parse(readFileSync(join(app, '.vite', 'manifest.json'), 'utf8')) as Manifest
  return sizesOf(manifest, (file) => gzipSync(readFileSync(join(app, file)), { level: 9 }).length)
}

/** Gzip bytes of the first load, of each page that comes later, and of each file that the first load has none of. */
export function sizesOf(manifest: Manifest, bytesOf: (file: string) => number): Size[] {
  const known = new Map<string, number>()
  const bytes = (file: string) => {
    if (!known.has(file)) known.set(file, bytesOf(file))
    return known.get(file)!
  }
  const sum = (files: ReadonlySet<string>) => [...files].reduce((total, file) => total + bytes(file), 0)
  const entry = Object.keys(manifest).find((key) => manifest[key]!.isEntry)
  if (entry === undefined) throw new Error('the build of the console names no entry')
  const first = filesOf(manifest, entry)
  const pages = Object.keys(manifest).filter((key) => manifest[key]!.isDynamicEntry)
  const later = new Set(pages.flatMap((key) => [...filesOf(manifest, key)]).filter((file) => !first.has(file)))
  return [
    { what: 'first load: frame and any list', bytes: sum(first), budget: BUDGETS.first },
    ...pages.map((key) => ({
      what: `page ${nameOf(key)}`,
      bytes: sum(new Set([...first, ...filesOf(manifest, key)])),
      budget: BUDGETS.page,
    })),
    ...[...later].map((file) => ({ what: `file ${nameOf(file)}`, bytes: bytes(file), budget: BUDGETS.late })),
  ]
}

/** Of a chunk and of all that it cannot run without. */
function filesOf(manifest: Manifest, key: string, seen = new Set<string>()): ReadonlySet<string> {
  const { file, imports = [], css = [] } = manifest[key]!
  if (seen.has(file)) return seen
  seen.add(file)
  for (const sheet of css) seen.add(sheet)
  for (const needed of imports) filesOf(manifest, needed, seen)
  return seen
}

const nameOf = (path: string) => path.replace(/^.*\//, '').replace(/(-[\w-]{8})?\.\w+$/, '')

export const tooLarge = (sizes: readonly Size[]): Size[] => sizes.filter(({ bytes, budget }) => bytes > budget)
export const kb = (bytes: number): string => (bytes / KB).toFixed(1)
