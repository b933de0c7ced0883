import { setTimeout as sleep } from 'node:timers/promises'
import type { Ground } from './ground'
import { MERCHANTS } from './furnish'

/** One payment as its transaction system knows it. */
export interface Payment {
  serial: string
  merchant: string
  /** Each answer to its query, in the order in which they came. */
  told: { state: string; payable: number; till: number }[]
  /** What was sent as its result, and the state that was told for it. */
  outcome?: 'success' | 'failure'
  paid?: number
  ended?: string
}

export interface Query {
  atMs: number
  tookMs: number
  merchant: string
  /** `held`, `no_offer deadline`, … or `refused` when no answer came. */
  said: string
}

export interface LoadOptions {
  perSecond: number
  /** Each query goes to both processes at once. */
  twice?: boolean
  /** Only these. */
  merchants?: readonly string[]
}

/** Payments at a steady rate, whatever becomes of those before: of ten one fails upstream and one never says what became of it. */
export class Load {
  readonly payments: Payment[] = []
  readonly queries: Query[] = []
  #stopping = false
  #broken: Error | undefined
  #lives: Promise<void>[] = []
  #loop: Promise<void>

  constructor(
    private readonly ground: Ground,
    private readonly name: string,
    private readonly options: LoadOptions,
  ) {
    this.#loop = this.#run()
  }

  async #run(): Promise<void> {
    const everyMs = 1000 / this.options.perSecond
    const began = performance.now()
    for (let i = 0; !this.#stopping; i++) {
      this.#lives.push(this.#live(i).catch((error: Error) => void (this.#broken ??= error)))
      const waitMs = began + (i + 1) * everyMs - performance.now()
      if (waitMs > 0) await sleep(waitMs)
    }
  }

  /** Lets every payment come to its end. Throws what no transaction system should meet. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#loop
    await Promise.all(this.#lives)
    if (this.#broken !== undefined) throw this.#broken
  }

  async #live(i: number): Promise<void> {
    const merchants = this.options.merchants ?? MERCHANTS
    const payment: Payment = { serial: `${this.name}-${i}`, merchant: merchants[i % merchants.length]!, told: [] }
    this.payments.push(payment)
    const tills = this.options.twice ? [0, 1] : [i % 2]
    await Promise.all(tills.map((till) => this.#query(payment, till)))
    const last = payment.told.at(-1)
    if (last === undefined || i % 10 === 9) return
    payment.outcome = i % 10 === 8 ? 'failure' : 'success'
    // What was told last is what went upstream; of two at once, the better.
    payment.paid = Math.min(...payment.told.map(({ payable }) => payable))
    await this.#result(payment, (i >> 1) % 2)
  }

  async #query(payment: Payment, till: number): Promise<void> {
    const { serial, merchant } = payment
    const began = performance.now()
    const note = (said: string) =>
      this.queries.push({ atMs: performance.now(), tookMs: performance.now() - began, merchant, said })
    try {
      const { status, body } = await this.#post(till, '/v1/transactions', {
        serial,
        merchant,
        amount: 10_000,
        paymentMethod: 'qr',
      })
      const said = [body.state ?? `${status} ${body.code}`, body.reasons?.[0]?.reason].filter(Boolean).join(' ')
      note(said)
      if (body.state !== undefined) payment.told.push({ state: body.state, payable: body.payable!, till })
      else if (status < 500 && status !== 429) throw new Error(`query ${serial}: ${status} ${JSON.stringify(body)}`)
    } catch (error) {
      if (!isCutOff(error)) throw error
      note('refused')
    }
  }

  /** As a transaction system does it: the same again, at the other process too, until it is stored. */
  async #result(payment: Payment, first: number): Promise<void> {
    const { serial, outcome, paid } = payment
    const body = outcome === 'success' ? { outcome, paid } : { outcome }
    for (let i = first; ; i++) {
      try {
        const { status, body: answer } = await this.#post(i % 2, `/v1/transactions/${serial}/result`, body)
        // Nothing is stored under it: what was told was no offer.
        if (status === 200 || status === 404) return void (payment.ended = answer.state ?? String(answer.code))
        if (status < 500) throw new Error(`result ${serial}: ${status} ${JSON.stringify(answer)}`)
      } catch (error) {
        if (!isCutOff(error)) throw error
      }
      await sleep(100)
    }
  }

  async #post(till: number, path: string, body: object) {
    const { base } = this.ground.tills[till]!
    const reply = await fetch(base + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.ground.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    })
    const answer = (await reply.json()) as {
      state?: string
      code?: string
      payable?: number
      reasons?: { reason: string }[]
    }
    return { status: reply.status, body: answer }
  }
}

/** No answer came: refused, reset, or too late for whoever asks. */
const isCutOff = (error: unknown): boolean => ['TypeError', 'TimeoutError'].includes((error as Error).name)
