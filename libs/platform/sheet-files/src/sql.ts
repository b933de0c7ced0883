/** Text as an SQL literal; COPY takes no parameters. Right with standard_conforming_strings, PostgreSQL's default. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A name as an SQL identifier. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

export type Encoding = 'utf-8' | 'gb18030'

export const sqlEncoding = (encoding: Encoding): string => (encoding === 'utf-8' ? 'UTF8' : 'GB18030')

/**
 * COPY of finished lines: with a quote and a delimiter that no line contains (control characters never get into one), CSV adds nothing to
 * them. PostgreSQL encodes.
 */
export const copyLinesSql = (select: string, encoding: Encoding): string =>
  `COPY (${select}) TO STDOUT WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02', ENCODING '${sqlEncoding(encoding)}')`

/** How a column's value is named in SQL. */
export type Source = (key: string) => string
export const fromRow: Source = (key) => `r.${identifier(key)}`
