import { parseCampaign, type Campaign, type PaymentFacts } from '@lijian/contracts/marketing'
import { compileCatalog, screen, type Catalog } from '@lijian/rules'

const GROUPS = 10
const PAYMENTS = 200_000
const TURNS = 5

export const idOf = (n: number): string => `M${String(n).padStart(8, '0')}`

/** A tenth of the merchants in each offer, by name or in a group. */
function campaign(code: string, bound: object): Campaign {
  const parsed = parseCampaign({
    code,
    name: code,
    timeZone: 'Asia/Shanghai',
    from: '2020-01-01',
    paymentMode: 'postpay',
    funders: [{ partner: 'P0', sharePpm: 1_000_000 }],
    offers: [
      {
        code,
        name: code,
        kind: 'amount',
        ...bound,
        rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] } },
      },
    ],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.campaign
}

const part = (merchants: number, n: number) =>
  Array.from({ length: merchants / GROUPS }, (_, i) => idOf(i * GROUPS + n))

function catalogs(merchants: number): { named: Catalog; grouped: Catalog } {
  const numbers = Array.from({ length: GROUPS }, (_, n) => n)
  const of = (bound: (n: number) => object) =>
    numbers.map((n) => ({ document: campaign(`C${n}`, bound(n)), version: 1, approved: true, suspended: false, suspendedOffers: [] })) // prettier-ignore
  const common = { cardGroups: [], drawKey: Buffer.alloc(32) }
  return {
    named: compileCatalog({ ...common, campaigns: of((n) => ({ merchants: part(merchants, n) })) }),
    grouped: compileCatalog({
      ...common,
      campaigns: of((n) => ({ merchantGroups: [`G${n}`] })),
      merchantGroups: numbers.map((n) => ({ code: `G${n}`, merchants: part(merchants, n) })),
    }),
  }
}

function secondsOf(catalog: Catalog, payments: readonly PaymentFacts[]): number {
  const begun = process.hrtime.bigint()
  let found = 0
  for (const payment of payments) found += screen(catalog, payment, false).passed.length
  if (found === 0) throw new Error('no payment met an offer')
  return Number(process.hrtime.bigint() - begun) / 1e9
}

/** Microseconds a payment, the fastest of some turns, one after the other; a fifth of the payments are at merchants that nobody binds. */
export function evaluation(merchants: number): { namedUs: number; groupedUs: number } {
  const { named, grouped } = catalogs(merchants)
  const atMs = Date.parse('2026-11-23T04:00:00Z')
  const payments = Array.from({ length: PAYMENTS }, (_, i) => ({
    client: 'bench',
    serial: `S-${i}`,
    merchant: idOf((i * 7919) % (merchants * 1.25)),
    amountFen: 10_000,
    currency: 'CNY',
    paymentMethod: 'qr',
    atMs,
  })) satisfies PaymentFacts[]
  const best = { named: Infinity, grouped: Infinity }
  for (let turn = 0; turn < TURNS; turn++) {
    best.named = Math.min(best.named, secondsOf(named, payments))
    best.grouped = Math.min(best.grouped, secondsOf(grouped, payments))
  }
  return { namedUs: (best.named / PAYMENTS) * 1e6, groupedUs: (best.grouped / PAYMENTS) * 1e6 }
}
