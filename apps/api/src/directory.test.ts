import { makeEnrolment } from '@lijian/identity'
import { Pool } from 'pg'
import { campaign, merchant } from './testing/documents'
import { Page, PASSWORD } from './testing/page'
import { testApi, type Answer, type TestApi } from './testing/test-api'

let api: TestApi
let pool: Pool
let anna: Page
let bo: Page
beforeAll(async () => {
  api = await testApi()
  pool = new Pool({ connectionString: api.url, max: 2 })
  anna = await Page.of(api, 'anna', ['administrator'])
  bo = await Page.of(api, 'bo.admin', ['administrator'])
})
afterAll(async () => {
  await pool.end()
  await api.stop()
})

const approve = (page: Page, { body }: Answer) =>
  page.ask('POST', `/v1/proposals/${body.id}/approve`, { hash: body.hash })
const codeOf = async (answer: Promise<Answer>) => (await answer).body.code

/** By one administrator, and not alone; then by both. */
async function byTwo(maker: Page, other: Page, method: string, path: string, body: object): Promise<Answer> {
  const made = await maker.ask(method, path, body)
  expect(made).toMatchObject({ status: 202, body: { state: 'proposed' } })
  expect(await codeOf(approve(maker, made))).toBe('maker_is_checker')
  const token = await maker.ask('POST', '/v1/me/tokens', { name: 'second key', scopes: ['admin'], expiresInDays: 1 })
  if (token.status === 201) {
    const own = { authorization: `Bearer ${token.body.token as string}` }
    const again = await api.ask(
      'nobody',
      'POST',
      `/v1/proposals/${made.body.id}/approve`,
      { hash: made.body.hash },
      own,
    )
    expect([401, 403, 409]).toContain(again.status)
  }
  const approved = await approve(other, made)
  expect(approved).toMatchObject({ status: 200, body: { state: 'approved' } })
  return made
}

const idOf = async (login: string) => {
  const { persons } = (await anna.ask('GET', `/v1/persons?q=${login}`)).body as {
    persons: { id: string; login: string }[]
  }
  return persons.find((one) => one.login === login)?.id
}

test('from a code of enrolment on: two administrators make a branch, a role, and a person who signs in', async () => {
  await byTwo(anna, bo, 'PUT', '/v1/branches/hangzhou', { name: '杭州分公司' })
  await byTwo(bo, anna, 'PUT', '/v1/branches/xihu', { name: '西湖支公司', parent: 'hangzhou' })
  expect((await anna.ask('GET', '/v1/branches')).body).toMatchObject({
    branches: [
      { code: 'hangzhou', parent: 'head-office' },
      { code: 'head-office' },
      { code: 'xihu', parent: 'hangzhou' },
    ],
  })
  await byTwo(anna, bo, 'PUT', '/v1/roles/desk', {
    name: 'Desk',
    nameZh: '柜台',
    scopes: ['merchants', 'read.marketing'],
    conflicts: [{ role: 'reviewer', why: 'who enters does not approve' }],
  })
  const person = { login: 'li.na', name: '李娜', branch: 'xihu', roles: ['desk'] }
  const made = await anna.ask('POST', '/v1/persons', person)
  expect(await anna.ask('POST', '/v1/persons', person)).toEqual(
    expect.objectContaining({ status: 202, body: made.body }),
  )
  expect(await idOf('li.na')).toBeUndefined()
  expect(made.body.changes).toContainEqual({
    path: 'roles',
    field: { en: 'Roles', zh: '角色' },
    before: null,
    after: 'desk',
  })
  await approve(bo, made)
  const id = (await idOf('li.na'))!
  expect((await anna.ask('GET', `/v1/persons/${id}`)).body).toMatchObject({
    hasPassword: false,
    rights: [
      { scope: 'merchants', roles: ['desk'], delegations: [] },
      { scope: 'read.marketing', roles: ['desk'], delegations: [] },
    ],
  })

  expect((await bo.ask('POST', `/v1/persons/${id}/enrolment`)).status).toBe(403)
  const first = (await anna.ask('POST', `/v1/persons/${id}/enrolment`)).body.enrolment as string
  const { enrolment } = (await anna.ask('POST', `/v1/persons/${id}/enrolment`)).body as { enrolment: string }
  const nina = new Page(api)
  const password = PASSWORD
  expect((await nina.ask('POST', '/v1/enrolments', { enrolment: first, login: 'li.na', password })).status).toBe(401)
  expect((await nina.ask('POST', '/v1/enrolments', { enrolment, login: 'other', password })).status).toBe(401)
  const enrolled = await nina.ask('POST', '/v1/enrolments', { enrolment, login: 'li.na', password })
  expect(enrolled).toMatchObject({ status: 201, body: { id, login: 'li.na', roles: ['desk'], branch: 'xihu' } })
  expect((await anna.ask('POST', `/v1/persons/${id}/enrolment`)).status).toBe(409)
})

