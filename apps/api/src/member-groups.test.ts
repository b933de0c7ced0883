import { cardNumber, cardNumbers } from './testing/card-numbers'
import { campaign, merchant } from './testing/documents'
import { Groups, lines, withCard } from './testing/groups'
import { testApi, type Answer, type TestApi, type Who } from './testing/test-api'
import { send } from './testing/upload'

/** Groups of cards and customers that a live campaign names: what they become, two people decide. */
let api: TestApi
let groups: Groups
beforeAll(async () => {
  api = await testApi()
  groups = new Groups(api)
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
})
afterAll(() => api.stop())

const put = (code: string, document: object) =>
  api.ask('maker', 'PUT', `/v1/card-groups/${code}`, { code, ...document })
const decide = (who: Who, { body: { id, hash } }: Answer, what = 'approve', more: object = {}) =>
  api.ask(who, 'POST', `/v1/proposals/${String(id)}/${what}`, { hash, ...more })
const drafts = (code: string) =>
  groups.sql(
    `SELECT (SELECT count(*)::int FROM member_group_draft WHERE code = $1) AS drafts,
      (SELECT count(*)::int FROM group_page WHERE code = $1 AND version = -1) AS pages`,
    [code],
  )
const NONE = [{ drafts: 0, pages: 0 }]

test('a document waits; payments see the members of before until another person has approved', async () => {
  await groups.live('W', { cardWhitelists: ['WAITS'] })
  const waits = await put('WAITS', { name: 'VIP', cards: cardNumbers(0, 3), bins: ['622588'] })
  expect(waits).toMatchObject({
    status: 202,
    body: {
      ...{ kind: 'card_group', subject: 'WAITS', state: 'proposed', before: { code: 'WAITS', members: 0, bins: [] } },
      body: { members: 3, added: 3, removed: 0, bins: ['622588'], binCount: 1 },
    },
  })
  for (const n of [0, 1, 2]) expect(waits.text).not.toContain(cardNumber(n))
  expect(await groups.outcome('W', withCard(1))).toBe('not_whitelisted')
  // Its name is seen by nobody who pays: at once.
  expect((await api.ask('maker', 'GET', '/v1/card-groups/WAITS')).body).toMatchObject({ name: 'VIP', cardCount: 0 })
  // The same again waits as it does; another one takes its place.
  expect((await put('WAITS', { name: 'VIP', cards: cardNumbers(0, 3), bins: ['622588'] })).body).toMatchObject({
    id: waits.body['id'],
  })
  expect(await decide('maker', waits)).toMatchObject({ status: 403 })
  expect(await decide('checker', waits)).toMatchObject({ status: 200, body: { state: 'approved' } })
  expect(await groups.outcome('W', withCard(1))).toBe('held')
  expect((await api.ask('maker', 'GET', '/v1/card-groups/WAITS')).body).toMatchObject({
    cardCount: 3,
    bins: ['622588'],
  })
  expect(await drafts('WAITS')).toEqual(NONE)
  // What says what is stored changes nothing, and waits for nobody.
  expect((await put('WAITS', { name: 'VIP', cards: cardNumbers(0, 3) })).status).toBe(200)
})

test('prefixes alone, and members alone: what is left out stays', async () => {
  await groups.live('A', { cardWhitelists: ['ALONE'] })
  await groups.cards('ALONE', cardNumbers(0, 3))
  const bins = await put('ALONE', { bins: ['622589', '622590'] })
  expect(bins.body).toMatchObject({ body: { members: 3, added: 0, removed: 0, bins: ['622589', '622590'] } })
  expect((await decide('checker', bins)).status).toBe(200)
  const members = await put('ALONE', { cards: cardNumbers(1, 5) })
  expect(members.body).toMatchObject({
    ...{ before: { members: 3, bins: ['622589', '622590'] } },
    body: { members: 4, added: 2, removed: 1, bins: ['622589', '622590'] },
  })
  expect((await decide('checker', members)).status).toBe(200)
  expect((await api.ask('maker', 'GET', '/v1/card-groups/ALONE')).body).toMatchObject({
    ...{ cardCount: 4, bins: ['622589', '622590'] },
  })
  expect([await groups.outcome('A', withCard(0)), await groups.outcome('A', withCard(4))]).toEqual([
    ...['not_whitelisted', 'held'],
  ])
})

