/** Escapes that a document may have from before they were refused: NUL, half of a surrogate pair. PostgreSQL reads no field of a JSON with one. */
const SUSPICIOUS = String.raw`'\\u(0000|d[89a-f])'`
/** The same, beside what looks like it and is kept: a backslash that is a text itself, a whole pair. */
const ESCAPES = String.raw`'(\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|\\u(?:0000|d[89a-f][0-9a-f]{2})'`

const without = (document: string) => String.raw`regexp_replace(${document}::text, ${ESCAPES}, '\1', 'gi')`

/**
 * A stored document (an SQL expression of type json) as PostgreSQL can read it: such escapes are left out of its texts. Codes and amounts have none,
 * so that all that is reckoned with is there. Every statement that asks for a field asks this: one document must not fail what is about all of them.
 */
export const readable = (document: string): string =>
  `(CASE WHEN ${document}::text ~* ${SUSPICIOUS} THEN ${without(document)}::json ELSE ${document} END)`

/** Whether something of the document was left out. */
export const isUnreadable = (document: string): string =>
  `(${document}::text ~* ${SUSPICIOUS} AND ${without(document)} <> ${document}::text)`
