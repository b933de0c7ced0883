import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from './stage'

/** What the transaction system was told: what it can hold us to. */
export interface Told {
  confirmed: string[]
  held: string[]
  cancelled: string[]
  refundHeld: string[]
  /** Answers that refused: sent again until they were taken. */
  refused: number
  /** Confirmed after `mark`. */
  afterMark: number
}

export interface Traffic {
  told: Told
  /** Throws what ended a client. */
  mustGoOn(): void
  /** How often each answer came, for whoever waits in vain. */
  answers: Record<string, number>
  mark(): void
  /** Lets every payment come to its end. */
  stop(): Promise<Told>
}

const CLIENTS = 16
/** Temporal on a busy machine has some dozens of workflows a second: what is paid is to drain within a test. */
const PAUSE_MS = 100

/** Clients that pay one after another until told to stop: of ten payments one fails upstream, one stays held, one is refunded in part. */
export function pay(stage: Stage, name: string): Traffic {
  const told: Told = { confirmed: [], held: [], cancelled: [], refundHeld: [], refused: 0, afterMark: 0 }
  let stopping = false
  let marked = false
  let broken: { error: unknown } | undefined
  const answers: Record<string, number> = {}
  const post = async (path: string, body: object) => {
    const { status, text } = await stage.ask('POST', `/v1/transactions${path}`, body)
    const answer = JSON.parse(text) as {
      state?: string
      payable?: number
      code?: string
      reasons?: { reason: string }[]
    }
    const said = [status, answer.state ?? answer.code, answer.reasons?.[0]?.reason].filter(Boolean).join(' ')
    answers[said] = (answers[said] ?? 0) + 1
    return { status, body: answer }
  }
  /** As a transaction system does it: the same again until it is stored. */
  const stored = async (path: string, body: object): Promise<string> => {
    for (;;) {
      const { status, body: answer } = await post(path, body)
      if (status === 200) return answer.state!
      if (status !== 503) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`)
      told.refused++
      await sleep(50)
    }
  }
  const one = async (serial: string, kind: number): Promise<void> => {
    const { body } = await post('', { serial, merchant: 'M1', amount: 10_000, paymentMethod: 'qr' })
    // While PostgreSQL is away there is no offer; the payment goes on without.
    if (body.state !== 'held') return
    if (kind === 0) return void told.held.push(serial)
    const state = await stored(
      `/${serial}/result`,
      kind === 1 ? { outcome: 'failure' } : { outcome: 'success', paid: body.payable },
    )
    if (state === 'cancelled') return void told.cancelled.push(serial)
    if (state !== 'confirmed') throw new Error(`${serial} is ${state}`)
    told.confirmed.push(serial)
    if (marked) told.afterMark++
    if (kind === 2 && (await stored(`/${serial}/refunds`, { serial: `${serial}-r`, amount: 3000 })) === 'refund_held')
      told.refundHeld.push(`${serial}-r`)
  }
  const client = async (n: number) => {
    for (let i = 0; !stopping; i++) {
      await one(`${name}-${n}-${i}`, (n + i) % 10)
      await sleep(PAUSE_MS)
    }
  }
  const clients = Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)))
  clients.catch((error: unknown) => {
    broken = { error }
    stopping = true
  })
  return {
    told,
    answers,
    mustGoOn: () => {
      if (broken !== undefined) throw broken.error
    },
    mark: () => (marked = true),
    async stop() {
      stopping = true
      await clients
      return told
    },
  }
}
