import type { Words } from './words'
import { GREY, LINE, type Paper } from './paper'

const TITLE = { size: 16, height: 24 }
const SUBTITLE = { size: 9.5, height: 16 }
/** What stands above the table on every page but the first. */
export const RUNNING_HEAD = 18

export const titleHeight = (subtitle = ''): number => TITLE.height + (subtitle === '' ? 0 : SUBTITLE.height)

/** The title of the first page; gives the y below it. */
export function drawTitle(paper: Paper, title: string, subtitle = ''): number {
  const { left, right, top } = paper.frame
  const width = right - left
  paper.text(paper.clean(title, true), left, top + TITLE.size, { size: TITLE.size, bold: true, align: 'center', width })
  const base = top + TITLE.height + SUBTITLE.size
  paper.text(paper.clean(subtitle), left, base, { size: SUBTITLE.size, color: GREY, align: 'center', width })
  return top + titleHeight(subtitle)
}

/** The small head of the other pages; gives the y below it. */
export function drawRunningHead(paper: Paper, start: string, end: string): number {
  const { left, right, top } = paper.frame
  const half = (right - left) / 2
  paper.text(paper.clean(start), left, top + 8, { size: 8, color: GREY, width: half - 6 })
  paper.text(paper.clean(end), left + half, top + 8, { size: 8, color: GREY, align: 'right', width: half })
  return top + RUNNING_HEAD
}

/** The foot of every page: a note at the left, the page at the right. */
export function drawFoot(paper: Paper, words: Words, page: number, pages: number, note = ''): void {
  const { left, right, bottom } = paper.frame
  const number = words.page(page, pages)
  const base = bottom + 18
  paper.line(left, bottom + 6, right, bottom + 6, 0.5, LINE)
  paper.text(paper.clean(note), left, base, { size: 8, color: GREY, width: right - left - 120 })
  paper.text(number, left, base, { size: 8, color: GREY, align: 'right', width: right - left })
}
