import example from '../../examples/campaign.example.json'

const rule = example.offers[0]!.rule
const { from, to, ...hours } = rule.window

/** A valid document in which every key of DESIGN §3 stands at least once: the example, and beside it what the example does not say. */
export const WHOLE_CAMPAIGN = {
  ...example,
  $schema: './schema/campaign.schema.json',
  dayStart: '23:00',
  limits: [
    { per: ['customer'], period: 'day', count: 3 },
    { id: 'SHARED', per: ['user', 'card'], period: 'quarter', amount: 9000, onShort: 'clip', offers: ['A', 'B'] },
    { per: ['terminal'], period: 'year', amount: 9000, measure: 'gross', offers: ['FEE'] },
  ],
  offers: [
    { ...example.offers[0]!, code: 'A', rule: { ...rule, window: { from, to, ...hours, dayTypes: ['workday'] } } },
    {
      code: 'B',
      name: '随机立减,次日返现',
      kind: 'amount',
      subMerchants: ['S1'],
      merchantGroups: ['SOUTH'],
      group: 'second',
      base: 'gross',
      exclusive: true,
      delivery: 'rebate',
      rebateAfterDays: 7,
      rebateFrom: 'end',
      funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
      rule: {
        window: {
          to: '2026-12-31',
          daily: [
            ['07:00', '09:00'],
            ['20:00', '24:00'],
          ],
          dates: ['2026-11-11', '2026-12-12'],
        },
        conditions: {
          issuers: ['CCB'],
          cardProducts: ['gold'],
          excludedCardProducts: ['business'],
          terminals: ['T1'],
          countries: ['CN'],
          excludedCountries: ['JP'],
          mccs: ['5812'],
          regions: ['440300', '44'],
          customerGroups: ['INVITED'],
          facts: ['registered'],
        },
        benefit: {
          type: 'percent',
          tiers: [
            { atLeast: 0, payPpm: 850_000 },
            {
              atLeast: 20_000,
              payPpm: {
                layers: [
                  { weight: 9, min: 700_000, max: 800_000 },
                  { weight: 1, min: 500_000, max: 700_000, step: 50_000 },
                ],
              },
            },
          ],
          cap: 5000,
          minPayable: 100,
        },
        limits: [{ id: 'ONCE', per: ['user'], period: 'total', count: 1 }],
        refund: { policy: 'recompute', restore: { count: 'fullRefundOnly', void: false }, block: 'campaign' },
      },
    },
    {
      code: 'EVERY',
      name: '每满100减5',
      kind: 'amount',
      rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 500, every: true }] } },
    },
    {
      code: 'WASH',
      name: '9元洗车',
      kind: 'amount',
      rule: { benefit: { type: 'fixedPrice', price: 900, upTo: 5000 } },
    },
    { code: 'FEE', name: '费率', kind: 'fee', rule: { benefit: { type: 'rate', ppm: 3800, min: 1, max: 2000 } } },
    { code: 'FEE-OFF', name: '手续费九折', kind: 'fee', rule: { benefit: { type: 'percentOff', ppm: 100_000 } } },
    { code: 'FEE-FIX', name: '一分手续费', kind: 'fee', rule: { benefit: { type: 'fixed', amount: 1 } } },
    {
      code: 'FREE',
      name: '每月一万元内免手续费',
      kind: 'fee',
      rule: {
        benefit: { type: 'waive' },
        limits: [{ per: ['card'], period: 'month', amount: 1_000_000, measure: 'gross', onShort: 'clip' }],
      },
    },
  ],
}

export type Place = { holder: Record<string, unknown>; key: string }

/** Every place of a document where something stands, outside before inside. */
export function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])])
}
