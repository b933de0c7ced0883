/** A text with holes: `满{atLeast|bare}减{off|bare}`. Two braces are one brace. */
export type Piece = { text: string } | { parameter: string; format?: string }

const HOLE = /\{\{|\}\}|\{([a-z][A-Za-z0-9]{0,39})(?:\|([a-z]{1,20}))?\}|[{}]/g

/** The pieces in order; undefined: a brace stands alone, which is a slip of the pen. */
export function piecesOf(text: string): Piece[] | undefined {
  const pieces: Piece[] = []
  let from = 0
  for (const found of text.matchAll(HOLE)) {
    const [whole, parameter, format] = found
    if (found.index > from) pieces.push({ text: text.slice(from, found.index) })
    from = found.index + whole.length
    if (parameter !== undefined) pieces.push(format === undefined ? { parameter } : { parameter, format })
    else if (whole.length === 2) pieces.push({ text: whole[0]! })
    else return undefined
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  return pieces
}

/** The parameters that stand in a text, each once. */
export const parametersIn = (text: string): string[] => [
  ...new Set((piecesOf(text) ?? []).flatMap((piece) => ('parameter' in piece ? [piece.parameter] : []))),
]
