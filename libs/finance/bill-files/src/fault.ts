import type { FieldError } from '@lijian/contracts/system'

/** A faulty file is refused whole; so many faults are named, by their lines. */
export const MOST_FAULTS = 20

/** What is wrong with a file, in both languages. Cells are never repeated: one in the wrong place may hold a card number or a name. */
export class BillFault extends Error {
  constructor(readonly errors: readonly FieldError[]) {
    super(errors.map(({ path, message }) => `${path}: ${message}`).join('; '))
    this.name = 'BillFault'
  }
}

/** Thrown inside the reading of one line; the reader knows which line it was. */
export class LineFault extends Error {
  constructor(
    readonly say: string,
    readonly sayZh: string,
    readonly column?: string | number,
  ) {
    super(say)
  }
}

export class Faults {
  readonly errors: FieldError[] = []

  add(path: string, message: string, messageZh: string): void {
    this.errors.push({ path, message, messageZh })
    if (this.errors.length >= MOST_FAULTS) throw new BillFault(this.errors)
  }

  /** Runs what reads one line; what is wrong with it is kept. */
  line<T>(number: number, read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof LineFault)) throw error
      const { say, sayZh, column } = error
      this.add(
        `line ${number}${column === undefined ? '' : `, ${typeof column === 'number' ? `column ${column}` : column}`}`,
        say,
        sayZh,
      )
      return undefined
    }
  }

  throwIfAny(): void {
    if (this.errors.length > 0) throw new BillFault(this.errors)
  }
}