test('nobody changes their own rights, neither as maker nor as checker', async () => {
  const me = (await bo.ask('GET', '/v1/me')).body.id as string
  const more = {
    name: 'Bo',
    branch: 'head-office',
    roles: ['administrator', 'auditor'],
    status: 'active',
    language: 'en',
  }
  expect((await anna.ask('PUT', `/v1/persons/${me}`, more)).body).toMatchObject({
    status: 400,
    detail: expect.stringContaining('who audits changes nothing'),
  })
  await byTwo(anna, bo, 'PUT', '/v1/roles/helper', { name: 'Helper', nameZh: '助手', scopes: ['cases'] })
  const helper = { ...more, roles: ['administrator', 'helper'] }
  expect((await bo.ask('PUT', `/v1/persons/${me}`, helper)).status).toBe(403)
  const made = await anna.ask('PUT', `/v1/persons/${me}`, helper)
  expect(made.status).toBe(202)
  expect((await approve(bo, made)).status).toBe(403)
  const role = { name: 'Administrator', nameZh: '系统管理员', scopes: ['admin', 'funding.check'] }
  expect((await anna.ask('PUT', '/v1/roles/administrator', role)).status).toBe(403)
  expect((await anna.ask('PUT', '/v1/roles/helper', { ...role, scopes: ['transactions'] })).status).toBe(400)
})

test('a role that would set two roles of one person against each other waits for the person', async () => {
  await byTwo(anna, bo, 'PUT', '/v1/roles/one', { name: 'One', nameZh: '一', scopes: ['cases'] })
  await byTwo(anna, bo, 'PUT', '/v1/roles/two', { name: 'Two', nameZh: '二', scopes: ['routing'] })
  await byTwo(anna, bo, 'POST', '/v1/persons', {
    login: 'both.of',
    name: 'B',
    branch: 'head-office',
    roles: ['one', 'two'],
  })
  const conflicts = [{ role: 'two', why: 'no' }]
  const asked = { name: 'One', nameZh: '一', scopes: ['cases'], conflicts }
  expect((await anna.ask('PUT', '/v1/roles/one', asked)).body).toMatchObject({ code: 'state_conflict' })
  expect((await anna.ask('POST', `/v1/persons/${await idOf('both.of')}/disable`)).status).toBe(200)
  await byTwo(anna, bo, 'PUT', '/v1/roles/one', asked)
})

test('what was changed in between is not approved; branches make no circle', async () => {
  const made = await anna.ask('PUT', '/v1/branches/south', { name: 'South' })
  await api.approved('maker', 'PUT', '/v1/branches/south', { name: 'Other' })
  expect(await codeOf(approve(bo, made))).toBe('proposal_withdrawn')
  await byTwo(anna, bo, 'PUT', '/v1/branches/deep', { name: 'Deep', parent: 'south' })
  expect((await anna.ask('PUT', '/v1/branches/south', { name: 'S', parent: 'deep' })).status).toBe(400)
  expect((await anna.ask('PUT', '/v1/branches/head-office', { name: 'S', parent: 'deep' })).status).toBe(400)
  expect(await codeOf(anna.ask('PUT', '/v1/branches/deep', { name: 'Deep', parent: 'south' }))).toBe('state_conflict')
})

