import { setImmediate as immediately, setTimeout as sleep } from 'node:timers/promises'
import { Connection, post } from '../http/connection'

export interface Honest {
  port: number
  key: string
  perSecond: number
  /** The body of the nth payment: one that has an offer. */
  payment: (n: number) => { serial: string }
}

export interface Seen {
  sent: number
  /** Of queries, from the moment at which each was due. */
  p50Ms: number
  p99Ms: number
  deadlines: number
  /** Answers that no transaction system should meet, as texts. */
  wrong: string[]
}

const HANGS_MS = 15_000
/** The API closes what is idle for 72 s; a request on its way at that moment would be lost. */
const IDLE_MS = 30_000

interface Answer {
  state?: string
  code?: string
  payable?: number
  reasons?: { reason: string }[]
}

/** Payments at a steady rate, whatever becomes of those before: each asks, and tells that it succeeded. */
export class Till {
  private readonly idle: Line[] = []
  private n = 0

  constructor(private readonly honest: Honest) {}

  async pay(seconds: number): Promise<Seen> {
    const { perSecond } = this.honest
    const tookMs: number[] = []
    const seen = { deadlines: 0, wrong: [] as string[] }
    const lives: Promise<void>[] = []
    const began = performance.now()
    for (let i = 0; i < seconds * perSecond; i++) {
      const dueMs = began + (i * 1000) / perSecond
      const waitMs = dueMs - performance.now()
      await (waitMs > 1 ? sleep(waitMs) : immediately())
      lives.push(this.live(dueMs, tookMs, seen))
    }
    await Promise.all(lives)
    tookMs.sort((a, b) => a - b)
    const at = (share: number) => tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * share))] ?? NaN
    return { sent: lives.length, p50Ms: at(0.5), p99Ms: at(0.99), ...seen }
  }

  close(): void {
    for (const line of this.idle) line.close()
  }

  private async live(dueMs: number, tookMs: number[], seen: { deadlines: number; wrong: string[] }): Promise<void> {
    const { key, payment } = this.honest
    const body = payment(this.n++)
    const asked = await this.ask(post('/v1/transactions', key, JSON.stringify(body)))
    tookMs.push(performance.now() - dueMs)
    if (typeof asked === 'string') return void seen.wrong.push(`query: ${asked}`)
    const { state, reasons, payable } = asked.answer
    if (asked.status === 200 && state === 'no_offer' && reasons?.[0]?.reason === 'deadline') seen.deadlines++
    else if (asked.status !== 200 || state !== 'held')
      seen.wrong.push(`query: ${asked.status} ${state ?? asked.answer.code} ${reasons?.[0]?.reason ?? ''}`)
    if (state !== 'held') return
    const result = JSON.stringify({ outcome: 'success', paid: payable })
    const told = await this.ask(post(`/v1/transactions/${body.serial}/result`, key, result))
    if (typeof told === 'string') seen.wrong.push(`result: ${told}`)
    else if (told.status !== 200 || told.answer.state !== 'confirmed')
      seen.wrong.push(`result: ${told.status} ${told.answer.state ?? told.answer.code}`)
  }

  private async ask(text: string): Promise<{ status: number; answer: Answer } | 'hangs' | 'cut off'> {
    const line = this.idleLine() ?? (await Line.open(this.honest.port))
    if (line === undefined) return 'cut off'
    const got = await line.ask(text)
    if (typeof got !== 'string') this.idle.push(line)
    else line.close()
    return got
  }

  private idleLine(): Line | undefined {
    for (let line = this.idle.pop(); line !== undefined; line = this.idle.pop()) {
      if (line.isUsable()) return line
      line.close()
    }
    return undefined
  }
}

/** A connection that waits for one answer at a time. */
class Line {
  private connection!: Connection
  private answered: (got: { status: number; answer: Answer } | 'cut off') => void = () => undefined
  private isCut = false
  private usedAtMs = performance.now()

  static async open(port: number): Promise<Line | undefined> {
    const line = new Line()
    try {
      line.connection = await Connection.open(
        port,
        (status, body) =>
          line.answered({ status, answer: JSON.parse(Buffer.from(body, 'latin1').toString()) as Answer }),
        () => {
          line.isCut = true
          line.answered('cut off')
        },
      )
      return line
    } catch {
      return undefined
    }
  }

  isUsable(): boolean {
    return !this.isCut && performance.now() - this.usedAtMs < IDLE_MS
  }

  ask(text: string): Promise<{ status: number; answer: Answer } | 'hangs' | 'cut off'> {
    if (this.isCut) return Promise.resolve('cut off')
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve('hangs'), HANGS_MS)
      this.answered = (got) => {
        clearTimeout(timer)
        this.usedAtMs = performance.now()
        resolve(got)
      }
      this.connection.send(text)
    })
  }

  close(): void {
    this.connection.close()
  }
}
