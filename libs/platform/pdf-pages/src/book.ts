import { drawFoot, drawRunningHead } from './furniture'
import type { Paper, PdfJob, PdfResult } from './paper'
import { type Words, WORDS } from './words'

/** The pages of a file, one after another: running heads, feet, and a place to go on. */
export class Book {
  /** Where the next thing stands. */
  y = 0
  /** Drawn so far. */
  rows = 0
  private readonly words: Words

  constructor(
    private readonly paper: Paper,
    private readonly job: PdfJob,
    private readonly about: { pages: number; start: string; end: string; note: string },
  ) {
    this.words = WORDS[job.language]
  }

  open(): void {
    this.paper.newPage()
    this.y = this.paper.frame.top
  }

  async next(): Promise<void> {
    await this.turn()
    this.open()
    this.y = drawRunningHead(this.paper, this.about.start, this.about.end)
  }

  async close(): Promise<PdfResult> {
    await this.turn()
    if (this.paper.pages !== this.about.pages)
      throw new Error(`${this.paper.pages} pages were drawn, and each says ${this.about.pages}`)
    return this.paper.end()
  }

  private async turn(): Promise<void> {
    drawFoot(this.paper, this.words, this.paper.pages, this.about.pages, this.about.note)
    await this.paper.turn()
    this.job.onRows?.(this.rows)
  }
}