test('disabled at once by one; recovered by two: password, authenticator, sessions are void', async () => {
  const page = await Page.of(api, 'wang.wu', ['operator'])
  const id = (await idOf('wang.wu'))!
  const made = await byTwo(anna, bo, 'POST', `/v1/persons/${id}/recovery`, { reason: 'the telephone is lost' })
  expect(made.body.kind).toBe('recovery')
  expect((await page.ask('GET', '/v1/me')).status).toBe(401)
  expect((await page.ask('POST', '/v1/sessions', { login: 'wang.wu', password: PASSWORD })).status).toBe(401)
  const { enrolment } = (await anna.ask('POST', `/v1/persons/${id}/enrolment`)).body as { enrolment: string }
  const again = await page.ask('POST', '/v1/enrolments', { enrolment, login: 'wang.wu', password: `${PASSWORD}!` })
  expect(again).toMatchObject({ status: 201, body: { id, must: 'second_factor' } })
  expect((await anna.ask('POST', `/v1/persons/${id}/disable`)).body).toMatchObject({ status: 'disabled', rights: [] })
  expect((await page.ask('GET', '/v1/me')).status).toBe(401)
})

test('who is absent names who decides meanwhile; what nobody holds for good nobody holds for a week', async () => {
  const away = await Page.of(api, 'away', ['reviewer'])
  await Page.of(api, 'stands.in', ['risk'])
  await Page.of(api, 'op.er', ['operator'])
  const [risk, operator] = [await idOf('stands.in'), await idOf('op.er')]
  const days = {
    from: new Date(Date.now() - 60_000).toISOString(),
    until: new Date(Date.now() + 86_400_000).toISOString(),
  }
  expect((await away.ask('POST', '/v1/delegations', { standsIn: operator, ...days })).status).toBe(403)
  const made = await away.ask('POST', '/v1/delegations', { standsIn: risk, ...days })
  expect(made.status).toBe(202)
  expect((await approve(away, made)).status).toBe(403)
  expect((await approve(anna, made)).status).toBe(200)
  const { rights } = (await anna.ask('GET', `/v1/persons/${risk}`)).body as {
    rights: { scope: string; delegations: object[] }[]
  }
  expect(rights.find(({ scope }) => scope === 'campaigns.check')?.delegations).toHaveLength(1)
  const { delegations } = (await away.ask('GET', '/v1/delegations')).body as { delegations: { id: number }[] }
  expect((await away.ask('POST', `/v1/delegations/${delegations[0]!.id}/end`)).body).toHaveProperty('endedAt')
})

test('a policy is made by two, and refused where nobody could meet it', async () => {
  const row = { fromFen: 0, approvers: 1, otherBranch: false, expiresAfterHours: 48 }
  await byTwo(anna, bo, 'PUT', '/v1/approval-policies/receipt', { policies: [row] })
  const { kinds } = (await anna.ask('GET', '/v1/approval-policies?limit=500')).body as { kinds: { kind: string }[] }
  expect(kinds.find(({ kind }) => kind === 'receipt')).toEqual({ kind: 'receipt', policies: [row] })
  const none = await anna.ask('PUT', '/v1/approval-policies/role', { policies: [{ ...row, roles: ['auditor'] }] })
  expect(none.body.code).toBe('state_conflict')
  expect((await anna.ask('PUT', '/v1/approval-policies/any', { policies: [] })).status).toBe(400)
})

test('a code for an administrator makes a person who is one; its name is needed', async () => {
  const { code } = await makeEnrolment(pool, ['administrator'])
  const answer = await new Page(api).ask('POST', '/v1/enrolments', {
    enrolment: code,
    login: 'no.name',
    password: PASSWORD,
  })
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'name' }] } })
})

