import { sealAudit } from '@lijian/audit'
import { makeEnrolment } from '@lijian/identity'
import { Secret, TOTP } from 'otpauth'
import { Pool } from 'pg'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

interface Event {
  actor: string
  person?: string
  operation: string
  act: string
  result: string
  address: string
  request?: string
  session?: string
  branch?: string
  subject: { kind: string; id: string }
  diff: Record<string, { before?: unknown; after?: unknown }>
  sealed: boolean
}

let api: TestApi
let pool: Pool
const keyIds: Record<string, string> = {}
beforeAll(async () => {
  api = await testApi()
  pool = new Pool({ connectionString: api.url, max: 2 })
  for (const who of ['maker', 'checker', 'system'] as const)
    keyIds[who] = (await api.ask(who, 'GET', '/v1/me')).body.id as string
})
afterAll(async () => {
  await pool.end()
  await api.stop()
})

const events = async (query: string): Promise<Event[]> => {
  const { status, body, text } = await api.ask('maker', 'GET', `/v1/audit?${query}`)
  expect([status, text]).toEqual([200, expect.anything()])
  return body.events as Event[]
}
const written = (query: string, many: number) =>
  new Promise<Event[]>((resolve, reject) => {
    const look = async (left: number): Promise<void> => {
      const found = await events(query)
      if (found.length >= many || left === 0) return resolve(found)
      setTimeout(() => look(left - 1).catch(reject), 200)
    }
    look(60).catch(reject)
  })

test('a change over HTTP: who, from where, by which operation and request, and what differs', async () => {
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', { ...merchant, name: 'Another' })
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
  const [changed, made] = await events('subjectKind=merchant&subject=M0001')
  expect(made).toMatchObject({ act: 'insert', actor: keyIds['maker'], operation: 'putMerchant', result: 'done' })
  expect(changed).toMatchObject({
    act: 'update',
    address: '127.0.0.1',
    request: expect.stringMatching(/^[0-9a-f]+-/),
    diff: { 'document.name': { before: merchant.name, after: 'Another' } },
  })
  expect(Object.keys(changed!.diff)).toEqual(['document.name'])
  const approved = await events('subjectKind=campaign_version&act=update')
  expect(approved[0]).toMatchObject({ actor: keyIds['checker'], diff: { state: { after: 'approved' } } })
})

test('a payment is no event', async () => {
  const before = await events('limit=1')
  expect((await api.ask('system', 'POST', '/v1/transactions', payment('P-a1'))).status).toBe(200)
  expect(await events('limit=1')).toEqual(before)
})

test('who signs in, who fails to, and what a person does then', async () => {
  const headers = { 'sec-fetch-site': 'same-origin' }
  const { code } = await makeEnrolment(pool, ['operator'])
  const password = 'correct horse 42'
  const enrolled = await api.ask(
    'nobody',
    'POST',
    '/v1/enrolments',
    { enrolment: code, login: 'zhang.san', name: 'Zhang San', password },
    headers,
  )
  const id = enrolled.body.id as string
  let cookie = enrolled.headers['set-cookie']!.split(';')[0]!
  const { body } = await api.ask('nobody', 'POST', '/v1/me/totp', undefined, { ...headers, cookie })
  const totp = new TOTP({ secret: Secret.fromBase32(body.secret as string) })
  const strong = await api.ask(
    'nobody',
    'POST',
    '/v1/me/totp/confirm',
    { code: totp.generate() },
    { ...headers, cookie },
  )
  cookie = strong.headers['set-cookie']!.split(';')[0]!
  await api.ask('nobody', 'PUT', '/v1/merchants/M0001', merchant, { ...headers, cookie })
  await api.ask('nobody', 'POST', '/v1/sessions', { login: 'zhang.san', password: 'wrong horse 43' }, headers)
  const all = await written(`person=${id}`, 7)
  const shown = all.map(({ operation, act, result, subject }) => `${operation} ${act} ${result} ${subject.kind}`)
  expect(shown).toContain('signIn sign_in refused login')
  expect(shown).toContain('putMerchant update done merchant')
  expect(shown).toContain('enrol sign_in done session')
  expect(shown).toContain('confirmTotp sign_in done session')
  expect(all.find(({ operation }) => operation === 'putMerchant')).toMatchObject({
    actor: id,
    branch: 'head-office',
    session: expect.stringMatching(/^s-/),
  })
  const { rows } = await pool.query<{ row: string }>('SELECT to_jsonb(e)::text AS row FROM audit_event e')
  const text = rows.map(({ row }) => row).join('\n')
  expect(text).not.toMatch(/zhang\.san|Zhang San|correct horse|argon2/)
  expect(text).not.toContain(body.secret)
})

