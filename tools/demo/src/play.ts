import type { ResultRequest, ReverseAnswer, TransactionAnswer, TransactionState } from '@lijian/contracts/marketing'
import type { Http } from './http'
import type { Example, Moment, Played } from './types'
import { payUpstream } from './upstream'

const PATIENCE_MS = 60_000
const LOOK_EVERY_MS = 100
/** The demo shares its machine with all servers; in production a query waits 50 ms. */
const DEADLINE_MS = 5_000

/** Plays all payments through the HTTP door: queries in the order of the file, everything after a query at its own pace. */
export async function playAll(
  examples: readonly Example[],
  door: Http,
  onDone: (done: number) => void,
): Promise<Played[]> {
  const player = new Player(door)
  const lives: Promise<Played>[] = []
  let done = 0
  for (const example of examples) {
    const asked = player.ask(example)
    const life = asked.then((query) => player.live(example, query)).finally(() => onDone(++done))
    // A failure is met below, where all are awaited.
    life.catch(() => undefined)
    lives.push(life)
    if (!example.after) await asked
  }
  return Promise.all(lives)
}

class Player {
  constructor(private readonly door: Http) {}

  async ask(example: Example): Promise<TransactionAnswer> {
    if (example.after) await this.wait(example.after)
    const payment = { ...example.payment, deadlineMs: DEADLINE_MS }
    return this.door<TransactionAnswer>('POST', '/v1/transactions?explain=true', payment)
  }

  /** What a transaction system does with the decision: pay upstream, report, and take back what was taken back. */
  async live(example: Example, query: TransactionAnswer): Promise<Played> {
    const { serial } = example.payment
    const heard = await payUpstream(example, (moment) =>
      query.state === 'held' ? this.wait(moment) : Promise.resolve(),
    )
    if (heard.outcome === 'nothing') {
      if (query.state !== 'held') return { example, query, final: query }
      if (!heard.late) return { example, query, final: await this.wait({ serial, state: 'expired' }) }
      await heard.late
    }
    const upstreamSerial = `U-${serial}`
    const { marketingSerial, payable: paid = example.payment.amount } = query
    const final = await this.report(
      serial,
      heard.outcome === 'failure'
        ? { outcome: 'failure', upstreamSerial }
        : { outcome: 'success', paid, marketingSerial, upstreamSerial },
    )
    const { answers } = example.upstream
    if ((answers !== 'reversal' && answers !== 'void') || final.state !== 'confirmed') return { example, query, final }
    const reversal = { kind: answers, serial: `${serial}-${answers === 'void' ? 'V' : 'R'}` }
    await this.door<ReverseAnswer>('POST', `/v1/transactions/${serial}/${answers}`, { serial: reversal.serial })
    return { example, query, final: await this.read(serial), reversal }
  }

  private report(serial: string, result: ResultRequest): Promise<TransactionAnswer> {
    return this.door('POST', `/v1/transactions/${serial}/result`, result)
  }

  private read(serial: string): Promise<TransactionAnswer> {
    return this.door('GET', `/v1/transactions/${serial}`)
  }

  /** Until a payment has come to a state. One that nobody holds, or that has not been asked for yet, is unknown to the API. */
  private async wait({ serial, state }: Moment): Promise<TransactionAnswer> {
    const until = Date.now() + PATIENCE_MS
    let last: TransactionState | undefined
    while (Date.now() < until) {
      const answer = await this.read(serial).catch(() => undefined)
      if (answer?.state === state) return answer
      last = answer?.state
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    }
    throw new Error(`${serial} is ${last ?? 'unknown'} and not ${state} after ${PATIENCE_MS / 1000} s`)
  }
}
