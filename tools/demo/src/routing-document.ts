import { cardUsagePolicy, type RoutingDocument, type RoutingDraft } from '@lijian/contracts/routing'

/** What the demo adds to the routing document begins so; everything else in it is somebody's and stays. */
const OURS = 'DEMO-'

const { thresholds: DEFAULT_THRESHOLDS } = cardUsagePolicy.parse({})
/** Cards of nobody: so few payments a month that a demo can pass them. */
export const DEMO_SCHEME = 'demo'
export const DEMO_THRESHOLD = 3

/** The codes of one run: its counters are new, so a daily limit is met in every run. */
export const codesOf = (run: string) => {
  const code = (name: string) => `${OURS}${name}-${run}`
  return {
    merchant: code('NOODLE'),
    parent: code('GROUP'),
    unionPay: code('UNIONPAY'),
    other: code('OTHER'),
    first: code('M1'),
    second: code('M2'),
    shared: code('M9'),
    own: code('OWN'),
    fallback: code('SHARED'),
  }
}
export type Codes = ReturnType<typeof codesOf>
/** The proposal by which the pool may be shared, and whoever has approved it. */
export interface Approved {
  approvedBy: string
  reference: string
}

/**
 * One noodle shop: two MIDs of its own at one channel (real-name, 一户一报), the first preferred and soon full; behind them a pool that is shared, at another
 * channel, approved by somebody. The live document keeps what is not the demo's; what an earlier run has added goes.
 */
export function withDemo(live: RoutingDocument | undefined, codes: Codes, approved: Approved): RoutingDraft {
  const kept = <T extends { code: string }>(entries: readonly T[] = []) =>
    entries.filter(({ code }) => !code.startsWith(OURS))
  const { merchant, unionPay, other, first, second, shared, own, fallback } = codes
  return {
    timeZone: 'Asia/Shanghai',
    ...live,
    channels: [
      ...kept(live?.channels),
      { code: unionPay, cards: [{ cardType: 'debit', costPpm: 3500, costMax: 1300 }, { costPpm: 4500 }] },
      { code: other, cards: [{ costPpm: 6000 }] },
    ],
    mids: [
      ...kept(live?.mids),
      {
        code: first,
        channel: unionPay,
        allowedMerchants: [merchant],
        industry: '5812',
        priority: 2,
        perTransaction: { max: 50_000 },
        dailyAmount: 100_000,
        secretRef: 'demo/m1',
      },
      {
        code: second,
        channel: unionPay,
        allowedMerchants: [merchant],
        industry: '5812',
        priority: 1,
        perTransaction: { max: 40_000 },
        dailyAmount: 500_000,
        secretRef: 'demo/m2',
      },
      { code: shared, channel: other, perTransaction: { max: 200_000 }, dailyAmount: 150_000 },
    ],
    pools: [
      ...kept(live?.pools),
      { code: own, mids: [first, second] },
      { code: fallback, mids: [shared], shared: approved },
    ],
    merchants: [
      ...(live?.merchants ?? []).filter((one) => !one.merchant.startsWith(OURS)),
      { merchant, routes: [{ method: 'wechat', type: 'qr', pools: [own, fallback] }] },
    ],
    cardUsage: {
      ...live?.cardUsage,
      thresholds: [
        ...(live?.cardUsage?.thresholds ?? DEFAULT_THRESHOLDS).filter(({ scheme }) => scheme !== DEMO_SCHEME),
        { scheme: DEMO_SCHEME, month: DEMO_THRESHOLD },
      ],
    },
  }
}
