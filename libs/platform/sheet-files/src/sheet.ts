import type { Column, Showing } from './columns'
import type { Rows } from './feed'

/** A free line of texts: its first cell is a name, the others values. */
export type NoteLine = readonly string[]

/** What is known when the rows of a sheet are through. */
export interface Through {
  readonly rows: number
  /** Of the rows as they stand in the file, without heads and notes. */
  readonly sha256: string
}

export interface Sheet {
  /** As people see it: `明细`. Its followers are `明细 2`, `明细 3` … */
  readonly name: string
  readonly columns: readonly Column[]
  /** Lines above the heads; the first is the title. */
  readonly title?: readonly NoteLine[]
  readonly rows: Rows
  /** Lines below the rows. */
  readonly footer?: readonly NoteLine[] | ((through: Through) => readonly NoteLine[])
}

export interface FileOptions extends Showing {
  readonly signal?: AbortSignal
  /** Hears how many rows are through, all sheets together: about a hundred times a second. */
  readonly onRows?: (rows: number) => void
}

export interface WrittenFile {
  /** Without heads and notes. */
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

export const footerOf = ({ footer }: Sheet, through: () => Through): readonly NoteLine[] =>
  typeof footer === 'function' ? footer(through()) : (footer ?? [])

/** Only a footer that is made of what went through can show the hash of the rows. */
export const isHashed = ({ footer }: Sheet): boolean => typeof footer === 'function'

/** Bad names and columns are mistakes of a definition: they throw before the first byte. */
export function checkColumns({ name, columns }: Sheet): void {
  const keys = new Set(columns.map(({ key }) => key))
  if (columns.length === 0 || keys.size < columns.length)
    throw new RangeError(`sheet ${name}: at least one column is expected, and each key once`)
}
