import { Client } from 'pg'
import { waitingOf } from './testing/agreed'
import { testApi, type Answer, type TestApi } from './testing/test-api'
import { twoPeopleTests } from './testing/two-people'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

const HOLDER = '某某支付（深圳）有限公司'
const account = (number: string) => ({ bank: 'CCB Shenzhen', holder: HOLDER, number })
const put = (code: string, body: object) => api.ask('maker', 'PUT', `/v1/partners/${code}`, body)
const read = async (path: string) => (await api.ask('checker', 'GET', path)).body
const proposalOf = (answer: Answer) => {
  const waiting = waitingOf(answer)
  if (waiting === undefined) throw new Error(answer.text)
  return waiting
}
const approve = ({ id, hash }: { id: number; hash: string }) =>
  api.ask('checker', 'POST', `/v1/proposals/${id}/approve`, { hash })
const reveal = (id: number, holder: string, who: 'maker' | 'checker' | 'both' = 'checker') =>
  api.ask(who, 'POST', `/v1/proposals/${id}/reveal`, { payoutAccount: { holder } })

test('a new partner is nobody before another person has approved it; the same again changes nothing', async () => {
  const answer = await put('NEW', { name: 'New bank' })
  expect(answer).toMatchObject({ status: 202, body: { kind: 'partner', subject: 'NEW', before: null } })
  expect((await api.ask('maker', 'GET', '/v1/partners/NEW')).status).toBe(404)
  expect((await put('NEW', { name: 'New bank' })).body).toEqual(answer.body)
  expect((await approve(proposalOf(answer))).status).toBe(200)
  expect(await put('NEW', { name: 'New bank' })).toMatchObject({ status: 200, body: { code: 'NEW', name: 'New bank' } })
})

test('another account is approved by somebody who has seen its number, once, and named its holder', async () => {
  await api.agreed('maker', 'PUT', '/v1/partners/ACC', { name: 'A', payoutAccount: account('62270000000000005678') })
  // It ends in the same digits: only the hash of what is sealed tells them apart.
  const wanted = { name: 'A', payoutAccount: account('99990000000000005678') }
  const answer = await put('ACC', wanted)
  expect((await put('ACC', wanted)).body).toEqual(answer.body)
  const waiting = proposalOf(answer)
  expect(answer.body).toMatchObject({
    before: { payoutAccount: { number: '****5678' } },
    changes: [{ path: 'payoutAccount.sealed' }],
  })
  const notSeen = { status: 409, body: { code: 'state_conflict', state: 'not_seen' } }
  expect(await approve(waiting)).toMatchObject(notSeen)
  expect(await reveal(waiting.id, HOLDER, 'maker')).toMatchObject({ status: 403 })
  const wrong = await reveal(waiting.id, '另一个公司')
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'payoutAccount.holder' }] } })
  expect(wrong.text).not.toContain('9999000000')
  expect(await approve(waiting)).toMatchObject(notSeen)
  // Brackets and spaces of another width are no other name.
  const seen = await reveal(waiting.id, ' 某某支付(深圳) 有限公司')
  expect(seen).toMatchObject({ status: 200, body: { payoutAccount: { number: '99990000000000005678' } } })
  const again = await reveal(waiting.id, HOLDER)
  expect(again).toMatchObject({ status: 409, body: { code: 'state_conflict', state: 'seen' } })
  expect(again.body['detail']).toContain(`shown to ${String(seen.body['shownTo'])} at ${String(seen.body['shownAt'])}`)
  // Somebody else is not shown it again, and approves nothing that somebody else has seen.
  expect(await reveal(waiting.id, HOLDER, 'both')).toMatchObject({ status: 409 })
  const { id, hash } = waiting
  expect(await api.ask('both', 'POST', `/v1/proposals/${id}/approve`, { hash })).toMatchObject(notSeen)
  expect((await approve(waiting)).status).toBe(200)
  expect(await put('ACC', wanted)).toMatchObject({ status: 200 })
})

test('account numbers, holders and contacts stand in no proposal and no history; what was dropped leaves nothing sealed', async () => {
  const contacts = [{ name: '王小明', phone: '13912345678' }]
  const answer = await put('SEC', { name: 'S', contacts, payoutAccount: account('33001616000000009999') })
  const sql = new Client({ connectionString: api.url })
  await sql.connect()
  const { rows } = await sql.query(
    `SELECT to_jsonb(p)::text AS row FROM proposal p UNION ALL SELECT to_jsonb(o)::text FROM outbox o
     UNION ALL SELECT to_jsonb(d)::text FROM partner_draft d UNION ALL SELECT to_jsonb(v)::text FROM partner_version v`,
  )
  const stored = JSON.stringify(rows) + answer.text
  for (const secret of ['33001616000000009999', HOLDER, '王小明', '13912345678']) expect(stored).not.toContain(secret)
  await api.ask('maker', 'POST', `/v1/proposals/${proposalOf(answer).id}/withdraw`)
  expect((await sql.query(`SELECT FROM partner_draft WHERE code = 'SEC'`)).rowCount).toBe(0)
  await sql.end()
})

test('the history has every version with who made and who approved it', async () => {
  for (const name of ['one', 'two', 'three']) await api.agreed('maker', 'PUT', '/v1/partners/HIS', { name })
  const page = await read('/v1/partners/HIS/versions?limit=2')
  expect(page).toMatchObject({
    versions: [
      { version: 3, document: { name: 'three' } },
      { version: 2, document: { name: 'two' } },
    ],
    next: '2',
  })
  const [newest] = page['versions'] as { maker: string; checker: string; proposal: number }[]
  expect(newest!.checker).not.toBe(newest!.maker)
  expect(newest!.proposal).toBeGreaterThan(0)
  const rest = await read('/v1/partners/HIS/versions?limit=2&after=2')
  expect(rest).toMatchObject({ versions: [{ version: 1, document: { name: 'one' } }] })
  expect(rest['next']).toBeUndefined()
})

describe('two people', () => {
  beforeAll(() => api.agreed('maker', 'PUT', '/v1/partners/TWO', { name: 'Two' }))
  twoPeopleTests(
    () => api,
    () => ({
      propose: async (n) => proposalOf(await put('TWO', { name: `Two ${n}` })),
      standing: () => read('/v1/partners/TWO'),
      changeBehind: (sql) => sql.query(`UPDATE partner SET name = 'behind' WHERE code = 'TWO'`),
    }),
  )
})
