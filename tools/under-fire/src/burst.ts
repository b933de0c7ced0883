import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from './stage'

/** A payment that was told to be confirmed: on which business date, and how long the answer took. */
export interface Confirmed {
  businessDate: string
  /** When the result was sent, and after how long it was answered. */
  at: number
  ms: number
}

const CLIENTS = 32
/** Of so many payments one has an offer, as at a till: each such one is a workflow, and Temporal has some dozens a second. */
const ONE_IN = 8

/** Payments as fast as the machine gives while it is on; whoever is confirmed is remembered with the date that was answered. */
export class Burst {
  readonly confirmed = new Map<string, Confirmed>()
  payments = 0
  onMs = 0
  /** Answers that refused: sent again until they were taken. */
  refused = 0
  #on = false
  #stopping = false
  #since = 0
  readonly #clients: Promise<void[]>

  constructor(
    private readonly stage: Stage,
    private readonly name: string,
  ) {
    this.#clients = Promise.all(Array.from({ length: CLIENTS }, (_, n) => this.#client(n)))
    this.#clients.catch(() => (this.#stopping = true))
  }

  on(): void {
    this.#on = true
    this.#since = performance.now()
  }
  off(): void {
    this.#on = false
    this.onMs += performance.now() - this.#since
  }
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.on()
    try {
      return await work()
    } finally {
      this.off()
    }
  }
  perSecond = (): number => Math.round(this.payments / (this.onMs / 1000))

  /** Every payment comes to its end. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#clients
  }

  async #client(n: number): Promise<void> {
    for (let i = 0; !this.#stopping; i++)
      if (this.#on) await this.#pay(`${this.name}-${n}-${i}`, `M${n % 3}`, (n + i) % ONE_IN === 0)
      else await sleep(20)
  }

  async #pay(serial: string, merchant: string, withOffer: boolean): Promise<void> {
    this.payments++
    const amount = withOffer ? 10_000 : 5_000
    const { state, payable } = await this.#stored('', { serial, merchant, amount, paymentMethod: 'qr' })
    if (state !== 'held') return
    const at = performance.now()
    const answer = await this.#stored(`/${serial}/result`, { outcome: 'success', paid: payable })
    if (answer.state !== 'confirmed') throw new Error(`${serial} is ${answer.state}`)
    this.confirmed.set(serial, { businessDate: answer.businessDate!, at, ms: performance.now() - at })
  }

  /** As a transaction system does it: the same again until it is stored. */
  async #stored(path: string, body: object): Promise<{ state: string; payable?: number; businessDate?: string }> {
    for (;;) {
      const { status, text } = await this.stage.ask('POST', `/v1/transactions${path}`, body)
      if (status === 200) return JSON.parse(text) as { state: string; payable?: number; businessDate?: string }
      if (status !== 503) throw new Error(`${path}: ${status} ${text}`)
      this.refused++
      await sleep(50)
    }
  }
}

/** The slowest and the 99th of a hundred of the results that were sent in this time, in milliseconds. */
export function slowest(confirmed: Iterable<Confirmed>, from: number, to: number): string {
  const ms = [...confirmed]
    .filter(({ at }) => at >= from && at < to)
    .map((one) => one.ms)
    .sort((a, b) => a - b)
  const shown = (value: number | undefined) => (value === undefined ? '-' : value.toFixed(1))
  return `${ms.length} results, p99 ${shown(ms[Math.floor(ms.length * 0.99)])} ms, slowest ${shown(ms.at(-1))} ms`
}
