import { Histogram } from '../report/histogram'
import { Connection } from './connection'
import type { Held, Mix } from './mixes'
import type { StreamFigures, StreamPlan } from './plan'
import { told } from './told'

export interface StreamClock {
  /** From here on answers count. */
  measuredFromMs: number
  endsAtMs: number
}

const IDLE_MS = 2

/** `clients` connections, each sending its next request as soon as it is answered, or at a steady rate when it is due. */
export class Stream {
  private readonly histogram = new Histogram()
  private readonly answers: Record<string, number> = {}
  private sent = 0
  private readonly beganMs = performance.now()
  private lastAnswerMs = 0

  constructor(
    private readonly plan: StreamPlan,
    private readonly mix: Mix,
    private readonly held: Held,
    private readonly clock: StreamClock,
  ) {}

  async run(port: number): Promise<StreamFigures> {
    await Promise.all(Array.from({ length: this.plan.clients }, () => this.client(port)))
    const { measuredFromMs, endsAtMs } = this.clock
    const seconds = (Math.min(endsAtMs, this.lastAnswerMs) - measuredFromMs) / 1_000
    const latencies = this.histogram.summary()
    return { latencies, answers: this.answers, seconds, perSecond: latencies.count / seconds }
  }

  private client(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let serial: string | undefined
      let sentAtMs = 0
      let connection: Connection
      const end = () => {
        connection.close()
        resolve()
      }
      const next = () => {
        if (performance.now() >= this.clock.endsAtMs || this.sent >= (this.plan.atMost ?? Infinity)) return end()
        const request = this.mix()
        if (request === undefined) return this.plan.waits ? void setTimeout(next, IDLE_MS) : end()
        serial = request.serial
        sentAtMs = this.dueMs()
        this.sent++
        sendWhen(sentAtMs, () => connection.send(request.text))
      }
      const answered = (status: number, body: string) => {
        this.record(sentAtMs, status, body, serial)
        next()
      }
      Connection.open(port, answered, reject).then((opened) => {
        connection = opened
        next()
      }, reject)
    })
  }

  private dueMs(): number {
    const { perSecond } = this.plan
    return perSecond === undefined ? performance.now() : this.beganMs + (this.sent * 1000) / perSecond
  }

  private record(sentAtMs: number, status: number, body: string, serial: string | undefined): void {
    const now = performance.now()
    const { name, held } = told(status, body)
    if (held !== undefined && serial !== undefined) this.held.add({ serial, ...held })
    if (now < this.clock.measuredFromMs || now > this.clock.endsAtMs) return
    this.lastAnswerMs = now
    this.histogram.addMs(now - sentAtMs)
    this.answers[name] = (this.answers[name] ?? 0) + 1
  }
}

function sendWhen(dueMs: number, send: () => void): void {
  const leftMs = dueMs - performance.now()
  if (leftMs > 0) setTimeout(send, leftMs)
  else send()
}
