import { compileCatalog, screen } from '@lijian/rules'
import { Evaluated, factsOf } from '../evaluated'
import type { QueryAsk } from '../types'
import { campaign } from './campaign'

export const AT_MS = Date.parse('2026-11-23T04:00:00Z')
const CATALOG = compileCatalog({
  campaigns: [
    {
      document: campaign({ budget: { amount: 1500 } }),
      version: 1,
      approved: true,
      suspended: false,
      suspendedOffers: [],
    },
  ],
  cardGroups: [],
  customerGroups: [],
  drawKey: Buffer.alloc(32),
} as Parameters<typeof compileCatalog>[0])

export const idOf = (attempt: number): string => `m_${attempt}`

const made = new Map<string, Evaluated>()

/** The payment under a serial, as the attempt of that id has evaluated it. */
export function evaluated(serial: string, id: string): Evaluated {
  const before = made.get(id)
  if (before !== undefined) return before
  const ask: QueryAsk = {
    client: 'T',
    request: { serial, merchant: 'M1', amount: 10_000, currency: 'CNY', paymentMethod: 'qr' },
    bodyHash: serial,
    door: 'http',
    receivedAtMs: AT_MS,
  }
  const facts = factsOf(ask, undefined)
  const input = { facts, screening: screen(CATALOG, facts, false), fees: undefined }
  const terms = { startDelayMs: 0, holdMs: 900_000, clock: { nowMs: () => AT_MS } }
  const one = new Evaluated(ask, input, { catalog: CATALOG, snapshotId: 's' }, terms)
  Object.defineProperty(one, 'marketingSerial', { value: id })
  made.set(id, one)
  return one
}
