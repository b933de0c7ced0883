import { NOW_SIGNAL } from '@lijian/flow-kit'
import { brokenInvariants } from '@lijian/verification'
import { ticksWorkflowId } from './ticks'
import { openStage, type Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const asSystem = async (path: string, body?: object) => {
  const reply = await fetch(stage.apiUrl + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${stage.apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await reply.json()) as Record<string, unknown>
}

test('a reservation whose time is over is given back by the flow of every minute; a success after it is over', async () => {
  const document = {
    timeZone: 'Asia/Shanghai',
    channels: [{ code: 'CH-A' }],
    mids: [{ code: 'MID-1', channel: 'CH-A', dailyAmount: 1000, allowedMerchants: ['M1'] }],
    pools: [{ code: 'P-A', mids: ['MID-1'] }],
    merchants: [{ merchant: 'M1', routes: [{ method: 'qr', type: 'scan', pools: ['P-A'] }] }],
  }
  await stage.sql.query(`INSERT INTO routing_version (version, document, maker) VALUES (1, $1, 'm')`, [
    JSON.stringify(document),
  ])
  const ask = (serial: string) =>
    asSystem('/v1/routes', { serial, merchant: 'M1', method: 'qr', type: 'scan', amount: 1000, holdSeconds: 1 })
  for (const until = Date.now() + 20_000; (await ask('A'))['route'] === null;) {
    if (Date.now() > until) throw new Error('the document was not read in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  expect(await ask('B')).toMatchObject({ route: null })
  const { temporalClient, config } = stage
  const ticks = temporalClient.workflow.getHandle(ticksWorkflowId('route-expiry', config.taskQueue))
  for (const until = Date.now() + 30_000; (await asSystem('/v1/routes/A'))['state'] !== 'expired';) {
    if (Date.now() > until) throw new Error('it did not expire in time')
    await ticks.signal(NOW_SIGNAL)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  expect(await ask('C')).toMatchObject({ route: { mid: 'MID-1' } })
  expect(await asSystem('/v1/routes/A/result', { mid: 'MID-1', outcome: 'success' })).toMatchObject({
    state: 'succeeded',
  })
  const { rows } = await stage.sql.query<Record<string, string>>(
    `SELECT held_fen::int, used_fen::int, over_fen::int FROM counter WHERE key LIKE '@route/mid/%'`,
  )
  expect(rows).toEqual([{ held_fen: 1000, used_fen: 0, over_fen: 1000 }])
  expect(await brokenInvariants(stage.sql)).toEqual({})
})