test('a person sees campaigns and merchants of their branch and below; another branch is not there', async () => {
  await byTwo(anna, bo, 'PUT', '/v1/branches/west', { name: 'West' })
  await byTwo(anna, bo, 'PUT', '/v1/branches/west-1', { name: 'West 1', parent: 'west' })
  for (const [id, branch] of [
    ['W-A', 'west'],
    ['W-B', 'west-1'],
    ['W-C', 'head-office'],
  ])
    await api.ask('maker', 'PUT', `/v1/merchants/${id}`, { ...merchant, id, branch })
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.agreed('maker', 'PUT', '/v1/partners/CCB', { name: 'CCB' })
  await api.ask('maker', 'PUT', '/v1/card-groups/VIP', { code: 'VIP', name: 'VIP', bins: ['622166'] })
  await api.ask('maker', 'PUT', '/v1/campaigns/ALL', { ...campaign({ code: 'ALL' }) })
  const page = await Page.of(api, 'of.west', ['operator'])
  await pool.query(`UPDATE person SET branch = 'west' WHERE login = 'of.west'`)
  await page.ask('PUT', '/v1/campaigns/WEST', campaign({ code: 'WEST' }))
  const merchants = async (query = '') =>
    ((await page.ask('GET', `/v1/merchants${query}`)).body.merchants as { id: string }[]).map(({ id }) => id)
  expect(await merchants()).toEqual(['W-A', 'W-B'])
  expect(await merchants('?branch=west-1')).toEqual(['W-B'])
  expect((await page.ask('GET', '/v1/merchants?branch=head-office')).status).toBe(404)
  const { campaigns } = (await page.ask('GET', '/v1/campaigns')).body as { campaigns: { code: string }[] }
  expect(campaigns.map(({ code }) => code)).toEqual(['WEST'])
})

test('a key with power is shown at once and opens nothing before another administrator approves it', async () => {
  const made = await anna.ask('POST', '/v1/api-keys', {
    client: 'people',
    name: 'console',
    scopes: ['partners', 'read.marketing'],
  })
  expect(made).toMatchObject({
    status: 202,
    body: { key: expect.stringMatching(/^lj_/), proposal: { kind: 'api_key' } },
  })
  const { id, key, proposal } = made.body as { id: string; key: string; proposal: { id: number; hash: string } }
  const withKey = async () =>
    (await api.ask('nobody', 'GET', '/v1/partners', undefined, { authorization: `Bearer ${key}` })).status
  expect(await withKey()).toBe(401)
  expect(await codeOf(anna.ask('POST', `/v1/proposals/${proposal.id}/approve`, { hash: proposal.hash }))).toBe(
    'maker_is_checker',
  )
  const shown = await bo.ask('GET', `/v1/proposals/${proposal.id}`)
  expect(shown.text).not.toContain(key.slice(-20))
  const { rows } = await pool.query<{ hash: string }>('SELECT hash FROM waiting_secret WHERE id = $1', [
    `api_key/${id}`,
  ])
  expect(shown.text).not.toContain(rows[0]!.hash)
  expect((await bo.ask('POST', `/v1/proposals/${proposal.id}/approve`, { hash: proposal.hash })).status).toBe(200)
  expect(await withKey()).toBe(200)
  expect((await anna.ask('POST', `/v1/api-keys/${id}/revoke`)).status).toBe(200)
  expect(await withKey()).toBe(401)

  const dropped = await anna.ask('POST', '/v1/api-keys', { client: 'people', name: 'x', scopes: ['admin'] })
  const { id: other } = dropped.body.proposal as { id: number }
  await anna.ask('POST', `/v1/proposals/${other}/withdraw`)
  expect((await pool.query('SELECT FROM waiting_secret')).rowCount).toBe(0)
  const plain = { client: 'system', name: 'till', scopes: ['transactions', 'read.marketing'] }
  expect((await anna.ask('POST', '/v1/api-keys', plain)).status).toBe(201)
})
