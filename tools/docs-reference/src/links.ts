import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** A link or path in a Markdown file that leads nowhere. */
export interface DeadLink {
  file: string
  line: number
  target: string
}

const FENCE = /^\s*(```|~~~)/
const LINK = /!?\[(?:[^\]\\]|\\.)*\]\(<?([^()\s>]+(?:\([^()\s]*\)[^()\s>]*)*)>?(?:\s+"[^"]*")?\)/g
const SPAN = /`([^`]+)`/g
const OUTSIDE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i
/** A path of the repository as prose writes it: from its root, without wildcards and placeholders. */
const PATH = /^(?:\.\/)?((?:libs|apps|workflows|tools|docs|sdk|campaigns|docker)\/[\w@./-]+?)(?:[#:]\S*)?$/

/** GitHub's anchor of a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')

/** Lines of prose with their numbers; what stands in a fence is none. */
function proseOf(text: string): [number, string][] {
  let inFence = false
  return text.split('\n').flatMap((line, i): [number, string][] => {
    if (FENCE.test(line)) inFence = !inFence
    return inFence || FENCE.test(line) ? [] : [[i + 1, line]]
  })
}

/** Every anchor of a page; of several equal headings the later ones are numbered. */
export function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>()
  const anchors = new Set([...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id]) => id!))
  for (const [, line] of proseOf(text)) {
    const heading = /^#{1,6}\s+(.+?)\s*#*$/.exec(line)?.[1]
    if (heading === undefined) continue
    const anchor = anchorOf(heading)
    const times = seen.get(anchor) ?? 0
    seen.set(anchor, times + 1)
    anchors.add(times === 0 ? anchor : `${anchor}-${times}`)
  }
  return anchors
}

/** What a link of `file` says of another place of the repository, and whether that is there. */
function leads(root: string, file: string, target: string): boolean {
  const [path = '', anchor] = target.split('#')
  const found =
    path === ''
      ? join(root, file)
      : path.startsWith('/')
        ? join(root, path)
        : join(root, dirname(file), decodeURI(path))
  if (relative(root, found).startsWith('..') || !existsSync(found)) return false
  if (anchor === undefined || anchor === '') return true
  // Anchors of anything but Markdown (lines of a source file) are the viewer's.
  if (!found.endsWith('.md')) return statSync(found).isFile()
  return anchorsOf(readFileSync(found, 'utf8')).has(decodeURIComponent(anchor))
}

/** Is a path that stands in a code span there? A build's output need not be. */
const pathExists = (root: string, path: string): boolean =>
  /(^|\/)(?:dist|node_modules)(\/|$)/.test(path) || existsSync(join(root, path))

/** Every relative link, anchor and repository path of one Markdown file that leads nowhere. */
export function deadLinksOf(root: string, file: string, text: string): DeadLink[] {
  return proseOf(text).flatMap(([line, prose]) => {
    const bare = prose.replace(SPAN, '')
    const links = [...bare.matchAll(LINK), ...prose.matchAll(/\[(?:[^\]`]*`[^`]*`)+[^\]`]*\]\(([^()\s]+)\)/g)].map(
      ([, target]) => target!,
    )
    const dead = links.filter((target) => !OUTSIDE.test(target) && !leads(root, file, target))
    const paths = [...prose.matchAll(SPAN)].flatMap(([, span]) => PATH.exec(span!)?.[1] ?? [])
    const gone = paths.filter((path) => !pathExists(root, path.replace(/[.,]$/, '')))
    return [...new Set([...dead, ...gone])].map((target) => ({ file, line, target }))
  })
}
