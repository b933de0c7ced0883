import { Cable, lockRows, until } from '@lijian/testing'
import { brokenInvariants } from '@lijian/verification'
import { CAMPAIGN, routing, Stage } from './testing/stage'

/** Who was given a MID keeps it, whatever another attempt at the same question was too late for. */
let stage: Stage
const cables: Cable[] = []
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
  for (const cable of cables.splice(0)) await cable.close()
})

async function behindCable() {
  const cable = await Cable.to(stage.patientUrl)
  cables.push(cable)
  return { cable, process: await stage.process({ databaseUrl: cable.url }) }
}
const ask = (serial: string, deadlineMs = 20_000) => stage.ask(serial, 100, {}, { deadlineMs })
const attempts = async (serial: string) =>
  (
    await stage.sql.query<{ attempts: { mid: string; state: string; tellers: { withdrawn?: string }[] }[] }>(
      'SELECT attempts FROM route WHERE serial = $1',
      [serial],
    )
  ).rows[0]?.attempts

const locked = (rows: string) => lockRows(stage.url, rows)
const isWithdrawn = async (serial: string) =>
  (await attempts(serial))?.[0]?.tellers.some(({ withdrawn }) => withdrawn === 'deadline')

test('a duplicate that is late at another process leaves the MID that was given', async () => {
  stage = await Stage.open(routing([{ dailyAmount: 1000 }]))
  const [one, other] = [await stage.process(), await stage.process()]
  const given = await one.routes.route(ask('S'))
  expect(given).toMatchObject({ route: { mid: 'MID-1' } })
  const release = await locked(`route WHERE serial = 'S'`)
  expect(await other.routes.route(ask('S', 300))).toMatchObject({ route: null, reasons: [{ reason: 'deadline' }] })
  await release()
  await until(() => isWithdrawn('S'))
  expect(await other.routes.route(ask('S'))).toEqual(given)
  expect(await other.routes.result(stage.result('S', 'MID-1', 'success'))).toMatchObject({ state: 'succeeded' })
})

test('a payment asked again after "deadline" keeps its offer and its route', async () => {
  stage = await Stage.open(routing([{ dailyAmount: 100_000 }]), [CAMPAIGN])
  const { cable, process } = await behindCable()
  const other = await stage.process()
  const pay = (serial: string, deadlineMs = 20_000) => ({
    query: {
      client: 'T',
      bodyHash: serial,
      door: 'http' as const,
      receivedAtMs: stage.nowMs,
      deadlineMs,
      request: { serial, merchant: 'M1', amount: 10_000, currency: 'CNY', paymentMethod: 'wechat' },
    },
    route: { type: 'qr' },
  })
  await other.payments.pay(pay('W'))
  await process.payments.pay(pay('W'))
  const release = await locked('counter')
  const first = process.payments.pay(pay('S', 300))
  await until(
    async () =>
      (
        await stage.sql.query(
          `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
        )
      ).rowCount! > 0,
  )
  cable.freeze()
  expect(await first).toMatchObject({ route: null, offer: { state: 'no_offer' } })
  await release()
  await until(() => attempts('S'))
  const second = await other.payments.pay(pay('S'))
  expect(second).toMatchObject({ amount: 8500, route: { mid: 'MID-1' }, offer: { state: 'held' } })
  cable.thaw()
  await until(() => isWithdrawn('S'))
  expect(await other.payments.pay(pay('S'))).toEqual(second)
  const of = { client: 'T', bodyHash: 'r', door: 'http' as const, serial: 'S' }
  expect(await other.offers.result({ ...of, request: { outcome: 'success', paid: 8500 } })).toMatchObject({
    state: 'confirmed',
    discount: 1500,
  })
})

test('a lost statement that PostgreSQL takes up after its undo reserves nothing', async () => {
  stage = await Stage.open(routing([{ dailyAmount: 1000 }]))
  const { cable, process } = await behindCable()
  const other = await stage.process()
  await process.routes.route(ask('W'))
  const waiting = async () =>
    (
      await stage.sql.query(
        `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      )
    ).rowCount!
  const release = await locked('counter')
  const lost = process.routes.route(ask('S'))
  await until(async () => (await waiting()) > 0)
  // PostgreSQL has the statement, which waits for a counter, and nobody hears of it any more.
  cable.sever()
  expect(await lost).toMatchObject({ route: null, reasons: [{ reason: 'unavailable' }] })
  await until(() => attempts('S'))
  expect(await waiting()).toBe(1)
  await release()
  // The next question waits for what the statement still has locked.
  expect(await other.routes.route(ask('S'))).toMatchObject({ route: { mid: 'MID-1' } })
  const [reserved, ...more] = (await attempts('S'))!
  expect(more).toEqual([])
  expect(reserved!.tellers).toHaveLength(1)
})

test('nobody was given it: what both reserved is given back', async () => {
  stage = await Stage.open(routing([{ dailyAmount: 1000 }]))
  const [one, other] = [await stage.process(), await stage.process()]
  await Promise.all([one.routes.route(ask('W1')), other.routes.route(ask('W2'))])
  const release = await locked('counter')
  const told = await Promise.all([one.routes.route(ask('S', 200)), other.routes.route(ask('S', 250))])
  expect(told).toMatchObject([{ route: null }, { route: null }])
  await release()
  const undone = await until(async () => {
    const { rows } = await stage.sql.query(
      `SELECT record -> 'undone' AS undone FROM route WHERE serial = 'S' AND state = 'no_route'`,
    )
    return rows[0]?.undone as { mid: string; tellers: { withdrawn?: string }[] }[] | undefined
  })
  expect(undone.at(-1)!.tellers.every(({ withdrawn }) => withdrawn === 'deadline')).toBe(true)
  expect(await other.routes.route(ask('S'))).toMatchObject({ route: { mid: 'MID-1' } })
})

test('the second attempt without PostgreSQL carries what it told; the first and the third carry the net amount', async () => {
  stage = await Stage.open(routing([{ dailyAmount: 100_000 }, {}, { dailyAmount: 100_000 }]), [CAMPAIGN])
  const { cable, process } = await behindCable()
  const pay = (exclude: string[]) =>
    process.payments.pay({
      query: {
        client: 'T',
        bodyHash: 'p',
        door: 'http',
        receivedAtMs: stage.nowMs,
        deadlineMs: 20_000,
        request: { serial: 'P', merchant: 'M1', amount: 10_000, currency: 'CNY', paymentMethod: 'wechat' },
      },
      route: { type: 'qr', exclude },
    })
  const first = await pay([])
  expect(first).toMatchObject({ amount: 8500, route: { mid: 'MID-1' }, offer: { state: 'held' } })
  cable.cut()
  const second = await pay(['MID-1'])
  expect(second).toMatchObject({ amount: 10_000, route: { mid: 'MID-2' }, offer: { state: 'no_offer' } })
  cable.mend()
  await until(async () => (await attempts('P'))?.length === 2)
  expect(await pay(['MID-1'])).toEqual(second)
  expect(await pay([])).toEqual(first)
  expect(await pay(['MID-1', 'MID-2'])).toMatchObject({
    amount: 8500,
    route: { mid: 'MID-3' },
    offer: { state: 'held', payable: 8500 },
  })
})
