import { stderr, stdin } from 'node:process'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { BadInput } from '../fail'

/** Whoever types at a command. */
export interface Terminal {
  isThere: boolean
  /** `hidden`: nothing of the answer is shown. */
  ask(question: string, how?: { hidden?: boolean }): Promise<string>
  /** All of standard input. */
  read(): Promise<string>
}

export const terminal = (): Terminal => ({
  isThere: stdin.isTTY,
  ask(question, { hidden = false } = {}) {
    stderr.write(question)
    const output = new Writable({
      write(chunk: Buffer, _encoding, done) {
        if (!hidden) stderr.write(chunk)
        done()
      },
    })
    const lines = createInterface({ input: stdin, output, terminal: true })
    return new Promise((resolve, reject) => {
      const end = (work: () => void) => {
        lines.removeAllListeners('close')
        lines.close()
        if (hidden) stderr.write('\n')
        work()
      }
      lines.once('SIGINT', () => end(() => reject(new BadInput('given up'))))
      lines.once('close', () => reject(new BadInput('given up')))
      lines.once('line', (line) => end(() => resolve(line)))
    })
  },
  async read() {
    const parts: Buffer[] = []
    for await (const part of stdin) parts.push(part as Buffer)
    return Buffer.concat(parts).toString('utf8')
  },
})
