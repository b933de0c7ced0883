import { literal } from './sql'

/**
 * Beginnings that make a spreadsheet run a cell, also behind spaces; and the apostrophe itself, so that the reader knows which one was put there.
 * Every file that a spreadsheet may open has this one list: reports, statements, clearing files.
 */
export const FORMULA_STARTS = ["'", '=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'] as const

const RUNS = /^ *['=+\-@＝＋－＠\t\r]/

/** A spreadsheet that opens a CSV runs no text of ours: an apostrophe stands before it. */
export const guardedText = (text: string): string => (RUNS.test(text) ? `'${text}` : text)

/** The same in PostgreSQL: the apostrophe, or nothing, that stands before the text. `except`: letters that the text cannot begin with. */
export function guardSql(text: string, except?: string): string {
  const starts = FORMULA_STARTS.filter((start) => start !== except)
  return `CASE WHEN left(ltrim(${text}, ' '), 1) IN (${starts.map(asSql).join(', ')}) THEN '''' ELSE '' END`
}

const asSql = (letter: string) => (letter === '\t' ? `E'\\t'` : letter === '\r' ? `E'\\r'` : literal(letter))
