import { createWriteStream, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { once } from 'node:events'
import { stdout } from 'node:process'
import type { Writable } from 'node:stream'
import { Blocks } from './blocks'
import { openPart } from './part-file'

/** So much may wait for the disk while the next lines are worked on. */
const AHEAD_BYTES = 1 << 22

/** Lines to stdout, or to a file that gets its name when it is whole. */
export class Output {
  private readonly stream: Writable
  private readonly blocks = new Blocks()

  constructor(
    private readonly file: string | undefined,
    inputs: readonly (string | undefined)[] = [],
  ) {
    this.stream =
      file === undefined ? stdout : createWriteStream('', { fd: openPart(file, inputs), highWaterMark: AHEAD_BYTES })
  }

  line(text: string): void {
    this.blocks.line(text)
  }

  /** To be awaited between chunks: a reader that is slower than we are makes us wait. */
  async flush(): Promise<void> {
    if (this.blocks.isFull()) await this.write()
  }

  private async write(): Promise<void> {
    for (const block of this.blocks.take()) if (!this.stream.write(block)) await once(this.stream, 'drain')
  }

  async end(): Promise<void> {
    await this.write()
    if (this.file === undefined) return
    this.stream.end()
    await once(this.stream, 'finish')
    await rename(`${this.file}.part`, this.file)
  }

  /** Bad input leaves nothing behind under the file's name. */
  abandon(): void {
    if (this.file === undefined) return
    this.stream.destroy()
    rmSync(`${this.file}.part`, { force: true })
  }
}
