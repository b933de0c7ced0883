import { wrap } from './fit'
import type { Words } from './words'
import type { Typeface } from './fonts'
import type { Paper } from './paper'
import { GREY } from './paper'

/** What the head or the foot of a file says: `期间：2026-11-01 至 2026-11-30`. */
export interface Fact {
  label: string
  value: string
}

interface Piece {
  label: string
  value: string
  column: number
}

const SIZE = 8.5
const LINE_HEIGHT = 13
const GAP = 12

/** Facts side by side in columns; one that is wider takes more of them, and one that is wider than the page goes on below. */
export class FactLines {
  private readonly lines: Piece[][] = []

  constructor(
    facts: readonly Fact[],
    private readonly width: number,
    private readonly columns: number,
    paper: Paper,
    { colon }: Words,
  ) {
    const face = paper.face()
    let column = columns
    for (const { label, value } of facts) {
      const clean = { label: paper.clean(label && label + colon), value: paper.clean(value) }
      const needed = Math.min(columns, Math.ceil((textWidth(clean, face) + GAP) / this.columnWidth))
      if (column + needed > columns) {
        this.lines.push([])
        column = 0
      }
      const room = width - face.width(clean.label, SIZE)
      const [first = '', ...more] = needed < columns ? [clean.value] : wrap(clean.value, room, 4, SIZE, face)
      this.lines.at(-1)!.push({ label: clean.label, value: first, column })
      for (const line of more) this.lines.push([{ label: '', value: line, column: 0 }])
      column += needed
    }
  }

  get height(): number {
    return this.lines.length * LINE_HEIGHT
  }

  draw(paper: Paper, x: number, y: number): void {
    for (const [i, line] of this.lines.entries())
      for (const { label, value, column } of line) {
        const left = x + column * this.columnWidth
        const base = y + i * LINE_HEIGHT + SIZE + 1
        paper.text(label, left, base, { size: SIZE, color: GREY })
        paper.text(value, left + paper.face().width(label, SIZE), base, { size: SIZE })
      }
  }

  private get columnWidth(): number {
    return this.width / this.columns
  }
}

const textWidth = ({ label, value }: { label: string; value: string }, face: Typeface): number =>
  face.width(label + value, SIZE)
