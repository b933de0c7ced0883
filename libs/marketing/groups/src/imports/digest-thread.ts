import type { ImportMode } from '@lijian/contracts/marketing'
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { DigestOptions, DigestProgress } from './line-digest'
import type { Ask, Digest, Reply } from './thread'

/** The file is no gzip although it begins like one, or it is cut off. */
export class NotGzip extends Error {}

/** Reads a file on a thread of its own: a million HMACs are seconds of work, and payments do not wait for them. */
export class DigestThread {
  private readonly worker: Worker
  private readonly waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void }[] = []
  private broken: Error | undefined
  /** Of the piece that is being worked on: one at a time in a process, however many imports there are. Gunzip works beside its thread, at full priority. */
  private static turn: Promise<unknown> = Promise.resolve()

  /** `execArgv`: Node's options for the thread, where its program is not built (tests). */
  constructor(options: DigestOptions, execArgv?: string[]) {
    this.worker = new Worker(join(__dirname, `thread${extname(__filename)}`), {
      workerData: options,
      execArgv,
      // Lines live for a moment: the large young generation of a process that answers payments would only cost memory here.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    })
    this.worker.on('message', (reply: Reply) => this.waiting.shift()?.resolve(reply))
    this.worker.on('error', (error) => this.fail(error))
    this.worker.on('exit', () => this.fail(new Error('the thread of an import ended')))
  }

  async piece(piece: Uint8Array): Promise<DigestProgress> {
    // Its own copy, handed over: a view would be cloned with all that lies around it.
    const own = new Uint8Array(piece)
    const reply = await this.ask({ piece: own }, [own.buffer])
    if (!('progress' in reply)) throw new Error('the thread of an import answers something else')
    return reply.progress
  }

  /** `old`: the pages of the group as it is; they are handed over. */
  async finish(mode: ImportMode, old: Uint8Array<ArrayBuffer>[]): Promise<Digest> {
    // A page that lies in a larger piece of memory (the last, small one) cannot be given away.
    const own = old.map((page) => (page.byteLength === page.buffer.byteLength ? page : new Uint8Array(page)))
    const reply = await this.ask(
      { finish: mode, old: own },
      own.map(({ buffer }) => buffer),
    )
    if (!('digest' in reply)) throw new Error('the thread of an import answers something else')
    return reply.digest
  }

  async close(): Promise<void> {
    await this.worker.terminate()
  }

  private async ask(ask: Ask, handedOver: ArrayBuffer[] = []): Promise<Reply> {
    if (this.broken) throw this.broken
    const answer = DigestThread.turn.then(() => this.answerTo(ask, handedOver))
    DigestThread.turn = answer.catch(() => undefined)
    const reply = await answer
    if ('notGzip' in reply) throw new NotGzip('the file is not gzip, or is cut off')
    if ('error' in reply) throw new Error(reply.error)
    return reply
  }

  private answerTo(ask: Ask, handedOver: ArrayBuffer[]): Promise<Reply> {
    return new Promise<Reply>((resolve, reject) => {
      if (this.broken) return reject(this.broken)
      this.waiting.push({ resolve, reject })
      this.worker.postMessage(ask, handedOver)
    })
  }

  private fail(error: Error): void {
    this.broken ??= error
    for (const { reject } of this.waiting.splice(0)) reject(error)
  }
}
