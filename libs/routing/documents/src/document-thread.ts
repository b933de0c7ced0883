import { WorkThread } from '@lijian/threads'
import { extname, join } from 'node:path'
import type { Work } from './document-work'

/** A document of 20,000 merchants (3 MB) takes a second and 130 MB, one of 200,000 ten seconds and 850 MB; a container has 2 GB. */
const LIMITS = { most: 32, mostOfOne: 2, withinMs: 60_000, heapMb: 1024 }
/** So many bytes are read in a few milliseconds: they are not counted for their key. */
const SMALL_BYTES = 64 * 1024

type Question<Name extends keyof Work> = Parameters<Work[Name]>[0]

/** Answers of `document-work.ts`, from a thread of its own. `asker`: the key that asks. */
export class DocumentThread {
  private readonly thread: WorkThread<Work>

  /** `execArgv`: Node's options for the thread, where its program is not built (tests). */
  constructor(execArgv?: string[]) {
    this.thread = new WorkThread({
      ...LIMITS,
      filename: join(__dirname, `document-work${extname(__filename)}`),
      execArgv,
    })
  }

  check(question: Question<'check'>, asker?: string) {
    const isLarge = question.bytes.length > SMALL_BYTES
    return this.thread.ask('check', question, { asker: isLarge ? asker : undefined })
  }

  complianceLists(question: Question<'complianceLists'>) {
    return this.thread.ask('complianceLists', question)
  }

  close(): Promise<void> {
    return this.thread.close()
  }
}
