import { onlyKey } from '@lijian/privacy'
import { randomBytes } from 'node:crypto'
import { until } from '@lijian/testing'
import { cardNumber, cardNumbers } from './testing/card-numbers'
import { merchant } from './testing/documents'
import { Groups, withCard } from './testing/groups'
import { testApi, type TestApi } from './testing/test-api'

const tokenKey = randomBytes(32)
let api: TestApi
let groups: Groups
beforeAll(async () => {
  api = await testApi({ tokenKeys: onlyKey(tokenKey) })
  groups = new Groups(api)
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
})
afterAll(() => api.stop())

test('a whitelist decides before and after its file was imported, replaced, added to and taken from', async () => {
  await groups.live('W', { cardWhitelists: ['WHITE'] })
  const outcomes = async () => [
    await groups.outcome('W', withCard(1)),
    await groups.outcome('W', withCard(2)),
    await groups.outcome('W', {}),
  ]
  expect(await outcomes()).toEqual(['not_whitelisted', 'not_whitelisted', 'not_whitelisted'])
  expect((await groups.cards('WHITE', cardNumbers(1, 2))).body).toMatchObject({
    kind: 'card_group',
    code: 'WHITE',
    mode: 'replace',
    state: 'done',
    // A live campaign names it: another person has approved it since.
    changed: false,
    proposal: expect.any(Number),
    members: 1,
    percent: 100,
  })
  expect(await outcomes()).toEqual(['held', 'not_whitelisted', 'not_whitelisted'])
  expect((await groups.cards('WHITE', cardNumbers(2, 3))).body).toMatchObject({ members: 1 })
  expect(await outcomes()).toEqual(['not_whitelisted', 'held', 'not_whitelisted'])
  expect((await groups.cards('WHITE', cardNumbers(1, 2), '?mode=add')).body).toMatchObject({ members: 2 })
  expect(await outcomes()).toEqual(['held', 'held', 'not_whitelisted'])
  expect((await groups.cards('WHITE', cardNumbers(2, 9), '?mode=remove')).body).toMatchObject({ members: 1 })
  expect(await outcomes()).toEqual(['held', 'not_whitelisted', 'not_whitelisted'])
})

test('a blacklist, and a group of prefixes and cards together', async () => {
  await groups.live('B', { cardBlacklists: ['BLACK'] })
  await groups.live('P', { binGroups: ['MIXED'] })
  expect([await groups.outcome('B', withCard(5)), await groups.outcome('P', withCard(5))]).toEqual(['held', 'bin'])
  await groups.cards('BLACK', cardNumbers(5, 6))
  await groups.cards('MIXED', [cardNumber(5), '436742', 'bin:55'])
  expect(await groups.outcome('B', withCard(5))).toBe('blacklisted')
  expect(await groups.outcome('B', {})).toBe('held')
  expect(await groups.outcome('P', withCard(5))).toBe('held')
  expect(await groups.outcome('P', withCard(6))).toBe('bin')
  for (const prefix of ['436742', '552233'])
    expect(await groups.outcome('P', { card: { pan: cardNumber(1, prefix) } })).toBe('held')
  expect((await api.ask('checker', 'GET', '/v1/card-groups/MIXED')).body).toMatchObject({
    bins: ['436742', '55'],
    cardCount: 1,
  })
})

test('a customer group, sent as a document and as a file; who belonged at the query belongs at the result', async () => {
  await groups.live('C', { customerGroups: ['VIP'] })
  expect(await groups.outcome('C', { customer: '张小明' })).toBe('customer_group')
  const document = { code: 'VIP', customers: ['张小明', '张小明'] }
  const put = await api.agreed('maker', 'PUT', '/v1/customer-groups/VIP', document)
  expect(put).toMatchObject({ status: 200, body: { code: 'VIP', customerCount: 1 } })
  expect(await groups.outcome('C', { customer: '张小明' })).toBe('held')
  expect((await groups.customers('VIP', ['李四', '王五'])).body).toMatchObject({ kind: 'customer_group', members: 2 })
  expect(await groups.outcome('C', { customer: '张小明' })).toBe('customer_group')
  expect(await groups.outcome('C', { customer: '王五' })).toBe('held')
  const held = groups.lastSerial
  await groups.customers('VIP', ['李四'])
  const result = await api.ask('system', 'POST', `/v1/transactions/${held}/result`, { outcome: 'success', paid: 8500 })
  expect(result.body).toMatchObject({ state: 'confirmed', discount: 1_500 })
  expect(await facts(held)).toMatchObject({ memberOf: ['customer/VIP'] })
})

test('a fee offer for customers of a group is tested again by what they belonged to when they asked', async () => {
  await api.ask('maker', 'PUT', '/v1/merchants/F', { ...merchant, id: 'F' })
  const rule = { benefit: { type: 'waive' }, conditions: { customerGroups: ['FEE-VIP'] } }
  await groups.live('F', {}, { kind: 'fee', rule })
  await groups.customers('FEE-VIP', ['李四'])
  expect(await groups.outcome('F', { customer: '李四' })).toBe('held')
  const held = groups.lastSerial
  await groups.customers('FEE-VIP', ['王五'])
  const known = { outcome: 'success', paid: 10_000, cardType: 'debit' }
  expect((await api.ask('system', 'POST', `/v1/transactions/${held}/result`, known)).body).toMatchObject({
    state: 'confirmed',
    fee: { original: 60, final: 0, saved: 60 },
  })
  expect(await groups.outcome('F', { customer: '李四' })).toBe('customer_group')
})

async function facts(ofSerial: string): Promise<unknown> {
  const [row] = await groups.sql<{ facts: unknown }>(
    `SELECT record -> 'facts' AS facts FROM marketing_transaction WHERE serial = $1`,
    [ofSerial],
  )
  return row!.facts
}

test('two processes agree about an import', async () => {
  const other = await testApi({ tokenKeys: onlyKey(tokenKey), databaseUrl: api.url })
  try {
    const there = new Groups({ ...other, keys: api.keys, ask: askOf(other.base) }, 'T')
    await groups.live('TWO', { cardWhitelists: ['TWO-W'], customerGroups: ['TWO-C'] })
    const payer = { ...withCard(1), customer: '李四' }
    await until(async () => (await there.outcome('TWO', payer)) === 'not_whitelisted')
    await groups.cards('TWO-W', cardNumbers(0, 3))
    await groups.customers('TWO-C', ['李四'])
    expect(await groups.outcome('TWO', payer)).toBe('held')
    await until(async () => (await there.outcome('TWO', payer)) === 'held')
    expect((await there.cards('TWO-W', cardNumbers(5, 6))).body).toMatchObject({ state: 'done' })
    expect(await there.outcome('TWO', payer)).toBe('not_whitelisted')
    await until(async () => (await groups.outcome('TWO', payer)) === 'not_whitelisted')
  } finally {
    await other.stop()
  }
})

/** The first API's keys are those of their one database. */
function askOf(base: string): TestApi['ask'] {
  return async (who, method, path, body) => {
    const headers = { authorization: `Bearer ${api.keys[who as 'system']}`, 'content-type': 'application/json' }
    const init: RequestInit = { method, headers, body: JSON.stringify(body) }
    const reply = await fetch(base + path, init)
    const text = await reply.text()
    return { status: reply.status, text, body: JSON.parse(text) as Record<string, unknown>, headers: {} }
  }
}
