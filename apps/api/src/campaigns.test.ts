import { campaignAnswer, checkAnswer } from '@lijian/contracts/marketing'
import { Client } from 'pg'
import { aboutOffersOf, campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
})
afterAll(() => api.stop())

const named = (code: string, changed: Record<string, unknown> = {}, offer: Record<string, unknown> = {}) =>
  campaign({ code, ...changed }, { code: `${code}-FOOD`, merchants: [code], ...offer })
const put = (code: string, document: unknown) => api.ask('maker', 'PUT', `/v1/campaigns/${code}`, document)
const approve = (code: string, body?: unknown) => api.ask('checker', 'POST', `/v1/campaigns/${code}/approve`, body)
const pay = async (serial: string, merchantOf: string) =>
  aboutOffersOf(
    merchantOf,
    (await api.ask('system', 'POST', '/v1/transactions?explain=true', payment(serial, { merchant: merchantOf }))).body,
  )

test('a version goes live when another key than its maker’s approves it', async () => {
  expect(await put('C1', named('C1'))).toMatchObject({
    status: 200,
    body: { code: 'C1', version: 1, latestVersion: 1, state: 'not_approved' },
  })
  expect(await pay('C1-1', 'C1')).toMatchObject({
    state: 'no_offer',
    payable: 10_000,
    reasons: [{ offer: 'C1-FOOD', reason: 'not_approved' }],
  })
  expect(await approve('C1')).toMatchObject({ status: 200, body: { state: 'approved', liveVersion: 1 } })
  expect(await pay('C1-2', 'C1')).toMatchObject({ state: 'held', payable: 8_500 })
})

test('nobody approves what he made, not even with every scope', async () => {
  const scopes = ['campaigns.make', 'campaigns.check']
  const made = await api.ask('maker', 'POST', '/v1/api-keys', { client: 'people', name: 'both', scopes })
  const both = { authorization: `Bearer ${String(made.body.key)}` }
  await api.ask('nobody', 'PUT', '/v1/campaigns/C2', named('C2'), both)
  expect(await api.ask('nobody', 'POST', '/v1/campaigns/C2/approve', undefined, both)).toMatchObject({
    status: 403,
    body: { code: 'maker_is_checker' },
  })
  expect(await pay('C2-1', 'C2')).toMatchObject({ state: 'no_offer' })
  expect(await approve('C2')).toMatchObject({ status: 200 })
})

test('the database too refuses a version whose checker is its maker', async () => {
  await put('C3', named('C3'))
  const db = new Client({ connectionString: api.url })
  await db.connect()
  const cheat = db.query(`UPDATE campaign_version SET checker = maker, state = 'approved' WHERE code = 'C3'`)
  await expect(cheat).rejects.toMatchObject({ constraint: 'campaign_version_two_people' })
  await db.end()
})

test('the same document again is the same version; another one waits while the old one stays live', async () => {
  await put('C4', named('C4'))
  await approve('C4')
  const { offers, ...rest } = named('C4')
  expect((await put('C4', { offers, ...rest })).body).toMatchObject({ version: 1, state: 'approved' })
  expect((await put('C4', named('C4', { name: '新' }))).body).toMatchObject({
    version: 2,
    latestVersion: 2,
    liveVersion: 1,
    state: 'not_approved',
  })
  expect(await pay('C4-1', 'C4')).toMatchObject({ state: 'held', offers: [{ version: 1 }] })
  expect((await api.ask('checker', 'GET', '/v1/campaigns/C4?version=1')).body).toMatchObject({ name: '建行立减' })
})

test('what is approved is what the checker has seen', async () => {
  await put('C5', named('C5'))
  await put('C5', named('C5', { name: '新' }))
  expect(await approve('C5', { version: 1 })).toMatchObject({ status: 409, body: { code: 'version_conflict' } })
  expect((await api.ask('checker', 'GET', '/v1/campaigns/C5')).body).not.toHaveProperty('liveVersion')
  expect(await approve('C5', { version: 2 })).toMatchObject({ status: 200, body: { liveVersion: 2 } })
  expect(await approve('C5', { version: 2 })).toMatchObject({ status: 200, body: { liveVersion: 2 } })
})

