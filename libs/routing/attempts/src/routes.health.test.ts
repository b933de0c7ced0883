import { brokenInvariants } from '@lijian/verification'
import { DAY, dayKey, routing, Stage, type Process } from './testing/stage'

let stage: Stage
let processes: Process[]
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})
async function open(document: ReturnType<typeof routing>): Promise<void> {
  stage = await Stage.open(document)
  processes = [await stage.process(), await stage.process()]
}

const rated = (mids: object[]) => {
  const document = routing(mids, { pool: { minSuccess: { ppm: 800_000, window: 20, minSamples: 10 } } })
  const [pool] = document.pools
  return {
    ...document,
    pools: [
      { ...pool!, mids: ['MID-1'] },
      { ...pool!, code: 'P-B', mids: ['MID-2'], minSuccess: undefined },
    ],
    merchants: [{ merchant: 'M1', routes: [{ method: 'wechat', type: 'qr', pools: ['P-A', 'P-B'] }] }],
  }
}

test('a pool is left when its channel fails, by every process and after a restart; what issuers decline counts for nothing', async () => {
  await open(rated([{}, {}]))
  const [one, other] = processes as [Process, Process]
  const pay = async (serial: string, how: 'success' | 'declined' | 'channel_error' | 'timeout', at = one) => {
    const { route } = await at.routes.route(stage.ask(serial, 1))
    await other.routes.result(stage.result(serial, route!.mid, how))
    return route!.pool
  }
  for (let n = 0; n < 12; n++) await pay(`declined-${n}`, 'declined')
  for (let n = 0; n < 9; n++) await pay(`failed-${n}`, n % 2 === 0 ? 'channel_error' : 'timeout')
  await stage.refresh()
  expect(one.live.health('P-A')).toEqual({ recent: '000000000', out: false, probes: '' })
  expect(await pay('tenth', 'channel_error')).toBe('P-A')
  // A timeout counts once, whatever is learnt of the same attempt later.
  await other.routes.result(stage.result('failed-1', 'MID-1', 'success'))
  await stage.refresh()
  const out = { recent: '0000000000', out: true, probes: '' }
  const restarted = await stage.process()
  expect([one, other, restarted].map(({ live }) => live.health('P-A'))).toEqual([out, out, out])
  expect((await stage.sql.query('SELECT FROM route_outcome')).rowCount).toBe(0)
  const pools = new Map<string, number>()
  const probed: string[] = []
  for (let n = 0; n < 400; n++) {
    const serial = `after-${n}`
    const { route } = await [one, restarted][n % 2]!.routes.route(stage.ask(serial, 1))
    pools.set(route!.pool, (pools.get(route!.pool) ?? 0) + 1)
    if (route!.probe) probed.push(serial)
  }
  // 1 in 20 still probes.
  expect(probed.length).toBe(pools.get('P-A'))
  expect(probed.length).toBeGreaterThan(8)
  expect(probed.length).toBeLessThan(40)
  expect((await one.routes.read('T', 'after-0', true)).explanation![0]!.verdict).toBe('same')
  // Twenty good probes bring it back.
  const more: string[] = [...probed]
  for (let n = 400; more.length < 20; n++) {
    const { route } = await one.routes.route(stage.ask(`after-${n}`, 1))
    if (route!.probe) more.push(`after-${n}`)
  }
  for (const serial of more.slice(0, 20)) await other.routes.result(stage.result(serial, 'MID-1', 'success'))
  await stage.refresh()
  expect(restarted.live.health('P-A')).toEqual({ recent: '', out: false, probes: '' })
  expect(await pay('back', 'success')).toBe('P-A')
})

test('outcomes of many results at once are folded once, by whichever process, and by none twice', async () => {
  await open(rated([{}, {}]))
  const serials = Array.from({ length: 60 }, (_, n) => `S${n}`)
  await Promise.all(
    serials.map(async (serial, n) => {
      const { route } = await processes[n % 2]!.routes.route(stage.ask(serial, 1))
      await processes[(n + 1) % 2]!.routes.result(stage.result(serial, route!.mid, 'success'))
      await processes[n % 2]!.live.refresh()
    }),
  )
  await stage.refresh()
  const states = processes.map(({ live }) => live.health('P-A'))
  expect(states).toEqual([
    { recent: '1'.repeat(20), out: false, probes: '' },
    { recent: '1'.repeat(20), out: false, probes: '' },
  ])
})

test('a card learnt with the result counts on its day, beyond the limit if need be; credit and debit sums learn its type', async () => {
  await open(routing([{ cardDailyCount: 1 }], { channel: { cardDailyCount: 2 }, pool: { minCreditMinusDebit: -1000 } }))
  const [one] = processes as [Process, Process]
  const card = 'tok_card'
  for (const serial of ['A', 'B']) {
    await one.routes.route(stage.ask(serial, 600))
    await one.routes.result(stage.result(serial, 'MID-1', 'success', { cardToken: card, cardType: 'debit' }))
  }
  expect(await stage.counter(`@route/mid-card/MID-1|${card}|${DAY}`)).toEqual({ fen: [0, 0, 0], count: [0, 0, 2] })
  expect(await stage.counter(`@route/channel-card/CH-A|${card}|${DAY}`)).toEqual({ fen: [0, 0, 0], count: [0, 0, 2] })
  expect(await stage.counter(dayKey('pool-debit/P-A'))).toEqual({ fen: [0, 0, 1200], count: [0, 0, 2] })
  const known = await one.routes.route(stage.ask('C', 1, { cardToken: card }, { explain: true }))
  expect(known).toMatchObject({
    route: null,
    reasons: [{ mid: 'MID-1', reason: 'card_limit_exhausted', of: 'channel', taken: 2, held: 0 }],
  })
  // The sum of debit payments is known to be 1,200: credit − debit − this one ≥ −1,000 cannot hold.
  expect(await one.routes.route(stage.ask('D', 1, { cardType: 'debit' }))).toMatchObject({
    route: null,
    reasons: [{ pool: 'P-A', reason: 'credit_debit_difference' }],
  })
  expect((await one.routes.route(stage.ask('E', 300, { cardType: 'credit' }))).route?.mid).toBe('MID-1')
  expect((await one.routes.route(stage.ask('F', 100, { cardType: 'debit' }))).route?.mid).toBe('MID-1')
  expect((await one.routes.route(stage.ask('G', 1, { cardType: 'debit' }))).route).toBeNull()
})