test('refusals: the first of a minute each, then their number', async () => {
  for (let i = 0; i < 12; i++)
    expect((await api.ask('system', 'PUT', '/v1/merchants/M0001', merchant)).status).toBe(403)
  await api.ask('maker', 'GET', '/v1/merchants/M0001', undefined, { authorization: 'Bearer lj_none_x' })
  const each = await written(`act=refusal&actor=${keyIds['system']}`, 5)
  expect(each).toHaveLength(5)
  expect(each[0]).toMatchObject({
    subject: { kind: 'operation', id: 'putMerchant' },
    diff: { code: 'forbidden', status: 403 },
  })
  expect(await written('act=refusal&actor=nobody', 1)).toEqual([
    expect.objectContaining({ operation: 'readMerchant', address: '127.0.0.1' }),
  ])
})

test('contacts and accounts: who read them, never what they are', async () => {
  const partner = {
    name: 'Bank',
    contacts: [{ name: 'Wang Wu', phone: '13812345678', email: 'wang@bank.example' }],
    payoutAccount: { bank: 'ICBC', holder: 'Bank', number: '6222000011112222' },
  }
  expect((await api.agreed('maker', 'PUT', '/v1/partners/CCB', partner)).status).toBe(200)
  await api.ask('checker', 'GET', '/v1/partners/CCB')
  expect(await events('act=read&subjectKind=partner&subject=CCB')).toMatchObject([
    { actor: keyIds['checker'], operation: 'readPartner' },
  ])
  const stored = await events('subjectKind=partner&act=insert')
  expect(stored[0]!.diff).toMatchObject({ payout_account: { after: '***' }, contacts: { after: '***' } })
})

test('a list that leaves as a file is recorded', async () => {
  expect((await api.ask('checker', 'GET', '/v1/merchants?format=csv')).status).toBe(200)
  expect((await api.ask('checker', 'GET', '/v1/merchants')).status).toBe(200)
  expect(await events('act=read&subjectKind=list&subject=listMerchants')).toMatchObject([
    { actor: keyIds['checker'], operation: 'listMerchants' },
  ])
})

test('pages go on where they ended; filters are refused by name; sealed is said', async () => {
  // Transactions of other databases of the cluster are waited for too.
  for (let tries = 0; (await events('limit=1')).some(({ sealed }) => !sealed) && tries < 200; tries++) {
    await sealAudit(pool)
    await new Promise((go) => setTimeout(go, 50))
  }
  const all = await events('limit=500')
  expect(all.length).toBeGreaterThan(20)
  expect(all.every(({ sealed }) => sealed)).toBe(true)
  const seen: Event[] = []
  for (let after = ''; ;) {
    const { body } = await api.ask('maker', 'GET', `/v1/audit?limit=7${after}`)
    seen.push(...(body.events as Event[]))
    if (body.next === undefined) break
    after = `&after=${String(body.next)}`
  }
  expect(seen).toEqual(all)
  const today = new Date().toISOString().slice(0, 10)
  expect((await events(`from=2020-01-01&to=2020-12-31`)).length).toBe(0)
  expect((await events(`from=${today}`)).length).toBeGreaterThan(0)
  expect((await api.ask('maker', 'GET', '/v1/audit?act=everything')).status).toBe(400)
  expect((await api.ask('system', 'GET', '/v1/audit')).status).toBe(403)
})
