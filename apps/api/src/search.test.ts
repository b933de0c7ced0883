import { searchAnswer, type SearchAnswer } from '@lijian/contracts/system'
import { Search } from '@lijian/inquiries'
import { Pool } from 'pg'
import { cardNumber } from './testing/card-numbers'
import { campaign, merchant } from './testing/documents'
import { testApi, type TestApi, type WithKey } from './testing/test-api'
import { Scene } from './testing/twice-scene'
import { routing } from './testing/twice-requests'

let api: TestApi
let scene: Scene
beforeAll(async () => {
  api = await testApi()
  scene = await Scene.open(api)
  await scene.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await scene.agreed('maker', 'PUT', '/v1/partners/CCB', { name: 'CCB' })
  for (let i = 0; i < 7; i++) await scene.ask('maker', 'PUT', `/v1/campaigns/CCB-${i}`, campaign({ code: `CCB-${i}` }))
  await scene.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign({ budget: { amount: 100_000_000 } }))
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
  await scene.agreed('maker', 'PUT', '/v1/routing', routing('first'))
  await scene.ask('maker', 'PUT', '/v1/card-groups/CCB-VIP', { code: 'CCB-VIP', bins: ['622166'] })
  await scene.pay('PAID-A1')
})
afterAll(async () => {
  await scene.sql.end()
  await api.stop()
})

const find = async (q: string, who: WithKey = 'checker'): Promise<SearchAnswer> => {
  const answer = await api.ask(who, 'GET', `/v1/search?q=${encodeURIComponent(q)}`)
  expect({ q, status: answer.status }).toEqual({ q, status: 200 })
  return searchAnswer.parse(answer.body)
}
const exact = async (q: string, who?: WithKey) => (await find(q, who)).exact.map(({ kind, id }) => [kind, id])

test('a whole id jumps, and its address answers', async () => {
  const proposal = String((await scene.proposal('CCB')).id)
  const found = {
    'PAID-A1': ['transaction', 'PAID-A1'],
    'CCB-3': ['campaign', 'CCB-3'],
    M0001: ['merchant', 'M0001'],
    'MID-1': ['mid', 'MID-1'],
    [proposal]: ['proposal', proposal],
    'transaction/system/PAID-A1': ['transaction', 'PAID-A1'],
    [`funding/${proposal}`]: ['proposal', proposal],
  }
  for (const [q, hit] of Object.entries(found))
    expect({ q, hits: await exact(q) }).toEqual({ q, hits: expect.arrayContaining([hit]) as unknown })
  for (const q of Object.keys(found))
    for (const { address } of (await find(q)).exact)
      expect({ address, status: (await api.ask('checker', 'GET', address)).status }).toEqual({ address, status: 200 })
  expect((await find('PAID-A1')).exact).toMatchObject([{ client: 'system', state: 'confirmed' }])
  expect(await exact('transaction/other/PAID-A1')).toEqual([])
})

test('beginnings are grouped by kind, five of each, and say when there are more', async () => {
  const { exact: whole, groups, late } = await find('CCB')
  expect(late).toEqual([])
  expect(whole.map(({ kind }) => kind)).toEqual(['campaign', 'partner'])
  const campaigns = groups.find(({ kind }) => kind === 'campaign')!
  expect([campaigns.items.map(({ id }) => id), campaigns.more]).toEqual([
    ['CCB', 'CCB-0', 'CCB-1', 'CCB-2', 'CCB-3'],
    true,
  ])
  expect(groups.map(({ kind }) => kind)).toEqual(['campaign', 'partner', 'card_group'])
})

test('only what the scopes open: a transaction system finds its own payments and nothing else', async () => {
  expect(await exact('PAID-A1', 'system')).toEqual([['transaction', 'PAID-A1']])
  expect(await exact('PAID-A1', 'other')).toEqual([])
  expect((await find('CCB', 'system')).groups).toEqual([])
  expect((await find('people', 'checker')).groups).toEqual([])
  expect(await exact('people', 'maker')).toEqual([['client', 'people']])
})

test('letters that mean something to LIKE or SQL are letters', async () => {
  for (const q of ['%', '_', "'", 'CCB%', 'a\\b', '建行', '/', '//', 'funding/'])
    expect(await find(q)).toMatchObject({ q, exact: [], late: [] })
  expect(await api.ask('checker', 'GET', `/v1/search?q=${cardNumber(7)}`)).toMatchObject({ status: 400 })
})

test('a kind that takes too long is named, and the others are told', async () => {
  const pool = new Pool({ connectionString: api.url })
  const keeper = await pool.connect()
  await keeper.query('BEGIN; LOCK TABLE partner IN ACCESS EXCLUSIVE MODE')
  const answer = await new Search(pool, 200).find('CCB', {
    scopes: new Set(['read.money', 'read.marketing']),
    client: 'people',
  })
  await keeper.query('ROLLBACK')
  keeper.release()
  await pool.end()
  expect(answer.late).toEqual(['partner'])
  expect(answer.groups.map(({ kind }) => kind)).toContain('campaign')
})
