import { extname, join } from 'node:path'
import { Piscina } from 'piscina'
import type { Work } from './document-work'

/** It costs a few hundred milliseconds to start and tens of megabytes to keep: kept while documents are being worked on. */
const IDLE_MS = 60_000

type Asked<Name extends keyof Work> = Parameters<Work[Name]>[0]
type Answered<Name extends keyof Work> = ReturnType<Work[Name]>

/** Answers of `document-work.ts`, from a thread of its own: one question after the other, and payments do not wait for any. */
export class DocumentThread {
  private readonly pool: Piscina

  /** `execArgv`: Node's options for the thread, where its program is not built (tests). */
  constructor(execArgv?: string[]) {
    this.pool = new Piscina({
      filename: join(__dirname, `document-work${extname(__filename)}`),
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: IDLE_MS,
      ...(execArgv === undefined ? {} : { execArgv }),
    })
    // Nobody asks at this moment: the next question gets a new thread. Unheard it would end the process that answers payments.
    this.pool.on('error', () => undefined)
  }

  check(question: Asked<'check'>): Promise<Answered<'check'>> {
    return this.ask('check', question)
  }

  complianceLists(question: Asked<'complianceLists'>): Promise<Answered<'complianceLists'>> {
    return this.ask('complianceLists', question)
  }

  close(): Promise<void> {
    return this.pool.close({ force: true })
  }

  private async ask<Name extends keyof Work>(name: Name, question: Asked<Name>): Promise<Answered<Name>> {
    const broken = new AbortController()
    // A thread that ends before it takes the question has none that could fail.
    const giveUp = (error: Error) => broken.abort(error)
    this.pool.on('error', giveUp)
    try {
      return await (this.pool.run([name, question], { signal: broken.signal }) as Promise<Answered<Name>>)
    } catch (error) {
      throw broken.signal.aborted ? broken.signal.reason : error
    } finally {
      this.pool.off('error', giveUp)
    }
  }
}
