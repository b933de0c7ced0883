import type { PaymentFacts } from '@lijian/rules'
import type { Documents } from '../data/documents'
import { anyPayment, type Payment } from '../data/payments'
import { Random } from '../data/random'
import type { Engine, BenchPayment } from './engine'
import { peerFacts } from './plain'

/** Two weeks around a Wednesday noon in Shanghai, at any hour, with a weekend and an excluded date in them. */
const FROM_MS = Date.parse('2026-11-04T04:00:00Z')
const DAYS = 14
const DAY_S = 86_400

export const KINDS = ['no offer', 'with offers'] as const
export type Kind = (typeof KINDS)[number]

function factsOf({ merchant, amount, card, ...rest }: Payment, n: number, random: Random): PaymentFacts {
  return {
    ...rest,
    client: 'bench',
    serial: `r-${n}`,
    merchant,
    amountFen: amount,
    currency: 'CNY',
    cardToken: card.token,
    cardDigits: card.bin,
    merchantMcc: '5812',
    merchantRegion: '440305',
    merchantCountry: 'CN',
    atMs: FROM_MS + random.int(0, DAYS * DAY_S - 1) * 1_000,
  }
}

/** Random payments, sorted by whether they get anything: half of them are made at a merchant that an offer names. */
export async function paymentsOf(
  documents: Documents,
  lijian: Engine,
  count: number,
): Promise<Record<Kind, BenchPayment[]>> {
  const random = new Random(2)
  const toPeer = peerFacts(documents)
  const bound = documents.campaigns.flatMap(({ offers }) => offers).filter(({ merchants }) => merchants !== undefined)
  const pools: Record<Kind, BenchPayment[]> = { 'no offer': [], 'with offers': [] }
  for (let n = 0; KINDS.some((kind) => pools[kind].length < count); n++) {
    const payment = anyPayment(random, n)
    if (bound.length > 0 && random.chance(0.5)) payment.merchant = random.pick(random.pick(bound).merchants!)
    const facts = factsOf(payment, n, random)
    const one = { facts, peer: toPeer(facts) }
    const gets = lijian.answer!(await lijian.evaluate(lijian.input(one, n))).size
    const pool = pools[gets === 0 ? 'no offer' : 'with offers']
    if (pool.length < count) pool.push(one)
  }
  return pools
}
