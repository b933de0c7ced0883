import { parseRouting } from '@lijian/contracts/routing'
import { compileRouting } from './compile'
import { RouteReplay } from './replay'

/**
 * The case of the seed document: channel A carries 10,000,000 yuan a day; catering MIDs 200,000 a day, at most 500 a payment, only 7–9, 12–14 and 17–20;
 * retail MIDs 800,000 a day, any amount, all day.
 */
const CATERING = ['CATER-1', 'CATER-2']
const RETAIL = ['RETAIL-1', 'RETAIL-2']
const parsed = parseRouting({
  timeZone: 'Asia/Shanghai',
  channels: [{ code: 'A', dailyAmount: 1_000_000_000 }],
  mids: [
    ...CATERING.map((code) => ({
      code,
      channel: 'A',
      industry: '5812',
      dailyAmount: 20_000_000,
      perTransaction: { max: 50_000 },
      serviceHours: [
        ['07:00', '09:00'],
        ['12:00', '14:00'],
        ['17:00', '20:00'],
      ],
    })),
    ...RETAIL.map((code) => ({ code, channel: 'A', industry: '5411', dailyAmount: 80_000_000 })),
  ],
  pools: [
    { code: 'P', mids: [...CATERING, ...RETAIL], order: 'random', shared: { approvedBy: 'risk', reference: '1' } },
  ],
  merchants: ['NOODLES', 'MARKET'].map((merchant) => ({
    merchant,
    routes: [{ method: 'wechat', type: 'qr', pools: ['P'] }],
  })),
})
if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
const routing = compileRouting(parsed.routing, 1)
const replay = () => new RouteReplay({ routing, drawKey: Buffer.alloc(32) })
const at = (clock: string) => Date.parse(`2026-11-25T${clock}+08:00`)
let serials = 0
const payment = (industry: string, clock: string, amountFen: number) => ({
  serial: `S${++serials}`,
  merchant: industry === '5812' ? 'NOODLES' : 'MARKET',
  method: 'wechat',
  type: 'qr',
  amountFen,
  atMs: at(clock),
  industry,
})

test.each`
  clock             | open
  ${'06:59:59.999'} | ${false}
  ${'07:00:00'}     | ${true}
  ${'08:59:59.999'} | ${true}
  ${'09:00:00'}     | ${false}
  ${'12:00:00'}     | ${true}
  ${'14:00:00'}     | ${false}
  ${'17:00:00'}     | ${true}
  ${'19:59:59'}     | ${true}
  ${'20:00:00'}     | ${false}
  ${'03:00:00'}     | ${false}
`('catering at $clock: $open', ({ clock, open }: { clock: string; open: boolean }) => {
  const { route, refusals } = replay().payment(payment('5812', clock, 10_000))
  expect(route !== undefined).toBe(open)
  if (!open)
    for (const mid of CATERING) expect(refusals).toContainEqual({ pool: 'P', mid, reason: 'outside_hours', of: 'mid' })
  else expect(CATERING).toContain(route!.mid)
})

test('catering takes 500 yuan and not a fen more; retail any amount at any hour', () => {
  const one = replay()
  expect(one.payment(payment('5812', '12:30:00', 50_000)).route).toBeDefined()
  const { route, refusals } = one.payment(payment('5812', '12:30:00', 50_001))
  expect(route).toBeUndefined()
  expect(refusals).toContainEqual({ pool: 'P', mid: 'CATER-1', reason: 'amount_above_maximum', of: 'mid' })
  expect(refusals).toContainEqual({ pool: 'P', mid: 'RETAIL-1', reason: 'industry' })
  expect(RETAIL).toContain(one.payment(payment('5411', '03:00:00', 79_999_999)).route!.mid)
})

test('catering MIDs carry 200,000 yuan each a day, to the last payment that fits; the next day begins anew', () => {
  const one = replay()
  for (let i = 0; i < 800; i++) expect(one.payment(payment('5812', '12:30:00', 50_000)).route).toBeDefined()
  const { route, refusals } = one.payment(payment('5812', '12:31:00', 1))
  expect(route).toBeUndefined()
  expect(refusals).toContainEqual({
    pool: 'P',
    mid: 'CATER-2',
    reason: 'limit_exhausted',
    of: 'mid',
    measure: 'amount',
    limit: 20_000_000,
    taken: 20_000_000,
    held: 0,
  })
  expect(one.loads('mid').get('CATER-1')).toMatchObject({
    amountFen: 20_000_000,
    count: 400,
    sharePpm: 1_000_000,
    firstFullMs: expect.any(Number),
  })
  expect(one.payment({ ...payment('5812', '12:30:00', 50_000), atMs: at('12:30:00') + 86_400_000 }).route).toBeDefined()
})

test('channel A carries 10,000,000 yuan a day, whoever asks', () => {
  const small = compileRouting(
    {
      ...parsed.routing,
      mids: parsed.routing.mids.map((mid) => ({ ...mid, dailyAmount: undefined, perTransaction: undefined })),
    },
    1,
  )
  const one = new RouteReplay({ routing: small, drawKey: Buffer.alloc(32) })
  for (let i = 0; i < 10; i++) expect(one.payment(payment('5411', '10:00:00', 100_000_000)).route).toBeDefined()
  const { refusals } = one.payment(payment('5411', '10:00:01', 1))
  expect(refusals).toContainEqual({
    pool: 'P',
    mid: 'RETAIL-1',
    reason: 'limit_exhausted',
    of: 'channel',
    measure: 'amount',
    limit: 1_000_000_000,
    taken: 1_000_000_000,
    held: 0,
  })
})
