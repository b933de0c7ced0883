import { parseRouting } from '@lijian/contracts/routing'
import fc from 'fast-check'
import { clock, Drill } from './drill'
import { compileRouting } from './compile'

const HOURS = [undefined, [['08:00', '20:00']], [['20:00', '02:00']], [['00:00', '12:00']]]
const status = fc.constantFrom('active', 'active', 'active', 'suspended')
const hours = fc.constantFrom(...HOURS)
const world = fc.record({
  channels: fc.tuple(...['A', 'B'].map((code) => fc.record({ code: fc.constant(code), status, serviceHours: hours }))),
  mids: fc.array(
    fc.record({
      channel: fc.constantFrom('A', 'B'),
      status,
      serviceHours: hours,
      allowedMerchants: fc.constantFrom(undefined, ['S1'], ['S2'], ['S1', 'S2']),
    }),
    { minLength: 2, maxLength: 6 },
  ),
  pools: fc.tuple(hours, hours),
  cut: fc.nat({ max: 6 }),
  stopped: fc.subarray(['@route/channel/B', '@route/mid/M0', '@route/pool/P1']),
})

test('a minute is a gap when somebody could serve then and nobody can without the channel', () => {
  fc.assert(
    fc.property(world, ({ channels, mids, pools, cut, stopped }) => {
      const named = mids.map((mid, i) => ({ ...mid, code: `M${i}` }))
      const codes = named.map(({ code }) => code)
      const split = Math.min(Math.max(1, cut), codes.length)
      const parsed = parseRouting(
        JSON.parse(
          JSON.stringify({
            timeZone: 'Asia/Shanghai',
            channels,
            mids: named,
            pools: [
              { code: 'P0', mids: codes.slice(0, split), serviceHours: pools[0] },
              { code: 'P1', mids: codes.slice(split - 1), serviceHours: pools[1] },
            ],
            merchants: ['S1', 'S2'].map((merchant) => ({
              merchant,
              routes: [{ method: 'wechat', type: 'qr', pools: ['P0', 'P1'] }],
            })),
          }),
        ),
      )
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
      const routing = compileRouting(parsed.routing, 1)
      const isStopped = (ref: string) => stopped.includes(ref)
      const isOpen = (of: Uint8Array | undefined, minute: number) => of === undefined || of[minute] === 1
      const serves = (merchant: string, minute: number, without?: string) =>
        [...routing.pools.values()].some(
          (pool) =>
            !isStopped(pool.ref) &&
            isOpen(pool.hours, minute) &&
            pool.mids.some(
              ({ allowed, channel, suspended, hours, ref }) =>
                (allowed?.has(merchant) ?? true) &&
                channel.code !== without &&
                !(suspended || channel.suspended || isStopped(ref) || isStopped(channel.ref)) &&
                isOpen(hours, minute) &&
                isOpen(channel.hours, minute),
            ),
        )
      const one = new Drill(routing, 'A', isStopped)
      for (const merchant of ['S1', 'S2']) {
        const gaps = one.of(merchant, 'wechat', 'qr')[0]?.gaps ?? []
        for (let minute = 0; minute < 1440; minute += 30) {
          const told = gaps.some(([from, to]) => from <= clock(minute) && clock(minute) < to)
          expect(told).toBe(serves(merchant, minute) && !serves(merchant, minute, 'A'))
        }
      }
    }),
  )
})