test('an offer is approved alone if nothing else would go live with it', async () => {
  const two = (first: number, second: number) => {
    const document = named('C6')
    const [offer] = document.offers
    const off = (amount: number) => ({ benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: amount }] } })
    return {
      ...document,
      offers: [
        { ...offer, rule: off(first) },
        { ...offer, code: 'C6-B', rule: off(second) },
      ],
    }
  }
  const approveOffer = (offer: string) => api.ask('checker', 'POST', `/v1/campaigns/C6/offers/${offer}/approve`)
  await put('C6', two(100, 200))
  expect(await approveOffer('C6-B')).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('C6-FOOD') },
  })
  await approve('C6')
  await put('C6', two(100, 300))
  expect(await approveOffer('NONE')).toMatchObject({ status: 404 })
  expect(await approveOffer('C6-B')).toMatchObject({ status: 200, body: { liveVersion: 2 } })
})

test('a limit below what is used is set to that, and the approval says so', async () => {
  await put('C7', named('C7', { budget: { amount: 9_000, count: 9 } }))
  await approve('C7')
  for (const n of [1, 2, 3]) expect(await pay(`C7-${n}`, 'C7')).toMatchObject({ state: 'held' })
  await put('C7', named('C7', { budget: { amount: 4_499, count: 3 } }))
  expect((await approve('C7')).body).toMatchObject({
    warnings: [
      {
        code: 'limit_lowered',
        level: 'warning',
        path: 'budget.amount',
        message: 'C7#budget: amount lowered to 4499 below what is used and held: set to 4500.',
        messageZh: 'C7#budget:amount 降为 4499,低于已用与占用之和:按 4500 计。',
        proof: { limit: 'C7#budget', amount: 4_499, used: 0, held: 4_500 },
      },
    ],
  })
  expect(await pay('C7-4', 'C7')).toMatchObject({ state: 'no_offer', reasons: [{ reason: 'budget_exhausted' }] })
})

const odd = (code: string) =>
  named(
    code,
    { paymentMode: 'prepay' },
    {
      rule: {
        conditions: { paymentMethods: ['swpie'], binGroups: ['NOBODY'], cardWhitelists: ['NOBODY'] },
        benefit: { type: 'fixedPrice', price: 100 },
      },
    },
  )
const conditions = 'offers[0].rule.conditions'

test('a valid document is stored with what is odd about it, in both languages, each with its proof', async () => {
  const { body } = await put('C8', odd('C8'))
  expect(campaignAnswer.parse(body).warnings).toMatchObject([
    { code: 'unlisted_code', path: `${conditions}.paymentMethods[0]`, proof: { code: 'swpie', near: 'swipe' } },
    { code: 'expected_cost', level: 'info', path: 'offers[0].rule.benefit' },
    {
      code: 'not_stored',
      level: 'warning',
      path: `${conditions}.binGroups[0]`,
      message: 'card group NOBODY is not stored; no card is in it: store the group before the campaign is approved.',
      messageZh: '卡组 NOBODY 尚未录入,没有卡在其中:请在审批前录入该卡组。',
      proof: { kind: 'card group', paths: [`${conditions}.binGroups[0]`, `${conditions}.cardWhitelists[0]`] },
    },
    { code: 'not_stored', path: 'offers[0].merchants[0]', proof: { kind: 'merchant', code: 'C8' } },
    { code: 'not_stored', path: 'funders[0].partner', proof: { kind: 'partner', code: 'CCB' } },
  ])
})

test('who funds an offer instead of the campaign is looked for where the offer names him', async () => {
  const own = { funders: [{ partner: 'ICBC', sharePpm: 1_000_000 }] }
  const { body } = await put('D1', named('D1', { paymentMode: 'prepay' }, own))
  const partners = (body.warnings as { path: string; proof: { kind?: string } }[]).filter(
    ({ proof }) => proof.kind === 'partner',
  )
  expect(partners.map(({ path }) => path)).toEqual(['offers[0].funders[0].partner'])
})