test('rejected, withdrawn, or replaced by a later one: nothing of it stays', async () => {
  await groups.live('R', { cardWhitelists: ['REJECT'] })
  const first = await put('REJECT', { cards: cardNumbers(0, 3) })
  expect((await decide('checker', first, 'reject', { reason: 'not ours' })).status).toBe(200)
  expect(await drafts('REJECT')).toEqual(NONE)
  const second = await put('REJECT', { cards: cardNumbers(0, 4) })
  await api.ask('maker', 'POST', `/v1/proposals/${String(second.body['id'])}/withdraw`)
  expect(await drafts('REJECT')).toEqual(NONE)
  const third = await put('REJECT', { cards: cardNumbers(0, 5) })
  const imported = await send(api, '/v1/card-groups/REJECT/imports', lines(cardNumbers(5, 7)))
  expect(imported.body).toMatchObject({ state: 'done', changed: false, members: 2, proposal: expect.any(Number) })
  expect((await decide('checker', third)).status).toBe(409)
  expect(await groups.outcome('R', withCard(1))).toBe('not_whitelisted')
  await groups.approved(imported)
  expect([await groups.outcome('R', withCard(1)), await groups.outcome('R', withCard(5))]).toEqual([
    ...['not_whitelisted', 'held'],
  ])
  expect(await drafts('REJECT')).toEqual(NONE)
})

test('two changes sent at once: one waits, and one approval makes one of them the group', async () => {
  await groups.live('T', { cardWhitelists: ['TWICE'] })
  const sent = await Promise.all([
    put('TWICE', { cards: cardNumbers(0, 1) }),
    put('TWICE', { cards: cardNumbers(0, 2) }),
    send(api, '/v1/card-groups/TWICE/imports', lines(cardNumbers(0, 3))),
  ])
  for (const { status } of sent) expect(status).toBeLessThan(300)
  const { body } = await api.ask('checker', 'GET', '/v1/approvals?state=proposed&kind=card_group')
  const [left, ...others] = (body['approvals'] as { subject: string }[]).filter(({ subject }) => subject === 'TWICE')
  expect(others).toEqual([])
  expect((await decide('checker', { body: left } as never)).status).toBe(200)
  const members = (left as unknown as { body: { members: number } }).body.members
  expect((await api.ask('maker', 'GET', '/v1/card-groups/TWICE')).body).toMatchObject({ cardCount: members })
})

test('pages that somebody has changed since are not approved, nor are members of a group that has changed', async () => {
  await groups.live('D', { cardWhitelists: ['DIRTY'] })
  const waits = await put('DIRTY', { cards: cardNumbers(0, 3) })
  await groups.sql(`UPDATE group_page SET members = substring(members FROM 17) WHERE code = 'DIRTY' AND version = -1`)
  expect(await decide('checker', waits)).toMatchObject({ status: 409, body: { code: 'changed_since' } })
  const again = await put('DIRTY', { cards: cardNumbers(0, 3) })
  await groups.sql(`UPDATE card_group SET members_version = members_version + 1 WHERE code = 'DIRTY'`)
  expect(await decide('checker', again)).toMatchObject({ status: 409, body: { code: 'changed_since' } })
})

test('of a campaign that is not live yet a group changes at once; a draft that names it changes nothing', async () => {
  const rule = { benefit: { type: 'reduce', tiers: [{ atLeast: 1, off: 1 }] }, conditions: { customerGroups: ['NEW'] } }
  const document = campaign({ code: 'N' }, { code: 'N-O', merchants: ['N'], rule })
  expect((await api.ask('maker', 'PUT', '/v1/campaigns/N', document)).status).toBe(200)
  const send = (customers: string[]) => api.ask('maker', 'PUT', '/v1/customer-groups/NEW', { code: 'NEW', customers })
  expect(await send(['李四'])).toMatchObject({ status: 200, body: { customerCount: 1 } })
  await api.ask('checker', 'POST', '/v1/campaigns/N/approve')
  expect(await send(['李四', '王五'])).toMatchObject({
    ...{ status: 202, body: { kind: 'customer_group', body: { added: 1, removed: 0, members: 2 } } },
  })
})
