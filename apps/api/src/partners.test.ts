import { Client } from 'pg'
import { campaign } from './testing/documents'
import { people, receipt } from './testing/funding'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let the: ReturnType<typeof people>
beforeAll(async () => {
  api = await testApi()
  the = people(api)
})
afterAll(() => api.stop())

const NUMBERS = ['44201500000000001234', '62270000000000005678', '33001616000000009999']
const PERSON = '王小明'
const PHONE = '13912345678'
const account = (number?: string) => ({
  bank: 'CCB Shenzhen',
  holder: '某某支付有限公司',
  ...(number ? { number } : {}),
})

test('a partner is a document; of its accounts only the last digits are ever shown', async () => {
  const contacts = [{ name: PERSON, role: '客户经理', phone: PHONE }]
  const document = {
    name: '建设银行',
    kind: 'bank',
    paymentMode: 'prepay',
    contacts,
    depositAccount: account(NUMBERS[0]),
    payoutAccount: account(NUMBERS[1]),
    warnBelow: { amount: 100 },
  }
  expect(await api.agreed('maker', 'PUT', '/v1/partners/CCB', document)).toMatchObject({ status: 200 })
  const shown = {
    code: 'CCB',
    name: '建设银行',
    kind: 'bank',
    paymentMode: 'prepay',
    currency: 'CNY',
    status: 'active',
    contacts,
    depositAccount: { ...account(), number: '****1234' },
    payoutAccount: { ...account(), number: '****5678' },
    warnBelow: { amount: 100 },
    balance: 0,
    paidIn: 0,
    creditLine: 0,
    held: 0,
    used: 0,
    available: 0,
    warnings: [],
  }
  expect(await the.read('CCB')).toEqual(shown)
  // A number that is left out stays; an account that is left out goes; contacts are as the newest document has them.
  await api.agreed('maker', 'PUT', '/v1/partners/CCB', { name: '建设银行', payoutAccount: account() })
  const { depositAccount: _, warnBelow: __, ...without } = shown
  expect(await the.read('CCB')).toEqual({ ...without, contacts: [] })
  expect(await api.agreed('maker', 'PUT', '/v1/partners/CCB', { name: 'x', depositAccount: account() })).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'depositAccount.number', messageZh: '应为账号:尚未录入' }] },
  })
  expect((await api.ask('maker', 'GET', '/v1/partners/NONE')).status).toBe(404)
  const page = await api.ask('checker', 'GET', '/v1/partners?limit=1')
  expect(page.body).toEqual({ partners: [expect.objectContaining({ code: 'CCB' })] })
  expect(page.text).not.toContain('contacts')
})

test.each`
  _case                            | body                                                          | path
  ${'no name'}                     | ${{}}                                                         | ${'name'}
  ${'a credit line'}               | ${{ name: 'x', creditLine: 5 }}                               | ${'creditLine'}
  ${'a strange kind'}              | ${{ name: 'x', kind: 'shop' }}                                | ${'kind'}
  ${'letters that are no account'} | ${{ name: 'x', payoutAccount: { ...account('my account') } }} | ${'payoutAccount.number'}
`('$_case is refused', async ({ body, path }) =>
  expect(await api.ask('maker', 'PUT', '/v1/partners/BAD', body)).toMatchObject({
    status: 400,
    body: { errors: [{ path }] },
  }),
)

