import type { Campaign, FeeBenefit, FeeSchedule, Offer } from '@lijian/contracts/marketing'
import type { PaymentFacts } from '@lijian/rules'
import { createHmac } from 'node:crypto'
import type { World } from './reference-world'

type Span = { min: number; max: number; step?: number }
type Value = number | Span | { layers: (Span & { weight: number })[] }

/** What an amount offer gives on what is left to pay: 0 or less is nothing, a text is the threshold that was missed. */
export function amountGiven(
  world: World,
  campaign: Campaign,
  offer: Extract<Offer, { kind: 'amount' }>,
  pay: PaymentFacts,
  payable: number,
  seed: readonly (string | number)[],
): number | string {
  const { benefit } = offer.rule
  const before = pay.eligibleFen ?? pay.amountFen
  const base = offer.base === 'gross' ? before : Math.max(0, before - (pay.amountFen - payable))
  const draw = (value: Value, step: number) => drawn(world, seed, value, step)
  let off: bigint
  if (benefit.type === 'fixedPrice') {
    if (base <= benefit.price) return 'amount_below_minimum'
    if (benefit.upTo !== undefined && base > benefit.upTo) return 'amount_above_maximum'
    off = BigInt(base - benefit.price)
  } else if (benefit.type === 'reduce') {
    const tier = benefit.tiers.filter(({ atLeast }) => base >= atLeast).at(-1)
    if (!tier) return 'amount_below_minimum'
    off = BigInt(draw(tier.off, 1)) * (tier.every ? BigInt(base) / BigInt(tier.atLeast) : 1n)
  } else {
    const tier = benefit.tiers.filter(({ atLeast }) => base >= atLeast).at(-1)
    if (!tier) return 'amount_below_minimum'
    off = (BigInt(base) * BigInt(1_000_000 - draw(tier.payPpm, 10_000))) / 1_000_000n
  }
  const leaves = offer.delivery === 'rebate' ? 0 : (benefit.minPayable ?? 1)
  const bounds = [off, BigInt(benefit.cap ?? Number.MAX_SAFE_INTEGER), BigInt(base), BigInt(payable - leaves)]
  return Number(bounds.reduce((a, b) => (b < a ? b : a)))
}

function drawn({ key }: World, seed: readonly (string | number)[], value: Value, step: number): number {
  if (typeof value === 'number') return value
  const hex = createHmac('sha256', key).update(JSON.stringify(seed)).digest('hex')
  const part = (from: number, n: number) => Number((BigInt(`0x${hex.slice(from, from + 16)}`) * BigInt(n)) / 2n ** 64n)
  let span: Span
  if ('layers' in value) {
    const lots = value.layers.flatMap((layer) => Array.from({ length: layer.weight }, () => layer))
    span = lots[part(0, lots.length)]!
  } else span = value
  const values: number[] = []
  for (let v = span.min; v <= span.max; v += span.step ?? step) values.push(v)
  return values[part(16, values.length)]!
}

const halfUp = (fen: number, ppm: number) => Number((BigInt(fen) * BigInt(ppm) * 2n + 1_000_000n) / 2_000_000n)
const clamp = (fen: number, { min = 0, max = Infinity }: { min?: number; max?: number }) =>
  Math.min(Math.max(fen, min), max)

export function newFeeOf(benefit: FeeBenefit, before: number, payable: number): number {
  switch (benefit.type) {
    case 'waive':
      return 0
    case 'rate':
      return clamp(halfUp(payable, benefit.ppm), benefit)
    case 'percentOff':
      return halfUp(before, 1_000_000 - benefit.ppm)
    case 'fixed':
      return benefit.amount
  }
}

export function feeOf(fees: FeeSchedule | undefined, { paymentMethod, cardType }: PaymentFacts, fen: number): number {
  const ofMethod = fees?.methods?.[paymentMethod]
  const types = cardType === 'quasi_credit' ? (['quasi_credit', 'credit'] as const) : cardType ? [cardType] : []
  const entry = [
    ...types.map((type) => ofMethod?.[type]),
    ofMethod?.default,
    ...types.map((type) => fees?.[type]),
    fees?.default,
  ].find((found) => found)
  return entry ? clamp(halfUp(fen, entry.ppm), entry) : 0
}
