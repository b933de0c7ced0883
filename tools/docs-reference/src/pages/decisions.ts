import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { page, table } from '../markdown'
import { ROOT } from '../root'

const FOLDER = join(ROOT, 'docs', 'decisions')

export interface Decision {
  file: string
  title: string
  status: string
  sections: string[]
}

/** Every decision by its number. */
export const decisions = (): Decision[] =>
  readdirSync(FOLDER)
    .filter((file) => /^\d{4}-.+\.md$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(join(FOLDER, file), 'utf8')
      const heads = (depth: string) => [...text.matchAll(new RegExp(`^${depth} (.+)$`, 'gm'))].map(([, head]) => head!)
      const [, status = ''] = /^## Status\n\n(.+)$/m.exec(text) ?? []
      return { file, title: heads('#')[0] ?? '', status, sections: heads('##') }
    })

export const decisionsIndex = (): string =>
  page({
    title: 'Decisions',
    about: 'Every decision that the design left open, or that somebody may want to take back, with its reason.',
    source: 'the files beside it',
    blocks: [
      'A new decision gets the next number. A decision that is taken back keeps its file; its status then names the one that replaces it.',
      table(
        ['', 'Decision', 'Status'],
        decisions().map(({ file, title, status }) => [file.slice(0, 4), `[${title}](${file})`, status]),
      ),
    ],
  })
