import type { ReportChart, ReportColumn, ReportKind, ReportLanguage, ReportParameters } from '@lijian/contracts/finance'
import type { Scope } from '@lijian/contracts/people'

/** What every query of a report knows. */
export interface Ask {
  parameters: ReportParameters
  /** Of the institution: instants and dates of payments are shown in it. */
  timeZone: string
}

/** A row as JSON has it: amounts in fen, rates in ppm, dates and instants as text. */
export type ReportRow = Record<string, string | number | boolean | null>

/** A table of a report: a sheet of XLSX, a list of CSV and PDF, a page of data. */
export interface Section {
  section: string
  zh: string
  en: string
  /** A section with amounts has a text column `currency`: amounts of two currencies are never added. */
  columns: readonly ReportColumn[]
  /** Columns that together are different in each row, most significant first: files and pages are in their order. */
  keys: readonly string[]
  /**
   * One SELECT without ORDER BY: a column for each of `columns`, under its key; bigint for amounts and
   * integers, timestamptz for instants, and no parameters.
   */
  rows(ask: Ask): string
  /** What a reader of its totals must know; it stands below the rows. */
  remark?: { zh: string; en: string }
  /** Its rows are groups of many others: whoever needs them twice keeps them. */
  grouped?: true
  /** Columns that are added up, per currency. */
  sums: readonly string[]
  charts?(rows: readonly ReportRow[]): ReportChart[]
}

/** Ours is what the report says, ledger what the journal says; a report in which they differ is not made. */
export interface Proof {
  /** What is compared, as a person reads it. */
  what: string
  ours: number
  ledger: number
}

/** A report as data. */
export interface ReportDefinition {
  kind: ReportKind
  zh: string
  en: string
  /** Any one of them may ask for it. */
  scopes: readonly Scope[]
  needs: readonly (keyof ReportParameters)[]
  takes: readonly (keyof ReportParameters)[]
  /** Grows with every change of columns or meaning: what was made before is another report. */
  version: number
  /** books: of sealed dates it never changes. live: it shows what may change at any time. */
  basis: 'books' | 'live'
  sections: readonly Section[]
  /** SELECT what, ours, ledger (text, bigint, bigint): a row for each figure that must agree. */
  proofs?(ask: Ask): string
}

export const named = (one: { zh: string; en: string }, language: ReportLanguage): string => one[language]
