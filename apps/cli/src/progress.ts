import { statSync } from 'node:fs'
import { stderr } from 'node:process'

const EVERY_MS = 1000

/** A line on stderr each second while it runs, so that it does not look hung. */
export class Progress {
  private readonly begun = Date.now()
  private last = this.begun
  private readonly totalBytes: number | undefined

  constructor(file: string) {
    try {
      this.totalBytes = file === '-' ? undefined : statSync(file).size
    } catch {
      this.totalBytes = undefined
    }
  }

  at(lines: number, bytes: number): void {
    const now = Date.now()
    if (now - this.last < EVERY_MS) return
    this.last = now
    const part = this.totalBytes ? ` (${Math.floor((100 * bytes) / this.totalBytes)} %)` : ''
    stderr.write(`${lines.toLocaleString('en')} lines${part}, ${this.rate(lines)}/s\n`)
  }

  done(lines: number, what: string): void {
    const seconds = (Date.now() - this.begun) / 1000
    stderr.write(`${lines.toLocaleString('en')} lines in ${seconds.toFixed(1)} s, ${this.rate(lines)}/s: ${what}\n`)
  }

  private rate(lines: number): string {
    return Math.round(lines / Math.max(0.001, (Date.now() - this.begun) / 1000)).toLocaleString('en')
  }
}
