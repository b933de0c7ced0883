import type { Paths } from '../api/client'
import type { ImportsFrom } from './define-action'
import type { Scope } from '../shell/session'
import type { Words } from '../texts'

type Page<P extends keyof Paths> = Paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer Answer } } } }
}
  ? Answer
  : never
type RowOf<P extends keyof Paths, K extends keyof Page<P>> = NonNullable<Page<P>[K]> extends (infer Row)[] ? Row : never
type QueryOf<P extends keyof Paths> = Paths[P] extends { get: { parameters: { query?: infer Query } } }
  ? keyof NonNullable<Query> & string
  : never

/** How a value is shown. */
export type Show = 'text' | 'money' | 'instant' | 'state' | 'number' | 'list' | 'yes' | 'words' | 'ppm'

export interface Column<Row> {
  key: keyof Row & string
  head: Words
  show?: Show
}
export interface Filter<Name extends string = string> {
  name: Name
  label: Words
  options?: readonly string[]
}

/** A list of the API as data: where it is asked, what is shown, what it may be filtered by. All of it is checked against the types of the API. */
export interface ListDefinition {
  /** In the address of the console. */
  path: string
  title: Words
  /** Any one of them opens it. */
  scopes: readonly Scope[]
  from: string
  rows: string
  id: string
  /** Fields that an address needs beside the id. */
  carries?: readonly string[]
  /** The field whose object a row leads to, where it is another than its own. */
  leadsBy?: (row: Record<string, unknown>) => string
  columns: readonly Column<Record<string, unknown>>[]
  filters: readonly Filter[]
  /** Where a row leads: an address of the API, with the id of the row. */
  detail?: string
  /** A page of its own instead. */
  ownDetail?: true
  empty?: Words
  /** Rows have actions of their own: there is no page of a record. */
  rowActions?: true
  /** The API answers it in one piece: no pages, no CSV. */
  isWhole?: true
  /** Files come in here: how far they are stands above. */
  imports?: ImportsFrom
  /** A list about the record, shown beneath it: an address of the API, with the id. */
  also?: { from: string; rows: string }
}

export function defineList<P extends keyof Paths, K extends keyof Page<P> & string>(
  definition: Omit<ListDefinition, 'from' | 'rows' | 'id' | 'carries' | 'columns' | 'filters'> & {
    from: P
    rows: K
    id: keyof RowOf<P, K> & string
    carries?: readonly (keyof RowOf<P, K> & string)[]
    columns: readonly Column<RowOf<P, K>>[]
    filters?: readonly Filter<QueryOf<P>>[]
  },
): ListDefinition {
  return { filters: [], ...definition } as unknown as ListDefinition
}
