import { wrap } from './fit'
import { BLACK, GREY, LINE, SHADE, type Paper } from './paper'

export interface GridColumn {
  title: string
  /** In characters of a digit's width. */
  characters: number
  /** Text may be wrapped and cut; a figure is never cut: it is written smaller, or as ### when that is not enough. */
  kind: 'text' | 'figure' | 'centred'
}

interface Placed extends GridColumn {
  x: number
  width: number
}

const SIZES = { most: 8, least: 6 }
/** The smallest type that a printer still shows. */
const TINY = 4
const PADDING = 3
const DIGIT_EM = 0.56

/** A table whose rows are equally high, so that pages can be counted before they are drawn. */
export class Grid {
  readonly size: number
  readonly rowHeight: number
  readonly headHeight: number
  readonly columns: readonly Placed[]
  private readonly titles: string[][]

  constructor(
    private readonly paper: Paper,
    columns: readonly GridColumn[],
    private readonly linesPerRow = 1,
  ) {
    const room = paper.frame.right - paper.frame.left
    const wide = columns.map((column) => ({
      ...column,
      characters: Math.max(column.characters, this.titleCharacters(column)),
    }))
    const characters = wide.reduce((sum, column) => sum + column.characters, 0)
    const sizeThatFits = (room - columns.length * 2 * PADDING) / (characters * DIGIT_EM)
    this.size = Math.max(SIZES.least, Math.min(SIZES.most, Math.floor(sizeThatFits * 4) / 4))
    this.columns = placed(wide, paper.frame.left, room)
    this.rowHeight = this.lineHeight * linesPerRow + this.size * 0.55
    this.titles = this.columns.map(({ title, width }) =>
      wrap(paper.clean(title, true), width - 2 * PADDING, 2, this.size, paper.face(true)),
    )
    this.headHeight = this.lineHeight * Math.max(1, ...this.titles.map((lines) => lines.length)) + this.size
  }

  /** A title has two lines, and no word of it is torn. */
  private titleCharacters({ title }: GridColumn): number {
    const face = this.paper.face(true)
    const inDigits = (text: string) => face.width(text, 1) / DIGIT_EM
    const words = title.split(/[ \u2e80-\uffff]/).map(inDigits)
    return Math.max(inDigits(title) / 2, ...words)
  }

  get lineHeight(): number {
    return this.size * 1.35
  }

  head(y: number): void {
    const { left, right } = this.paper.frame
    this.paper.shade(left, y, right - left, this.headHeight)
    for (const [i, column] of this.columns.entries()) {
      const lines = this.titles[i]!
      const top = y + (this.headHeight - lines.length * this.lineHeight) / 2
      for (const [n, line] of lines.entries())
        this.paper.text(line, column.x + PADDING, top + n * this.lineHeight + this.size, {
          size: this.size,
          bold: true,
          width: column.width - 2 * PADDING + 0.01,
          align: ALIGN[column.kind],
        })
    }
    this.paper.line(left, y, right, y, 0.8, GREY)
    this.paper.line(left, y + this.headHeight, right, y + this.headHeight, 0.8, GREY)
  }

  /** One row; `label` stands over the columns from the left that are empty in a row of sums. */
  row(y: number, texts: readonly string[], { bold = false, shade = false, label = '' } = {}): void {
    const { left, right } = this.paper.frame
    if (shade) this.paper.shade(left, y, right - left, this.rowHeight, SHADE)
    if (label) {
      const over = texts.findIndex((text) => text !== '')
      const end = over < 0 ? right : this.columns[over]!.x
      this.cell(y, { x: left, width: end - left, kind: 'text' }, label, bold)
    }
    for (const [i, column] of this.columns.entries()) if (texts[i]) this.cell(y, column, texts[i], bold)
    this.paper.line(left, y + this.rowHeight, right, y + this.rowHeight, 0.4, LINE)
  }

  private cell(y: number, { x, width, kind }: Pick<Placed, 'x' | 'width' | 'kind'>, text: string, bold: boolean): void {
    const room = width - 2 * PADDING
    const clean = this.paper.clean(text, bold)
    const face = this.paper.face(bold)
    const [size, lines] =
      kind === 'text'
        ? [this.size, wrap(clean, room, this.linesPerRow, this.size, face)]
        : figure(clean, room, this.size, face.width(clean, this.size))
    const top = y + (this.rowHeight - lines.length * this.lineHeight) / 2
    for (const [n, line] of lines.entries())
      this.paper.text(line, x + PADDING, top + n * this.lineHeight + this.size * 1.02, {
        size,
        bold,
        color: BLACK,
        width: room + 0.01,
        align: ALIGN[kind],
      })
  }
}

const ALIGN = { text: 'left', figure: 'right', centred: 'center' } as const

/** Half a figure is a wrong figure. */
function figure(text: string, room: number, size: number, width: number): [size: number, lines: string[]] {
  if (width <= room) return [size, [text]]
  const smaller = (size * room) / width
  return smaller >= TINY ? [smaller, [text]] : [size, ['###']]
}

function placed(columns: readonly GridColumn[], left: number, room: number): Placed[] {
  const characters = columns.reduce((sum, column) => sum + column.characters, 0)
  const padding = columns.length * 2 * PADDING
  let x = left
  return columns.map((column) => {
    const width = ((room - padding) * column.characters) / characters + 2 * PADDING
    const place = { ...column, x, width }
    x += width
    return place
  })
}
