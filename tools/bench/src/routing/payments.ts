import type { RoutePayment } from '@lijian/selection'
import { METHOD, REGIONS, TRADES, TYPE } from './document'

/** One for each pool that may come first. */
export const MERCHANTS = ['M1', 'M2', 'M3']
const NOON_MS = Date.parse('2026-11-25T04:00:00Z')
export const DAY = '2026-11-25'

/** Amounts of 1.00 to 1,001 yuan, at any minute from 07:00 to 17:00 of one day in Shanghai. */
export const paymentOf = (n: number): RoutePayment => ({
  client: 'T',
  serial: `20261125${n}`,
  merchant: MERCHANTS[n % MERCHANTS.length]!,
  method: METHOD,
  type: TYPE,
  amountFen: 100 + ((n * 7919) % 100_000),
  atMs: NOON_MS + ((n % 600) - 300) * 60_000,
  cardType: n % 5 < 2 ? 'credit' : 'debit',
  industry: TRADES[n % 4]!,
  region: REGIONS[n % 2]!,
})
