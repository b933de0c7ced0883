import { createWriteStream, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { once } from 'node:events'
import { stdout } from 'node:process'
import type { Writable } from 'node:stream'

const ENOUGH = 1 << 18

/** Lines to stdout, or to a file that gets its name when it is whole. */
export class Output {
  private readonly stream: Writable
  private waiting = ''

  constructor(private readonly file: string | undefined) {
    this.stream = file === undefined ? stdout : createWriteStream(`${file}.part`)
  }

  line(text: string): void {
    this.waiting += text
    this.waiting += '\n'
  }

  /** To be awaited between chunks: a reader that is slower than we are makes us wait. */
  async flush(least = ENOUGH): Promise<void> {
    if (this.waiting.length < least) return
    const text = this.waiting
    this.waiting = ''
    if (!this.stream.write(text)) await once(this.stream, 'drain')
  }

  async end(): Promise<void> {
    await this.flush(1)
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
