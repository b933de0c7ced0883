import { setTimeout } from 'node:timers/promises'
import { lockSubject } from '@lijian/approvals'
import { EXAMPLES } from '@lijian/contracts/examples'
import { campaignAnswer, madeCampaigns, ruleTemplateAnswer, templatePreview } from '@lijian/contracts/marketing'
import { LOCKS } from '@lijian/database'
import { Pool } from 'pg'
import { merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let pool: Pool
beforeAll(async () => {
  api = await testApi()
  pool = new Pool({ connectionString: api.url, max: 2 })
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
})
afterAll(async () => {
  await pool.end()
  await api.stop()
})

const example = EXAMPLES['rule-template']
const named = (code: string, changes: Record<string, unknown> = {}) => ({
  ...structuredClone(example),
  code,
  ...changes,
})
const put = (code: string, changes?: Record<string, unknown>) =>
  api.ask('maker', 'PUT', `/v1/rule-templates/${code}`, named(code, changes))
const make = (body: Record<string, unknown>) =>
  api.ask('maker', 'POST', '/v1/campaigns/from-template', { parameters: {}, ...body })
const proposalOf = async (code: string) =>
  (
    (await api.ask('checker', 'GET', `/v1/proposals?kind=rule_template&subject=${code}&state=proposed`)).body
      .proposals as Proposed[]
  )[0]
interface Proposed {
  id: number
  hash: string
}
const approve = async (code: string, who: 'maker' | 'checker' = 'checker') => {
  const { id, hash } = (await proposalOf(code))!
  return api.ask(who, 'POST', `/v1/proposals/${id}/approve`, { hash })
}

test('the templates of the release are there, approved, and found by words and state', async () => {
  const { body } = await api.ask('checker', 'GET', '/v1/rule-templates?limit=10')
  expect(body).toMatchObject({ templates: expect.any(Array), next: expect.any(String) })
  const { body: rest } = await api.ask('checker', 'GET', `/v1/rule-templates?limit=500&after=${String(body.next)}`)
  const all = [...(body.templates as { code: string }[]), ...(rest.templates as { code: string }[])]
  expect(all).toHaveLength(19)
  expect(all[0]).toMatchObject({
    state: 'approved',
    version: 1,
    approvedVersion: 1,
    maker: '@release',
    checker: '@release',
  })
  const { body: found } = await api.ask('checker', 'GET', '/v1/rule-templates?q=each%20month')
  expect(found).toEqual({ templates: [] })
  const { body: byWords } = await api.ask(
    'checker',
    'GET',
    `/v1/rule-templates?q=${encodeURIComponent('每卡每月')}&state=approved`,
  )
  expect((byWords.templates as { code: string }[]).map(({ code }) => code)).toEqual(['CARD-MONTH-ONCE', 'CARWASH-9'])
})

test('a preview has document, sentences and warnings, and stores nothing', async () => {
  const { status, body } = await api.ask('checker', 'POST', '/v1/rule-templates/REDUCE-15/preview', {
    parameters: { atLeast: 20_000, off: 2_500, merchants: ['M0001', 'M-NONE'] },
  })
  expect(status).toBe(200)
  expect(templatePreview.parse(body)).toMatchObject({
    template: 'REDUCE-15',
    version: 1,
    parameters: { atLeast: 20_000, off: 2_500, partner: 'BANK', paymentMode: 'postpay' },
    document: {
      code: 'REDUCE-15',
      name: '满200减25',
      offers: [{ rule: { benefit: { tiers: [{ atLeast: 20_000, off: 2_500 }] } } }],
    },
    warnings: expect.arrayContaining([expect.objectContaining({ code: 'not_stored', path: 'offers[0].merchants[1]' })]),
  })
  expect(body.sentences).toContainEqual({
    en: '25 yuan off a payment of 200 yuan or more.',
    'zh-CN': '单笔满200元减25元。',
  })
  expect(await api.ask('checker', 'GET', '/v1/campaigns/REDUCE-15')).toMatchObject({ status: 404 })
})

test('an error names its parameter, in both languages', async () => {
  const parameters = { atLeast: 'much', off: 0, colour: 1 }
  const { status, body } = await api.ask(
    'maker',
    'POST',
    '/v1/campaigns/from-template',
    { template: 'REDUCE-15', code: 'E-1', parameters },
    { 'accept-language': 'zh-CN' },
  )
  expect(status).toBe(422)
  expect(body).toMatchObject({ code: 'invalid_document' })
  expect((body.errors as { path: string }[]).map(({ path }) => path).sort()).toEqual([
    'parameters.atLeast',
    'parameters.colour',
    'parameters.off',
  ])
  expect(await make({ template: 'NONE', code: 'E-1' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'template' }] },
  })
  expect(await make({ template: 'REDUCE-15', version: 7, code: 'E-1' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'version' }] },
  })
  expect(await api.ask('checker', 'GET', '/v1/campaigns/E-1')).toMatchObject({ status: 404 })
})

