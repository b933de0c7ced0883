import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export const ROOT = join(__dirname, '..', '..', '..')
const GUIDES = 'docs/guides'

export const readPage = (page: string): string => readFileSync(join(ROOT, page), 'utf8')

/** Every page whose blocks run: the README, then the guides in the order of their index, then guides that the index lacks. */
export function pages(): string[] {
  const links = [...readPage(`${GUIDES}/README.md`).matchAll(/\]\(([\w/-]+\.md)\)/g)].map(([, to]) => `${GUIDES}/${to}`)
  const present = links.filter((page) => existsSync(join(ROOT, page)))
  return [...new Set(['README.md', ...present, ...guidesOf(join(ROOT, GUIDES)).sort()])]
}

function guidesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return guidesOf(path)
    return entry.name.endsWith('.md') ? [relative(ROOT, path)] : []
  })
}

/** A page says with `<!-- needs: stack -->` that its blocks talk to the running stack. */
export const needsStack = (page: string): boolean => readPage(page).includes('<!-- needs: stack -->')