test('account numbers, names and phones are in no table, no log, no answer, whatever goes wrong', async () => {
  const answers: string[] = []
  const ask = async (...args: Parameters<TestApi['ask']>) => {
    const answer = await api.ask(...args)
    answers.push(answer.text)
    return answer
  }
  // What the checker is shown once is in no other answer.
  const agreed = (body: object) => api.agreed('maker', 'PUT', '/v1/partners/CAN', body)
  const [deposit, payout, other] = NUMBERS
  const contacts = [{ name: PERSON, phone: PHONE }]
  await agreed({ name: 'x', depositAccount: account(deposit), payoutAccount: account(payout), contacts })
  answers.length = 0
  await the.two('/v1/partners/CAN/receipts', receipt(1000))
  const withdrawal = { amount: 10, reason: 'campaign ended' }
  const made = await ask('maker', 'POST', '/v1/partners/CAN/withdrawals', withdrawal)
  expect(made).toMatchObject({ status: 200, body: { body: { payoutAccount: 'CCB Shenzhen ****5678' } } })
  for (const body of [
    { amount: 10, reason: `to ${payout}` },
    { amount: 10, reason: 'x', [payout!]: 1 },
    { amount: other, reason: 'x' },
  ])
    expect((await ask('maker', 'POST', '/v1/partners/CAN/withdrawals', body)).status).toBe(400)
  await ask('maker', 'PUT', '/v1/partners/CAN', { name: 'x', payoutAccount: { ...account(`${payout}!`) } })
  await ask('maker', 'PUT', '/v1/partners/CAN', { name: 'x', payoutAccount: account(other), contacts })
  await agreed({ name: 'x', payoutAccount: account(other), contacts })
  // Stored in another column or under another partner, a sealed number opens nowhere: a failure that is logged.
  const db = new Client({ connectionString: api.url })
  await db.connect()
  await db.query(
    `INSERT INTO partner (code, name, payout_account) SELECT 'THIEF', 'x', payout_account FROM partner WHERE code = 'CAN'`,
  )
  expect((await ask('checker', 'GET', '/v1/partners/THIEF')).status).toBe(500)
  await db.query(`DELETE FROM partner WHERE code = 'THIEF'`)
  expect(await the.approve(made.body.id, made.body.hash)).toMatchObject({
    status: 409,
    body: { code: 'changed_since' },
  })
  const tables = await db.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  )
  let stored = ''
  for (const { name } of tables.rows)
    stored += JSON.stringify((await db.query(`SELECT to_jsonb(t)::text AS row FROM ${name} t`)).rows)
  await db.end()
  expect(stored).toContain('payout_account')
  const places = { stored, answers: answers.join(), logs: api.logs.join() }
  for (const [where, text] of Object.entries(places))
    for (const secret of [...NUMBERS, ...(where === 'answers' ? [] : [PERSON, PHONE, '某某支付'])])
      expect({ where, secret, found: text.includes(secret) }).toEqual({ where, secret, found: false })
})

test('no campaign goes live in the name of a suspended partner; what is live goes on, and its money is still booked', async () => {
  await the.put('SUS')
  const document = (code: string) =>
    campaign({ code, funders: [{ partner: 'SUS', sharePpm: 1_000_000 }] }, { code: `${code}-O`, merchants: [code] })
  await api.ask('maker', 'PUT', '/v1/campaigns/SUSA', document('SUSA'))
  expect((await api.ask('checker', 'POST', '/v1/campaigns/SUSA/approve')).status).toBe(200)
  await the.put('SUS', { status: 'suspended' })
  await api.ask('maker', 'PUT', '/v1/campaigns/SUSB', document('SUSB'))
  expect(await api.ask('checker', 'POST', '/v1/campaigns/SUSB/approve')).toMatchObject({
    status: 409,
    body: { code: 'state_conflict' },
  })
  const pay = { serial: 'SUS-1', merchant: 'SUSA', amount: 10_000, paymentMethod: 'swipe' }
  expect((await api.ask('system', 'POST', '/v1/transactions', pay)).body).toMatchObject({ state: 'held' })
  expect((await the.two('/v1/partners/SUS/receipts', receipt(100))).status).toBe(200)
  expect(await the.enter('/v1/partners/SUS/credit-line', { creditLine: 5, reason: 'more' })).toMatchObject({
    status: 409,
  })
  // Closing needs an empty balance.
  expect(await the.put('SUS', { status: 'closed' })).toMatchObject({ status: 409, body: { code: 'state_conflict' } })
  await the.put('EMPTY')
  expect((await the.put('EMPTY', { status: 'closed' })).status).toBe(200)
  expect(await the.enter('/v1/partners/EMPTY/receipts', receipt(100))).toMatchObject({
    status: 409,
    body: { state: 'closed' },
  })
})
