import { until } from '@lijian/testing'
import { openStage, type Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({
    routing: {
      timeZone: 'Asia/Shanghai',
      channels: [{ code: 'CH-A', dailyCount: 100 }],
      mids: [
        { code: 'MID-1', channel: 'CH-A', dailyAmount: 10_000, allowedMerchants: ['M1'], priority: 2 },
        { code: 'MID-2', channel: 'CH-A', dailyAmount: 10_000, allowedMerchants: ['M1'], priority: 1 },
      ],
      pools: [{ code: 'P-A', mids: ['MID-1', 'MID-2'], order: 'priority', dailyAmount: 100_000 }],
      merchants: [{ merchant: 'M1', routes: [{ method: 'qr', type: 'scan', pools: ['P-A'] }] }],
    },
  })
})
afterAll(() => stage.close())

test('a worker tells by itself; the API shows it, and a scrape shows what stands on counters at that moment', async () => {
  const capacity = () =>
    stage.finance<{ toldAt: string | null; limits: { code: string; held: number; message: string }[] }>(
      'GET',
      '/v1/routing/capacity',
    )
  await until(async () => (await capacity()).toldAt !== null)
  for (const [serial, amount] of [
    ['A', 9000],
    ['B', 2000],
  ] as const) {
    const reply = await fetch(`${stage.apiUrl}/v1/routes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stage.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ serial, merchant: 'M1', method: 'qr', type: 'scan', amount }),
    })
    expect(await reply.json()).toMatchObject({ route: { pool: 'P-A' } })
  }
  const { limits } = await capacity()
  expect(Object.fromEntries(limits.map(({ code, held }) => [code, held]))).toEqual({
    'CH-A': 2,
    'MID-1': 9000,
    'MID-2': 2000,
    'P-A': 11_000,
  })
  expect(limits[0]!.message).toMatch(/no history/)
  const scrape = async () => (await fetch(`http://127.0.0.1:${stage.config.metricsPort}/metrics`)).text()
  const metrics = await scrape()
  const value = (name: string, labels: string) =>
    Number(new RegExp(`^lijian_routing_${name}\\{${labels}[^}]*\\} (\\S+)$`, 'm').exec(metrics)?.[1] ?? NaN)
  expect({
    limit: value('limit', 'part="channels",code="CH-A",measure="count"'),
    taken: value('taken', 'part="pools",code="P-A",measure="amount",state="held"'),
    over: value('taken', 'part="pools",code="P-A",measure="amount",state="over"'),
    ratio: value('taken_ratio', 'part="mids",code="MID-1",measure="amount"'),
    // A fifth of it is taken and nothing told: MIDs that are far from full are not shown.
    quiet: value('taken_ratio', 'part="mids",code="MID-2",measure="amount"'),
  }).toEqual({ limit: 100, taken: 11_000, over: 0, ratio: 0.9, quiet: NaN })
  expect(metrics).toMatch(/^lijian_routing_forecast_age_seconds(\{.*\})? \d/m)
})
