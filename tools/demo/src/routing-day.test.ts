import { hash } from 'node:crypto'
import { startApi, type RunningApi } from '@lijian/api'
import { LijianClient } from '@lijian/client'
import { loadConfig } from '@lijian/config'
import { parseRouting } from '@lijian/contracts/routing'
import { ApiKeys, Clients, makeKeyPerson } from '@lijian/identity'
import { dataSource } from '@lijian/database'
import { createLogger } from '@lijian/telemetry'
import { sourceExecArgv, testDatabase } from '@lijian/testing'
import { cardUsageDay } from './card-usage-day'
import { http } from './http'
import { routingDay } from './routing-day'
import { codesOf, withDemo } from './routing-document'
import { inWords } from './routing-words'

const APPROVED = { approvedBy: 'ak_checker', reference: '1' }
describe('the document of the demo', () => {
  test('is valid, beside what is live already, which stays', () => {
    const first = parseRouting(withDemo(undefined, codesOf('D1'), APPROVED))
    if (!first.ok) throw new Error(JSON.stringify(first.errors))
    const mine = {
      timeZone: 'UTC',
      cardUsage: { cardsOver: 3 },
      channels: [{ code: 'CH' }],
      mids: [{ code: 'MID', channel: 'CH' }],
      pools: [{ code: 'P', mids: ['MID'] }],
      merchants: [{ merchant: 'M1', routes: [{ method: 'qr', type: 'scan', pools: ['P'] }] }],
    }
    const live = parseRouting(mine)
    if (!live.ok) throw new Error(JSON.stringify(live.errors))
    const both = withDemo(live.routing, codesOf('D1'), APPROVED)
    expect(both).toMatchObject({ timeZone: 'UTC', cardUsage: { cardsOver: 3 }, merchants: [mine.merchants[0], {}] })
    const parsed = parseRouting(both)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    // A later run takes the place of an earlier one.
    const later = withDemo(parsed.routing, codesOf('D2'), APPROVED)
    expect([later.channels, later.mids, later.pools, later.merchants].map(({ length }) => length)).toEqual([3, 4, 3, 2])
    expect(JSON.stringify(later)).not.toContain('-D1')
  })
})

test.each([
  [{ pool: 'P', mid: 'M', reason: 'limit_exhausted', of: 'mid', limit: 100_000, taken: 80_000, measure: 'amount' }, 'M has no room for it today: 800.00 of 1,000.00 taken'],
  [{ pool: 'P', mid: 'M', reason: 'limit_exhausted', of: 'channel', limit: 5, taken: 5, measure: 'count' }, 'M has no room for it today (its channel): 5 of 5 taken'],
  [{ pool: 'P', mid: 'M', reason: 'suspended', of: 'channel' }, 'M suspended (its channel)'],
  [{ pool: 'P', reason: 'outside_hours', of: 'pool' }, 'P closed at this hour'],
  [{ reason: 'no_route' }, 'no route is configured for this merchant, method and type'],
] as const)('%j in words', (refusal, words) => expect(inWords(refusal, (code) => code)).toBe(words)) // prettier-ignore

describe('over the real API', () => {
  let api: RunningApi
  let base: string
  let database: Awaited<ReturnType<typeof testDatabase>>
  const keys: Record<string, string> = {}
  beforeAll(async () => {
    database = await testDatabase()
    const source = await dataSource(database.url, { poolSize: 2 }).initialize()
    for (const client of ['till', 'people']) await new Clients(source).put(client, { name: client })
    const make = async (name: string, client: string, scopes: Parameters<ApiKeys['make']>[0]['scopes']) =>
      (keys[name] = (await new ApiKeys(source).make({ client, name, scopes })).key)
    const person = async (login: string, scopes: Parameters<ApiKeys['make']>[0]['scopes']) =>
      (keys[login] = (await makeKeyPerson(source, { client: 'people', login, name: login, scopes })).key)
    await person('maker', ['merchants', 'routing', 'cases'])
    await person('checker', ['routing', 'cases'])
    await make('door', 'till', ['transactions'])
    await source.destroy()
    const config = loadConfig({
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
      LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
      LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
    })
    api = await startApi(config, createLogger({ service: 'test', level: 'silent' }), Date.now, sourceExecArgv)
    base = await api.app.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(async () => {
    await api.close()
    await database.drop()
  })

  test('each run tells its story: who carries, who is passed over and why, the switch and the way back', async () => {
    const as = (who: string) => LijianClient.http({ baseUrl: base, apiKey: keys[who]!, queryTimeoutMs: 10_000 })
    const callers = { maker: http(base, keys['maker']!), first: as('maker'), second: as('checker'), door: as('door') }
    for (const run of ['D1', 'D2']) {
      const lines: string[] = []
      await routingDay(callers, run, (line = '') => void lines.push(line))
      const told = lines.join('\n')
      expect(told).toContain('2 channels, 3 MIDs, 2 pools')
      const rows = lines.filter((line) => /^T\d\d /.test(line)).map((line) => line.split(/ {2,}/).slice(3, 5))
      const [own, other] = ['DEMO-OWN', 'DEMO-SHARED']
      expect(rows).toEqual([
        ...[['DEMO-M1', own], ['DEMO-M1', own], ['DEMO-M2', own], ['DEMO-M1 → DEMO-M2', own], ['DEMO-M9', other]], // prettier-ignore
        ...[
          ['–', 'what is left fits nowhere: refused'],
          ['DEMO-M9', other],
          ['DEMO-M9', other],
          ['DEMO-M1', own],
        ],
      ])
      expect(told).toContain('DEMO-M1 has no room for it today: 800.00 of 1,000.00 taken')
      expect(told).toContain('DEMO-M2 takes no payment as large as this')
      expect(told).toContain('DEMO-M9 has no room for it today: 1,200.00 of 1,500.00 taken')
      expect(told).toMatch(/^ {2}same answer$/m)
      const cards: string[] = []
      const say = (line = '') => void cards.push(line)
      await cardUsageDay(
        { maker: callers.maker, checker: http(base, keys['checker']!), door: callers.door },
        run,
        say,
        0,
      )
      expect(cards.slice(1)).toEqual([
        ...[1, 2].map((n) => `  payment ${n}: ok (DEMO-NOODLE ${n} of 3, DEMO-GROUP ${n} of 3)`),
        '  payment 3: near (DEMO-NOODLE 3 of 3, DEMO-GROUP 3 of 3)',
        '  payment 4: over (DEMO-NOODLE 4 of 3, DEMO-GROUP 4 of 3)',
        '  payment 5: refused, merchant suspended',
        expect.stringMatching(/^ {2}case \d+: waits for the written explanation of DEMO-NOODLE; told: $/),
        '  the maker hands in the explanation and approves it: refused, maker_is_checker',
        '  the checker approves it: reopened; the next payment is carried again',
        '',
      ])
    }
    expect(await as('maker').routing.get()).toMatchObject({ version: 2, suspensions: [] })
  })
})
