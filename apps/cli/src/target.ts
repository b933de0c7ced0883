import { closeSync, renameSync, rmSync, writeSync } from 'node:fs'
import { openPart } from './part-file'

/** A file that is written at the end: whether it can be is found out at the beginning, and it gets its name when it is whole. */
export class Target {
  private readonly part: number

  constructor(
    private readonly file: string,
    inputs: readonly (string | undefined)[] = [],
  ) {
    this.part = openPart(file, inputs)
  }

  write(text: string): void {
    const bytes = Buffer.from(text)
    for (let from = 0; from < bytes.length;) from += writeSync(this.part, bytes, from)
    closeSync(this.part)
    renameSync(`${this.file}.part`, this.file)
  }

  /** Bad input leaves nothing behind under the file's name. */
  abandon(): void {
    rmSync(`${this.file}.part`, { force: true })
  }
}