test('a campaign of a template waits for another person, then gives what its parameters say; it knows where it is from', async () => {
  const asked = { template: 'REDUCE-15', code: 'FROM-1', parameters: { off: 2_000, merchants: ['M0001'] } }
  const made = await make(asked)
  expect(made.status).toBe(200)
  expect(campaignAnswer.parse(made.body)).toMatchObject({
    name: '满100减20',
    version: 1,
    state: 'not_approved',
    origin: { template: 'REDUCE-15', version: 1, parameters: { off: 2_000, atLeast: 10_000 } },
  })
  expect(
    (await api.ask('system', 'POST', '/v1/transactions', payment('FROM-1-A', { merchant: 'M0001' }))).body,
  ).toMatchObject({ payable: 10_000 })
  // Sent again it is the same version; with the document by hand too.
  expect((await make(asked)).body).toMatchObject({ version: 1, origin: { version: 1 } })
  expect((await api.ask('maker', 'PUT', '/v1/campaigns/FROM-1', made.body.document)).body).toMatchObject({ version: 1 })
  await api.ask('checker', 'POST', '/v1/campaigns/FROM-1/approve', { version: 1 })
  expect(
    (await api.ask('system', 'POST', '/v1/transactions', payment('FROM-1-B', { merchant: 'M0001' }))).body,
  ).toMatchObject({ payable: 8_000 })
  expect((await make({ ...asked, name: '新名' })).body).toMatchObject({ version: 2, name: '新名', liveVersion: 1 })
  const { body } = await api.ask('checker', 'GET', '/v1/rule-templates/REDUCE-15/campaigns?version=1&limit=1')
  expect(madeCampaigns.parse(body)).toMatchObject({
    campaigns: [{ campaign: 'FROM-1', version: 1, templateVersion: 1, isLive: true, state: 'approved' }],
    next: 'FROM-1/1',
  })
  expect(
    (await api.ask('checker', 'GET', '/v1/rule-templates/REDUCE-15/campaigns?limit=1&after=FROM-1%2F1')).body,
  ).toEqual({
    campaigns: [expect.objectContaining({ campaign: 'FROM-1', version: 2, isLive: false, state: 'not_approved' })],
  })
})

test('a template waits for another person; until then nobody makes a campaign of it', async () => {
  const stored = await put('T-1')
  expect(stored.status).toBe(200)
  expect(ruleTemplateAnswer.parse(stored.body)).toMatchObject({ version: 1, state: 'not_approved' })
  expect(stored.body).not.toHaveProperty('approvedVersion')
  expect((await put('T-1')).body).toMatchObject({ version: 1 })
  expect(await make({ template: 'T-1', code: 'T-1-C' })).toMatchObject({
    status: 409,
    body: { code: 'state_conflict' },
  })
  expect(await approve('T-1')).toMatchObject({ status: 200 })
  expect((await make({ template: 'T-1', code: 'T-1-C' })).body).toMatchObject({
    origin: { template: 'T-1', version: 1 },
  })
  const names = { en: 'New', 'zh-CN': '新' }
  expect((await put('T-1', { names })).body).toMatchObject({ version: 2, state: 'not_approved', approvedVersion: 1 })
  expect(await make({ template: 'T-1', version: 2, code: 'T-1-D' })).toMatchObject({ status: 409 })
  expect(await approve('T-1')).toMatchObject({ status: 200 })
  expect(await make({ template: 'T-1', version: 1, code: 'T-1-D' })).toMatchObject({ status: 409 })
  expect((await api.ask('checker', 'GET', '/v1/rule-templates/T-1/versions')).body).toMatchObject({
    versions: [
      { version: 2, state: 'approved', names },
      { version: 1, state: 'retired' },
    ],
  })
  // The same document of another version of the template is another version of the campaign.
  expect((await make({ template: 'T-1', code: 'T-1-C' })).body).toMatchObject({ version: 2, origin: { version: 2 } })
})

test('one person takes a template out of use; another version brings it back', async () => {
  await put('T-2')
  expect(await approve('T-2')).toMatchObject({ status: 200 })
  expect(await api.ask('maker', 'POST', '/v1/rule-templates/T-2/retire')).toMatchObject({ status: 403 })
  expect((await api.ask('checker', 'POST', '/v1/rule-templates/T-2/retire')).body).toMatchObject({ state: 'retired' })
  expect(await make({ template: 'T-2', code: 'T-2-C' })).toMatchObject({ status: 409 })
  // The version that was taken out of use stays out.
  expect((await put('T-2')).body).toMatchObject({ version: 1, state: 'retired' })
  expect(await proposalOf('T-2')).toBeUndefined()
  await put('T-2', { names: { en: 'Again', 'zh-CN': '再' } })
  expect(await approve('T-2')).toMatchObject({ status: 200 })
  expect((await make({ template: 'T-2', code: 'T-2-C' })).body).toMatchObject({ origin: { version: 2 } })
})

