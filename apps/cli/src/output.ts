import { createWriteStream, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { once } from 'node:events'
import { stdout } from 'node:process'
import type { Writable } from 'node:stream'
import { Blocks } from './blocks'
import { BadInput } from './fail'
import { openPart } from './part-file'

/** So much may wait for the disk while the next lines are worked on. */
const AHEAD_BYTES = 1 << 22

/** Lines to stdout, or to a file that gets its name when it is whole. */
export class Output {
  private readonly stream: Writable
  private readonly blocks = new Blocks()
  private failure: Error | undefined

  constructor(
    private readonly file: string | undefined,
    inputs: readonly (string | undefined)[] = [],
  ) {
    if (file === undefined) this.stream = stdout
    else {
      this.stream = createWriteStream('', { fd: openPart(file, inputs), highWaterMark: AHEAD_BYTES })
      // The waiting caller sees the error; after `abandon` the remaining writes may fail.
      this.stream.on('error', (error) => (this.failure ??= error))
    }
  }

  line(text: string): void {
    this.blocks.line(text)
  }

  /** To be awaited between chunks: a reader that is slower than we are makes us wait. */
  async flush(): Promise<void> {
    if (this.blocks.isFull()) await this.write()
  }

  /** Flushes now, for a person who watches. */
  through(): Promise<void> {
    return this.write()
  }

  private async write(): Promise<void> {
    for (const block of this.blocks.take()) if (!this.stream.write(block)) await this.until('drain')
  }

  async end(): Promise<void> {
    await this.write()
    if (this.file === undefined) return
    this.stream.end()
    await this.until('finish')
    await rename(`${this.file}.part`, this.file)
  }

  /** Waits for the stream; a disk that is full is said in one line. */
  private async until(event: 'drain' | 'finish'): Promise<void> {
    try {
      if (this.failure !== undefined) throw this.failure
      await once(this.stream, event)
    } catch (error) {
      throw new BadInput(`${this.file ?? 'stdout'}: cannot be written: ${(error as Error).message}`)
    }
  }

  /** Bad input leaves nothing behind under the file's name. */
  abandon(): void {
    if (this.file === undefined) return
    this.stream.destroy()
    rmSync(`${this.file}.part`, { force: true })
  }
}
