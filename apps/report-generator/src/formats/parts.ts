import { named, type Section } from '@lijian/reports'
import type { Column, NoteLine, Sheet } from '@lijian/sheet-files'
import type { Making } from '../making'
import { WORDS } from './words'

/** The section that a file with one table shows. */
export function sectionOf({ run, definition }: Making): Section {
  return definition.sections.find(({ section }) => section === run.section) ?? definition.sections[0]!
}

/** Amounts are shown with the decimals of the row's currency. */
export const columnsOf = ({ columns }: Section): Column[] =>
  columns.map((column): Column =>
    column.type === 'amount'
      ? { ...column, type: 'amount', currency: { column: 'currency' } }
      : column.type === 'text'
        ? { ...column, type: 'text', words: column.words ?? undefined }
        : { ...column, type: column.type },
  )

/** What the report is about: dates, and what was asked for. */
export const factsOf = ({ run }: Making): NoteLine[] => {
  const { from, to, ...about } = run.parameters
  const words = WORDS[run.language]
  return [
    [words.dates, from, to],
    ...Object.entries(about).map(([key, value]): NoteLine => [words.about[key as keyof typeof about] ?? key, value]),
  ]
}

export const titleOf = ({ run, definition }: Making): NoteLine => [named(definition, run.language)]

/** What the figures rest on, below the rows. */
export const footerOf =
  ({ run, snapshot }: Making, { remark }: Section): NonNullable<Sheet['footer']> =>
  ({ rows, sha256 }) => {
    const words = WORDS[run.language]
    return [
      ...(remark === undefined ? [] : [[words.remark, remark[run.language]]]),
      [words.snapshot, snapshot.text],
      [words.rows, String(rows)],
      [words.sha256, sha256],
    ]
  }
