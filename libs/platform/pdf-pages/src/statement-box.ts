import { GREY, type Paper } from './paper'

const HEIGHT = 36

/** 上期余额, 本期收入, 本期支出, 期末余额 side by side in a box. */
export const summaryBox = {
  height: HEIGHT,
  draw(paper: Paper, y: number, cells: readonly { label: string; value: string }[]): void {
    const { left, right } = paper.frame
    const width = (right - left) / cells.length
    paper.box(left, y, right - left, HEIGHT)
    for (const [i, { label, value }] of cells.entries()) {
      const x = left + i * width
      if (i > 0) paper.line(x, y, x, y + HEIGHT, 0.5, GREY)
      const place = { width: width - 12, align: 'center' } as const
      paper.text(paper.clean(label), x + 6, y + 13, { ...place, size: 8, color: GREY })
      paper.text(paper.clean(value, true), x + 6, y + 28, { ...place, size: 10.5, bold: true })
    }
  },
}
