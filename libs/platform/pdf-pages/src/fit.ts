import type { Typeface } from './fonts'

const CUT = '…'

/** As much of a text as fits into a width; what is cut ends with …. */
export function cut(text: string, width: number, size: number, typeface: Typeface): string {
  if (typeface.width(text, size) <= width) return text
  const room = width - typeface.width(CUT, size)
  return fitting(text, room, size, typeface).trimEnd() + CUT
}

/** A text in at most so many lines. It breaks at a space where one is near, else anywhere; the last line is cut. */
export function wrap(text: string, width: number, lines: number, size: number, typeface: Typeface): string[] {
  const wrapped: string[] = []
  let rest = text
  while (wrapped.length < lines - 1 && typeface.width(rest, size) > width) {
    const line = broken(rest, fitting(rest, width, size, typeface))
    wrapped.push(line.trimEnd())
    rest = rest.slice(line.length).trimStart()
  }
  return [...wrapped, cut(rest, width, size, typeface)]
}

/** The longest beginning that fits; at least one character, so that wrapping gets on. */
function fitting(text: string, width: number, size: number, typeface: Typeface): string {
  let used = 0
  let end = 0
  for (const char of text) {
    used += typeface.width(char, size)
    if (used > width && end > 0) break
    end += char.length
  }
  return text.slice(0, end)
}

/** Where a line that is too long breaks: at its last space, if a Latin word would be torn and a third of the line remains. */
function broken(text: string, line: string): string {
  const torn = /[\w.,/]$/.test(line) && /^[\w.,/]/.test(text.slice(line.length))
  const space = line.lastIndexOf(' ')
  return torn && space > line.length / 3 ? line.slice(0, space + 1) : line
}
