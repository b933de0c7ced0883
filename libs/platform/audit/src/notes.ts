import { createHash } from 'node:crypto'
import type { Acting } from '@lijian/database'
import type { Pool } from 'pg'

/** Something that is no change of a row. */
export interface AuditNote {
  act: 'sign_in' | 'refusal' | 'read'
  result: 'done' | 'refused'
  who: Acting
  subjectKind: string
  subject: string
  about?: Record<string, string | number>
  /** Whose account it is about; its person is looked up, and it is not kept. */
  login?: string | undefined
}

export interface NotesOptions {
  nowMs: () => number
  onError: (error: unknown) => void
  /** How many refusals of one sender are events of their own, each minute. */
  eachMinute?: Record<'refusal' | 'sign_in', number>
  flushEveryMs?: number
}

const MINUTE_MS = 60_000
const EACH_MINUTE = { refusal: 5, sign_in: 60 }
/** Who asks from more addresses than this in a minute is counted as one. */
const SENDERS_MAX = 2000
const QUEUE_MAX = 5000

interface Counted {
  seen: number
  last: AuditNote
}

/** Reads are written before they are answered; refusals behind, so that who is refused ten thousand times a second costs nobody else. */
export class AuditNotes {
  private queue: AuditNote[] = []
  private senders = new Map<string, Counted>()
  private minuteEndsAtMs = 0
  private writing: Promise<void> = Promise.resolve()
  private readonly timer: NodeJS.Timeout

  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly options: NotesOptions,
  ) {
    this.timer = setInterval(() => void this.flush(), options.flushEveryMs ?? 2000).unref()
  }

  /** Written when it resolves. */
  async write(...notes: AuditNote[]): Promise<void> {
    if (notes.length > 0) await this.pool.query('SELECT audit_note($1::jsonb)', [JSON.stringify(notes)])
  }

  refused(note: AuditNote): void {
    const { actor = '', address = '' } = note.who
    this.endMinute()
    let of = `${note.act} ${actor} ${address}`
    if (!this.senders.has(of) && this.senders.size >= SENDERS_MAX) of = ''
    const counted = this.senders.get(of)
    if (counted === undefined) this.senders.set(of, { seen: 1, last: note })
    else {
      counted.seen++
      counted.last = note
    }
    if ((counted?.seen ?? 1) <= this.most(note)) this.enqueue(note)
  }

  /** What is written behind is written when it resolves. */
  flush(): Promise<void> {
    this.endMinute()
    const notes = this.queue
    this.queue = []
    if (notes.length > 0)
      this.writing = this.writing
        .then(() => this.write(...notes))
        .catch((error: unknown) => {
          this.queue = [...notes, ...this.queue].slice(0, QUEUE_MAX)
          this.options.onError(error)
        })
    return this.writing
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    this.minuteEndsAtMs = 0
    await this.flush()
  }

  private most({ act }: AuditNote): number {
    return (this.options.eachMinute ?? EACH_MINUTE)[act === 'sign_in' ? act : 'refusal']
  }

  private enqueue(note: AuditNote): void {
    if (this.queue.length < QUEUE_MAX) this.queue.push(note)
  }

  /** Those that were no events of their own are one, with their number. */
  private endMinute(): void {
    const nowMs = this.options.nowMs()
    if (nowMs < this.minuteEndsAtMs) return
    this.minuteEndsAtMs = nowMs + MINUTE_MS
    for (const [of, { seen, last }] of this.senders) {
      const more = seen - this.most(last)
      if (more <= 0) continue
      const { operation: _, request: __, ...who } = last.who
      const { login: ___, ...rest } = last
      this.enqueue({
        ...rest,
        who: { operation: 'refusals', ...(of === '' ? {} : who) },
        subjectKind: 'sender',
        subject: of === '' ? '*' : (last.who.actor ?? last.who.address ?? '*'),
        about: { more },
      })
    }
    this.senders = new Map()
  }
}

/** Of what was typed as a login: it may be a password in the wrong field. */
export const loginSubject = (login: string): string =>
  `sha256:${createHash('sha256').update(login).digest('hex').slice(0, 24)}`
