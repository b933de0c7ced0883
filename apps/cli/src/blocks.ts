const BLOCK_BYTES = 1 << 18
/** Of one UTF-16 unit in UTF-8. */
const BYTES_MAX = 3
const NEWLINE = 10

/** Lines gathered as UTF-8. Each is encoded at once: a long text of many pieces would live on in the heap and be walked again at its end. */
export class Blocks {
  private full: Buffer[] = []
  private block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
  private used = 0
  /** Bytes in all that were ever added. */
  length = 0

  line(text: string): void {
    const most = text.length * BYTES_MAX + 1
    if (this.block.length - this.used < most) this.next(Math.max(BLOCK_BYTES, most))
    const bytes = text === '' ? 0 : this.block.write(text, this.used)
    this.block[this.used + bytes] = NEWLINE
    this.used += bytes + 1
    this.length += bytes + 1
  }

  /** Whether a block is full: time to take them. */
  isFull(): boolean {
    return this.full.length > 0
  }

  /** What has gathered since the last time. */
  take(): Buffer[] {
    this.next(BLOCK_BYTES)
    const taken = this.full
    this.full = []
    return taken
  }

  private next(bytes: number): void {
    if (this.used > 0) this.full.push(this.block.subarray(0, this.used))
    this.block = Buffer.allocUnsafeSlow(bytes)
    this.used = 0
  }
}
