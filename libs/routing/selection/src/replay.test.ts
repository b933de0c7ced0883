import { compileRouting } from './compile'
import { ReplayRefusal, RouteReplay } from './replay'
import { document } from './testing/document'

describe('a replay', () => {
  const mids = ['A', 'B'].map((channel) => ({
    code: `M-${channel}`,
    channel,
    allowedMerchants: ['S1'],
    dailyAmount: 1000,
  }))
  const open = () => new RouteReplay({ routing: compileRouting(document({ mids }), 1), drawKey: Buffer.alloc(32) })
  const pay = (serial: string, amountFen: number, exclude: string[] = []) => ({
    serial,
    amountFen,
    exclude,
    merchant: 'S1',
    method: 'wechat',
    type: 'qr',
    atMs: Date.parse('2026-11-25T04:00:00Z'),
  })
  const failed = { outcome: 'failure', failure: 'channel_error' } as const

  test('the same again takes nothing more; another body is refused; a longer exclude is the next attempt', () => {
    const one = open()
    const first = one.payment(pay('S', 600))
    expect(one.payment(pay('S', 600))).toMatchObject(first)
    expect(() => one.payment(pay('S', 601))).toThrow(ReplayRefusal)
    const next = one.payment(pay('S', 600, [first.route!.mid]))
    expect(next.route!.mid).not.toBe(first.route!.mid)
    expect(() => one.payment(pay('S', 600, ['M-X']))).toThrow(ReplayRefusal)
    expect(one.payment(pay('T', 500)).route).toBeUndefined()
  })

  test('a failure gives its place back, a timeout keeps it until its end is known', () => {
    const one = open()
    expect(one.payment(pay('S1', 1000), failed).route).toBeDefined()
    expect(one.payment(pay('S2', 1000), { outcome: 'failure', failure: 'timeout' }).route).toBeDefined()
    expect(one.payment(pay('S3', 1000), { outcome: 'failure', failure: 'timeout' }).route).toBeDefined()
    const full = one.payment(pay('S4', 1))
    expect(full.route).toBeUndefined()
    const mid = one.payment(pay('S2', 1000)).route!.mid
    expect(one.result('S2', mid, failed)).toBeUndefined()
    expect(one.result('S2', mid, failed)).toBeUndefined()
    expect(one.result('S2', 'M-X', failed)).toBe('no_attempt')
    expect(one.payment(pay('S5', 1000)).route!.mid).toBe(mid)
  })

  test('as live: a MID is given once, nothing follows a success that was told, and one after a failure stands beyond the limit', () => {
    const one = open()
    const success = { outcome: 'success' } as const
    const first = one.payment(pay('S', 600), failed).route!.mid
    const second = one.payment(pay('S', 600, ['M-X']), failed).route!.mid
    expect(second).not.toBe(first)
    expect(one.result('S', first, success)).toBeUndefined()
    expect(one.result('S', first, failed)).toBe('result_conflict')
    expect(one.result('S', first, { outcome: 'failure', failure: 'timeout' })).toBeUndefined()
    expect(() => one.payment(pay('S', 600, ['M-X', 'M-Y']))).toThrow(/has succeeded with/)
    // 600 of 1,000 stand there although they were given back before.
    expect(one.payment(pay('T', 500)).route!.mid).toBe(second)
    expect(one.loads('mid').get(first)).toMatchObject({ amountFen: 600, count: 1, sharePpm: 600_000 })
  })

  test('a payment whose line says nothing is taken to go well until its result says otherwise', () => {
    const one = open()
    const { mid } = one.payment(pay('S', 1000)).route!
    expect(one.result('S', mid, failed)).toBeUndefined()
    expect(one.loads('mid').get(mid)).toMatchObject({ amountFen: 0, count: 0, sharePpm: 0 })
    expect(one.payment(pay('S', 1000, [mid])).route!.mid).not.toBe(mid)
    expect(one.payment(pay('T', 1000)).route!.mid).toBe(mid)
  })

  test('an attempt counts once for its pool, by its first outcome that somebody has to answer for', () => {
    const minSuccess = { ppm: 700_000, window: 3, minSamples: 3 }
    const plain = document({ mids })
    const pools = plain.pools.map((pool) => ({ ...pool, minSuccess }))
    const one = new RouteReplay({ routing: compileRouting({ ...plain, pools }, 1), drawKey: Buffer.alloc(32) })
    const timeout = { outcome: 'failure', failure: 'timeout' } as const
    const { mid } = one.payment(pay('S1', 1), timeout).route!
    one.payment(pay('S2', 1), { outcome: 'success' })
    one.result('S1', mid, { outcome: 'success' })
    one.result('S1', mid, timeout)
    // Two outcomes, less than minSamples: the pool is asked as before.
    expect(one.payment(pay('S3', 1)).route).toMatchObject({ probe: false })
  })
})
