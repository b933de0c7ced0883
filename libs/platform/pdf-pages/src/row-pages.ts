import type { Book } from './book'

/** Leads rows over the pages that were counted for them. */
export class RowPages {
  private page = 0
  private left: number
  private begun = false

  constructor(
    private readonly book: Book,
    private readonly sizes: readonly number[],
    private readonly on: { begin: () => void; end: () => void },
  ) {
    this.left = sizes[0]!
  }

  /** Makes place for one row. */
  async place(): Promise<void> {
    while (this.left === 0) await this.turn()
    if (!this.begun) this.begin()
    this.left--
  }

  /** Turns to the page of what stands below the last row. */
  async finish(): Promise<void> {
    while (this.page + 1 < this.sizes.length) await this.turn()
  }

  private begin(): void {
    this.begun = true
    this.on.begin()
  }

  private async turn(): Promise<void> {
    const size = this.sizes[++this.page]
    if (size === undefined) throw new RangeError('a row has no page')
    if (this.begun) this.on.end()
    await this.book.next()
    this.left = size
    this.begun = false
  }
}
