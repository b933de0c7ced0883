import { setImmediate as immediately, setTimeout as sleep } from 'node:timers/promises'
import type { Ground } from './ground'
import { post } from './post'

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
  /** `held`, `no_offer deadline`, …; `refused` when the connection was, `silent` when no answer came within CLIENT_WAITS_MS. */
  said: string
}

export interface LoadOptions {
  perSecond: number
  /** They take turns. */
  merchants: readonly string[]
  /** Each query goes to both processes at once. */
  twice?: boolean
}

const CLIENT_WAITS_MS = 15_000

/** Payments at a steady rate, whatever becomes of those before: of ten one fails upstream and one never says what became of it. */
export class Load {
  readonly payments: Payment[] = []
  readonly queries: Query[] = []
  #everyMs = 0
  #dueMs = 0
  #begun = 0
  #over = 0
  #stopping = false
  #broken: Error | undefined
  #lives: Promise<void>[] = []
  #loop: Promise<void>

  constructor(
    private readonly ground: Ground,
    readonly name: string,
    private readonly options: LoadOptions,
  ) {
    this.setRate(options.perSecond)
    this.#loop = this.#run()
  }

  /** From now on; what the rate of before has not begun is not made up for. */
  setRate(perSecond: number): void {
    this.#everyMs = 1000 / perSecond
    this.#dueMs = performance.now()
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      this.#lives.push(this.#guarded())
      this.#dueMs += this.#everyMs
      const waitMs = this.#dueMs - performance.now()
      await (waitMs > 0 ? sleep(waitMs) : immediately())
    }
  }

  /** Payments that have begun and not come to their end. */
  get underWay(): number {
    return this.#begun - this.#over
  }

  /** Payments to one merchant, one after another, until `isEnough`. */
  async payTo(merchant: string, isEnough: () => Promise<boolean>, withinMs: number): Promise<void> {
    for (const end = performance.now() + withinMs; performance.now() < end && !(await isEnough());) {
      for (let i = 0; i < 4; i++) await this.#live(merchant)
    }
  }

  /** Lets every payment come to its end. Throws what no transaction system should meet. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#loop
    await Promise.all(this.#lives)
    if (this.#broken !== undefined) throw this.#broken
  }

  async #guarded(): Promise<void> {
    this.#begun++
    await this.#live().catch((error: Error) => void (this.#broken ??= error))
    this.#over++
  }

  async #live(only?: string): Promise<void> {
    const i = this.payments.length
    const { merchants, twice } = this.options
    const merchant = only ?? merchants[i % merchants.length]!
    const payment: Payment = { serial: `${this.name}-${i}`, merchant, told: [] }
    this.payments.push(payment)
    const tills = twice ? [0, 1] : [i % 2]
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
    const query = { serial, merchant, amount: 10_000, paymentMethod: 'qr' }
    const answer = await this.#post(till, '/v1/transactions', query)
    if (typeof answer === 'string') return void note(answer)
    const { status, body } = answer
    note([body.state ?? `${status} ${body.code}`, body.reasons?.[0]?.reason].filter(Boolean).join(' '))
    if (body.state !== undefined) payment.told.push({ state: body.state, payable: body.payable!, till })
    else if (status < 500 && status !== 429) throw new Error(`query ${serial}: ${status} ${JSON.stringify(body)}`)
  }

  /** As a transaction system does it: the same again, at the other process too, until it is stored. */
  async #result(payment: Payment, first: number): Promise<void> {
    const { serial, outcome, paid } = payment
    const result = outcome === 'success' ? { outcome, paid } : { outcome }
    for (let i = first; ; i++) {
      const answer = await this.#post(i % 2, `/v1/transactions/${serial}/result`, result)
      if (typeof answer !== 'string') {
        const { status, body } = answer
        // Nothing is stored under it: what was told was no offer.
        if (status === 200 || status === 404) return void (payment.ended = body.state ?? String(body.code))
        if (status < 500) throw new Error(`result ${serial}: ${status} ${JSON.stringify(body)}`)
      }
      await sleep(100)
    }
  }

  async #post(
    till: number,
    path: string,
    body: object,
  ): Promise<{ status: number; body: Answer } | 'refused' | 'silent'> {
    const { base } = this.ground.tills[till]!
    const posted = await post(base + path, this.ground.key, body, CLIENT_WAITS_MS)
    if (posted === undefined) return 'refused'
    return posted === 'silent' ? posted : { status: posted.status, body: JSON.parse(posted.text) as Answer }
  }
}

interface Answer {
  state?: string
  code?: string
  payable?: number
  reasons?: { reason: string }[]
}