test('a check gives the warnings of a PUT and stores nothing; days are reckoned as asked', async () => {
  const check = (document: object, query = '') => api.ask('checker', 'POST', `/v1/campaigns/check${query}`, document)
  const { status, body } = await check(odd('D2'))
  expect(status).toBe(200)
  const { warnings } = checkAnswer.parse(body)
  expect((await api.ask('maker', 'GET', '/v1/campaigns/D2')).status).toBe(404)
  expect((await put('D2', odd('D2'))).body.warnings).toEqual(warnings)
  const short = named('D3', { budget: { amount: 10_000 } })
  const daysOf = async (query: string) =>
    checkAnswer
      .parse((await check(short, query)).body)
      .warnings.flatMap(({ code, proof }) => (code === 'budget_short' ? [proof.days] : []))
  expect(await daysOf('?paymentsPerDay=1')).toEqual(['20/3'])
  expect(await daysOf('?paymentsPerDay=1&minDays=6')).toEqual([])
  expect(await daysOf('')).toEqual([])
  expect((await check(short, '?paymentsPerDay=0')).status).toBe(400)
})

test('a check of an invalid document gives every error', async () => {
  const answer = await api.ask('maker', 'POST', '/v1/campaigns/check', named('D4', { colour: 1, to: '2019-01-01' }))
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_document' } })
  expect((answer.body.errors as { path: string }[]).map(({ path }) => path).sort()).toEqual(['colour', 'to'])
  expect((await api.ask('system', 'POST', '/v1/campaigns/check', named('D4'))).status).toBe(403)
})

test.each`
  _case                          | changed                                                 | offer                     | path
  ${'a key nobody knows'}        | ${{ colour: 'red' }}                                    | ${{}}                     | ${'colour'}
  ${'shares that are not all'}   | ${{ funders: [{ partner: 'CCB', sharePpm: 999_999 }] }} | ${{}}                     | ${'funders'}
  ${'a day that does not exist'} | ${{ from: '2026-02-30' }}                               | ${{}}                     | ${'from'}
  ${'a time zone that is none'}  | ${{ timeZone: 'Asia/Beijing' }}                         | ${{}}                     | ${'timeZone'}
  ${'a key in the wrong place'}  | ${{ exclusive: true }}                                  | ${{}}                     | ${'exclusive'}
  ${'days without a rebate'}     | ${{}}                                                   | ${{ rebateAfterDays: 7 }} | ${'offers[0].rebateAfterDays'}
`('$_case is refused with its path', async ({ changed, offer, path }) => {
  const answer = await put(
    'C9',
    named('C9', changed as object as Record<string, unknown>, offer as Record<string, unknown>),
  )
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_document' } })
  expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ path })]))
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect((await api.ask('maker', 'GET', '/v1/campaigns/C9')).status).toBe(404)
})

test('every error is listed at once, in English and Chinese', async () => {
  const answer = await put('C9', named('C9', { colour: 1, to: '2019-01-01' }, { priority: 'high' }))
  const errors = answer.body.errors as { path: string; message: string; messageZh: string }[]
  expect(errors.map(({ path }) => path)).toEqual(expect.arrayContaining(['colour', 'to', 'offers[0].priority']))
  expect(errors.find(({ path }) => path === 'colour')).toEqual({
    path: 'colour',
    message: 'unknown key "colour"',
    messageZh: '未知的键 "colour"',
  })
})

test('address and document name the same campaign', async () => {
  expect(await put('C9', named('C1'))).toMatchObject({
    status: 422,
    body: {
      errors: [{ path: 'code', message: 'expected "C9" as in the address', messageZh: '应为与地址中一致:"C9"' }],
    },
  })
})

test('campaigns are listed page by page in order of their codes', async () => {
  const first = await api.ask('checker', 'GET', '/v1/campaigns?limit=2')
  expect(first.body).toMatchObject({ campaigns: [{ code: 'C1' }, { code: 'C2' }], next: 'C2' })
  expect(first.text).not.toContain('sharePpm')
  const rest = await api.ask('checker', 'GET', '/v1/campaigns?after=C2')
  expect(rest.body).toMatchObject({ campaigns: expect.arrayContaining([expect.objectContaining({ code: 'C3' })]) })
  expect(rest.body).not.toHaveProperty('next')
})
