import { LijianError } from '@lijian/contracts/system'
import { Piscina } from 'piscina'

/**
 * It costs a second of CPU to start, several seconds of a busy machine, and tens of megabytes to keep: kept while somebody works on documents, who
 * sends the next one after minutes.
 */
const IDLE_MS = 10 * 60_000

export interface WorkLimits {
  /** Questions at a time: the one that is worked on and those that wait. */
  most: number
  /** The same of one asker, such as an API key. */
  mostOfOne: number
  /** For one question, from the moment at which its turn comes. */
  withinMs: number
  heapMb: number
}

interface WorkThreadOptions extends WorkLimits {
  /** A program whose default export answers `[name, question]`. */
  filename: string
  /** Node's options for the thread, where its program is not built (tests). */
  execArgv?: string[] | undefined
}

/** Functions by name: questions and answers are plain values. */
type Work = Record<string, (question: never) => unknown>
type Asked<W extends Work, Name extends keyof W> = Parameters<W[Name]>[0]
type Answered<W extends Work, Name extends keyof W> = ReturnType<W[Name]>

interface AskOptions {
  /** Of whose questions only so many are taken at a time. */
  asker?: string | undefined
  /** Handed over, not copied. */
  transfer?: ArrayBuffer[]
}

/** Answers from a thread of its own: one question after the other, and payments do not wait for any. */
export class WorkThread<W extends Work> {
  private readonly pool: Piscina
  private readonly byAsker = new Map<string, number>()
  private taken = 0
  private isClosed = false
  private last: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: WorkThreadOptions) {
    const { filename, execArgv, heapMb } = options
    this.pool = new Piscina({
      filename,
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
      ...(execArgv === undefined ? {} : { execArgv }),
    })
    // Nobody asks at this moment: the next question gets a new thread. Unheard it would end the process that answers payments.
    this.pool.on('error', () => undefined)
  }

  /** Why a question would be refused at this moment. */
  refusal(asker?: string): LijianError | undefined {
    const { most, mostOfOne } = this.options
    if (asker !== undefined && (this.byAsker.get(asker) ?? 0) >= mostOfOne)
      return new LijianError(
        'too_many_requests',
        `${mostOfOne} large bodies of this key are being read: send the next when one of them is answered`,
      )
    if (this.isClosed) return new LijianError('unavailable', 'This process is stopping: ask another one')
    if (this.taken >= most)
      return new LijianError('unavailable', `This process reads ${most} large bodies at a time, and has as many`)
    return undefined
  }

  /** Throws LijianError too_many_requests, unavailable or payload_too_large (more time or memory than a question has); what the work throws. */
  async ask<Name extends keyof W & string>(
    name: Name,
    question: Asked<W, Name>,
    { asker, transfer = [] }: AskOptions = {},
  ): Promise<Answered<W, Name>> {
    const refused = this.refusal(asker)
    if (refused) throw refused
    this.count(asker, 1)
    const answer = this.last.then(() => {
      if (this.isClosed) throw this.refusal()!
      return this.work(name, question, transfer)
    })
    this.last = answer.catch(() => undefined)
    try {
      return await answer
    } finally {
      this.count(asker, -1)
    }
  }

  /** What waits fails. */
  close(): Promise<void> {
    this.isClosed = true
    return this.pool.close({ force: true })
  }

  private async work<Name extends keyof W & string>(
    name: Name,
    question: Asked<W, Name>,
    transferList: ArrayBuffer[],
  ): Promise<Answered<W, Name>> {
    const end = new AbortController()
    // A thread that ends before it takes the question has none that could fail.
    const broken = (error: Error) => end.abort(error)
    this.pool.on('error', broken)
    const timer = setTimeout(() => end.abort(tooLong(this.options.withinMs)), this.options.withinMs)
    try {
      // Aborted, the question ends with its thread.
      const asked = this.pool.run([name, question], { signal: end.signal, transferList })
      return (await asked) as Answered<W, Name>
    } catch (error) {
      throw toldOf(end.signal.aborted ? end.signal.reason : error)
    } finally {
      clearTimeout(timer)
      this.pool.off('error', broken)
    }
  }

  private count(asker: string | undefined, by: 1 | -1): void {
    this.taken += by
    if (asker === undefined) return
    const count = (this.byAsker.get(asker) ?? 0) + by
    if (count > 0) this.byAsker.set(asker, count)
    else this.byAsker.delete(asker)
  }
}

const tooLong = (withinMs: number) =>
  new LijianError('payload_too_large', `It takes longer than ${withinMs / 1000} s to read: send less at once`)

const toldOf = (error: unknown): unknown =>
  (error as { code?: unknown } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new LijianError('payload_too_large', 'It takes more memory to read than a body may take: send less at once')
    : error