test('nobody puts in force what he has made, not even past the program', async () => {
  const { body } = await put('T-3')
  const { id, hash } = body.proposal as Proposed
  const scopes = ['campaigns.make', 'campaigns.check']
  const made = await api.ask('maker', 'POST', '/v1/api-keys', { client: 'people', name: 'both', scopes })
  const both = { authorization: `Bearer ${String(made.body.key)}` }
  expect(await api.ask('nobody', 'POST', `/v1/proposals/${id}/approve`, { hash }, both)).toMatchObject({ status: 403 })
  expect(await make({ template: 'T-3', code: 'T-3-C' })).toMatchObject({ status: 409 })
  await expect(
    pool.query(`UPDATE rule_template_version SET state = 'approved', checker = maker WHERE code = 'T-3'`),
  ).rejects.toMatchObject({ constraint: 'rule_template_version_two_people' })
  await expect(pool.query(`UPDATE campaign_origin SET template = 'T-3'`)).rejects.toThrow()
})

test('what is approved is what was shown: a later version takes the place of an open one, and a retirement in between is seen', async () => {
  const first = (await put('T-5')).body.proposal as Proposed
  const second = (await put('T-5', { names: { en: 'Two', 'zh-CN': '二' } })).body.proposal as Proposed
  expect(second.id).not.toBe(first.id)
  const approveOf = ({ id, hash }: Proposed) => api.ask('checker', 'POST', `/v1/proposals/${id}/approve`, { hash })
  expect(await approveOf(first)).toMatchObject({ status: 409, body: { code: 'proposal_withdrawn' } })
  expect(await approveOf({ ...second, hash: first.hash })).toMatchObject({
    status: 409,
    body: { code: 'changed_since' },
  })
  // Two at once: one effect.
  const both = await Promise.all([approveOf(second), approveOf(second)])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  const third = (await put('T-5', { names: { en: 'Three', 'zh-CN': '三' } })).body.proposal as Proposed
  expect(third).toMatchObject({ before: { version: 2 }, body: { version: 3 }, changes: expect.any(Array) })
  await api.ask('checker', 'POST', '/v1/rule-templates/T-5/retire')
  expect(await approveOf(third)).toMatchObject({ status: 409, body: { code: 'changed_since' } })
  expect((await api.ask('checker', 'GET', '/v1/rule-templates/T-5/versions')).body).toMatchObject({
    versions: [{ state: 'not_approved' }, { state: 'retired' }, { state: 'not_approved' }],
  })
})

test('whoever stores a later version waits for their turn before they lock what waits: an approval does so too', async () => {
  const first = (await put('T-6')).body.proposal as Proposed
  const db = await pool.connect()
  await db.query('BEGIN')
  await lockSubject(db, 'rule_template', 'T-6')
  const later = put('T-6', { names: { en: 'Two', 'zh-CN': '二' } })
  const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = ${LOCKS.proposalOf} AND NOT granted`
  while ((await pool.query(waiting)).rowCount === 0) await setTimeout(20)
  // Else the approval that has its turn would wait for this row, and the row for the turn.
  const locked = db.query('SELECT FROM proposal WHERE id = $1 FOR UPDATE NOWAIT', [first.id])
  await expect(locked.finally(() => db.query('COMMIT')).finally(() => db.release())).resolves.toMatchObject({
    rowCount: 1,
  })
  expect(await later).toMatchObject({ status: 200, body: { version: 2 } })
})

test('who may read may not write, and a template that is not right is refused with every place', async () => {
  expect(await api.ask('checker', 'PUT', '/v1/rule-templates/T-4', named('T-4'))).toMatchObject({ status: 403 })
  expect(await api.ask('system', 'GET', '/v1/rule-templates/REDUCE-15')).toMatchObject({ status: 403 })
  expect(await put('T-4', { campaignName: '{who}', sentences: [{ en: '{', 'zh-CN': '}' }] })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'campaignName' }, { path: 'sentences[0].en' }, { path: 'sentences[0].zh-CN' }] },
  })
  expect(await api.ask('checker', 'GET', '/v1/rule-templates/T-4')).toMatchObject({ status: 404 })
  expect(await api.ask('checker', 'GET', '/v1/rule-templates/T-1/versions?after=x')).toMatchObject({ status: 400 })
})
