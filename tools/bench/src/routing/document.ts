import { parseRouting, type RoutingDocument } from '@lijian/contracts/routing'

export const CHANNELS = 10
export const POOLS = 3
export const MIDS = 50
export const TRADES = ['5812', '5411', '5732', '7011']
export const REGIONS = ['440300', '310000']
export const METHOD = 'wechat'
export const TYPE = 'qr'
const UNLIMITED_FEN = 1_000_000_000_000

/** What a MID asks of a payment, in words that every engine has. */
export interface MidFilters {
  code: string
  industry?: string
  region?: string
  max: number
  fromMinute: number
  toMinute: number
  takesDebit: boolean
}

/** Half of the MIDs are for one trade, a third for one region, a quarter open only in the daytime, a fifth take small amounts only; one channel takes no debit cards. */
export const midFilters = (): MidFilters[] =>
  Array.from({ length: POOLS * MIDS }, (_, i) => ({
    code: `MID-${i}`,
    ...(i % 2 === 0 ? { industry: TRADES[(i / 2) % TRADES.length]! } : {}),
    ...(i % 3 === 0 ? { region: REGIONS[(i / 3) % REGIONS.length]! } : {}),
    ...(i % 4 === 0 ? { fromMinute: 480, toMinute: 1320 } : { fromMinute: 0, toMinute: 1440 }),
    max: i % 5 === 0 ? 50_000 : 5_000_000,
    takesDebit: i % CHANNELS !== 7,
  }))

export interface DocumentShape {
  merchants: readonly string[]
  midDailyFen: number
  /** Also a count per card and day on channel and MID, and sums of credit and debit per pool: six counters per payment. */
  sixCounters?: boolean
}

const clock = (minute: number) => `${String(minute / 60).padStart(2, '0')}:00`
const ORDERS = ['priority', 'cost', 'random'] as const

/** 3 pools, one of each order, × 50 MIDs over 10 channels. Merchants take turns in which pool comes first. */
export function routingDocument({ merchants, midDailyFen, sixCounters = false }: DocumentShape): RoutingDocument {
  const perCard = sixCounters ? { cardDailyCount: 1_000 } : {}
  const pools = ORDERS.map((_, p) => `P-${p}`)
  return parsed({
    timeZone: 'Asia/Shanghai',
    channels: Array.from({ length: CHANNELS }, (_, i) => ({
      code: `CH-${i}`,
      dailyAmount: UNLIMITED_FEN,
      ...perCard,
      cards: [
        { cardType: 'credit', costPpm: 5000 + i * 10 },
        ...(i === 7 ? [] : [{ cardType: 'debit', costPpm: 2500 + i * 10, costMax: 2000 }]),
      ],
    })),
    mids: midFilters().map(({ code, industry, region, max, fromMinute, toMinute }, i) => ({
      code,
      channel: `CH-${i % CHANNELS}`,
      dailyAmount: midDailyFen,
      ...perCard,
      perTransaction: { max },
      priority: i % 5,
      ...(industry === undefined ? {} : { industry }),
      ...(region === undefined ? {} : { region }),
      ...(fromMinute === 0 ? {} : { serviceHours: [[clock(fromMinute), clock(toMinute)]] }),
    })),
    pools: ORDERS.map((order, p) => ({
      code: pools[p],
      order,
      dailyAmount: UNLIMITED_FEN,
      shared: { approvedBy: 'bench', reference: '1' },
      ...(sixCounters ? { minCreditMinusDebit: -UNLIMITED_FEN } : {}),
      mids: Array.from({ length: MIDS }, (_, i) => `MID-${p * MIDS + i}`),
    })),
    merchants: merchants.map((merchant, m) => ({
      merchant,
      routes: [{ method: METHOD, type: TYPE, pools: pools.map((_, p) => pools[(m + p) % POOLS]) }],
    })),
  })
}

export function parsed(document: object): RoutingDocument {
  const found = parseRouting(document)
  if (!found.ok) throw new Error(JSON.stringify(found.errors))
  return found.routing
}
