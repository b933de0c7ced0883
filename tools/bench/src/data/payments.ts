import { CARD_TYPES, groupBin, HOT, MERCHANT_COUNT, merchantId, METHODS, SCHEMES } from './documents'
import { Random } from './random'

/** A payment as the transaction system sends it, but for its serial. */
export interface Payment {
  merchant: string
  amount: number
  paymentMethod: string
  card: { token: string; bin: string; last4: string }
  cardType: (typeof CARD_TYPES)[number]
  cardRegion: 'domestic'
  scheme: string
}

/** A bijection of 32 bits (murmur3's last step): neighbours in, strangers out. */
function scatter(n: number): number {
  let mixed = n ^ (n >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** Tokens fall all over the index, as real ones (HMACs) do: in order they would flatter every figure. */
export const cardToken = (run: string, n: number): string =>
  `cd_${scatter(n).toString(16).padStart(8, '0')}z${scatter(~n).toString(16).padStart(8, '0')}_bench_${run}`
/** One width for every number, so that bodies keep their length. */
export const serialOf = (run: string, n: number): string => `${run}-${String(n).padStart(10, '0')}`

/** Any payment at any of the 100,000 merchants. */
export function anyPayment(random: Random, n: number): Payment {
  return {
    merchant: merchantId(random.int(0, MERCHANT_COUNT - 1)),
    amount: random.int(1_000, 60_000),
    paymentMethod: random.pick(METHODS),
    card: {
      token: cardToken('any', n),
      bin: random.chance(0.5) ? groupBin(random.int(0, 39), random.int(0, 29)) : '622700',
      last4: '1234',
    },
    cardType: random.pick(CARD_TYPES),
    cardRegion: 'domestic',
    scheme: random.pick(SCHEMES),
  }
}

/** A payment that the hot offer, or the full one, takes: a card never seen before, and no other offer fits. */
export function hotPayment(
  random: Random,
  run: string,
  n: number,
  at: { merchants: readonly [number, number] } = HOT,
): Payment {
  const [from, to] = at.merchants
  return {
    merchant: merchantId(random.int(from, to)),
    amount: random.int(10_000, 60_000),
    paymentMethod: 'qr',
    card: { token: cardToken(run, n), bin: '622700', last4: '1234' },
    cardType: 'debit',
    cardRegion: 'domestic',
    scheme: 'unionpay',
  }
}
