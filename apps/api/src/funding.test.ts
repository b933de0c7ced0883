import { Client } from 'pg'
import { brokenInvariants } from '@lijian/verification'
import { campaign, payment } from './testing/documents'
import { people, receipt } from './testing/funding'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let the: ReturnType<typeof people>
let sql: Client
beforeAll(async () => {
  api = await testApi()
  the = people(api)
  sql = new Client({ connectionString: api.url })
  await sql.connect()
})
afterAll(async () => {
  await sql.end()
  await api.stop()
})
afterEach(async () => expect(await brokenInvariants(sql)).toEqual({}))

const prepaid = async (partner: string) => {
  const document = campaign(
    {
      code: `PRE-${partner}`,
      paymentMode: 'prepay',
      funders: [{ partner, sharePpm: 1_000_000 }],
      budget: { amount: 100_000_000 },
    },
    { code: `O-${partner}`, merchants: [`M-${partner}`] },
  )
  await api.ask('maker', 'PUT', `/v1/campaigns/PRE-${partner}`, document)
  await api.ask('checker', 'POST', `/v1/campaigns/PRE-${partner}/approve`)
}
const pay = async (partner: string, serial: string) =>
  (await api.ask('system', 'POST', '/v1/transactions?explain=true', payment(serial, { merchant: `M-${partner}` }))).body
const posted = async (client: string, id: unknown) =>
  (
    await sql.query(
      'SELECT event, accounts, amounts_fen::text[] AS fen FROM journal WHERE client = $1 AND serial = $2',
      [client, String(id)],
    )
  ).rows

test('one enters a receipt, another approves it, and the next payment spends it', async () => {
  await the.put('P1')
  await prepaid('P1')
  expect(await pay('P1', 'F0')).toMatchObject({ state: 'no_offer', reasons: [{ reason: 'funds_exhausted' }] })
  const made = await the.enter('/v1/partners/P1/receipts', receipt(1_500))
  expect(made).toMatchObject({ status: 200, body: { kind: 'receipt', subject: 'P1', state: 'proposed', version: 1 } })
  expect(await the.read('P1')).toMatchObject({ balance: 0, available: 0 })
  expect(await pay('P1', 'F1')).toMatchObject({ state: 'no_offer' })
  const approved = await the.approve(made.body.id, made.body.hash)
  expect(approved).toMatchObject({ status: 200, body: { state: 'approved', version: 2 } })
  expect(await pay('P1', 'F2')).toMatchObject({ state: 'held', discount: 1_500 })
  expect(await the.read('P1')).toMatchObject({
    paidIn: 1_500,
    balance: 1_500,
    held: 1_500,
    available: 0,
    warnings: [{ warning: 'exhausted' }],
  })
  expect(await posted('@receipt', made.body.id)).toEqual([
    { event: 'top_up', accounts: ['bank/own', 'prepaid/P1'], fen: ['1500', '-1500'] },
  ])
  // The same approval again changes nothing; another decision is too late.
  expect((await the.approve(made.body.id, made.body.hash)).body).toEqual(approved.body)
  expect(await the.reject(made.body.id, made.body.hash, 'both')).toMatchObject({
    status: 409,
    body: { code: 'state_conflict', state: 'approved' },
  })
  expect(await the.read('P1')).toMatchObject({ paidIn: 1_500 })
})

test('who made it cannot approve it; what was changed since it was shown is not approved', async () => {
  await the.put('P2')
  const made = await the.enter('/v1/partners/P2/receipts', receipt(100), 'both')
  expect(await the.approve(made.body.id, made.body.hash, 'both')).toMatchObject({
    status: 403,
    body: { code: 'maker_is_checker' },
  })
  const amend = (body: unknown, who: 'both' | 'maker' = 'both') =>
    api.ask(who, 'PUT', `/v1/proposals/${String(made.body.id)}`, body)
  expect(await amend(receipt(1_000), 'maker')).toMatchObject({ status: 403 })
  expect(await amend({ amount: -1 })).toMatchObject({
    status: 400,
    body: { errors: expect.arrayContaining([expect.objectContaining({ path: 'amount' })]) },
  })
  const amended = await amend(receipt(1_000))
  expect(amended).toMatchObject({ status: 200, body: { version: 2, body: { amount: 1_000 } } })
  expect(await the.approve(made.body.id, made.body.hash)).toMatchObject({
    status: 409,
    body: { code: 'changed_since' },
  })
  expect(await the.read('P2')).toMatchObject({ paidIn: 0 })
  expect(await the.approve(made.body.id, amended.body.hash, 'maker')).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  })
  expect((await the.approve(made.body.id, amended.body.hash)).status).toBe(200)
  expect(await the.read('P2')).toMatchObject({ paidIn: 1_000 })
})

test('a bank reference is entered once, whoever it is for; a rejected or withdrawn one is free again', async () => {
  await the.put('P3')
  await the.put('P4')
  const one = receipt(100)
  const all = await Promise.all(['P3', 'P4', 'P3', 'P4'].map((code) => the.enter(`/v1/partners/${code}/receipts`, one)))
  // The same partner's again is the same answer; the other's is a conflict.
  expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409])
  const entered = all.filter(({ status }) => status === 200)
  expect(entered[1]!.text).toBe(entered[0]!.text)
  expect(all.find(({ status }) => status === 409)!.body).toMatchObject({ code: 'reference_reused' })
  const { id, hash, subject } = all.find(({ status }) => status === 200)!.body
  expect((await the.reject(id, hash)).body).toMatchObject({ state: 'rejected', reason: 'not so' })
  const again = await the.enter(`/v1/partners/P4/receipts`, one)
  expect(again.status).toBe(200)
  expect((await api.ask('maker', 'POST', `/v1/proposals/${String(again.body.id)}/withdraw`)).body).toMatchObject({
    state: 'withdrawn',
  })
  expect((await the.two('/v1/partners/P4/receipts', one)).status).toBe(200)
  expect(await the.enter('/v1/partners/P3/receipts', one)).toMatchObject({
    status: 409,
    body: { code: 'reference_reused' },
  })
  const other = await the.enter('/v1/partners/P3/receipts', receipt(5))
  expect(await api.ask('maker', 'PUT', `/v1/proposals/${String(other.body.id)}`, one)).toMatchObject({
    status: 409,
    body: { code: 'reference_reused' },
  })
  const page = await api.ask('checker', 'GET', `/v1/proposals?kind=receipt&state=rejected&subject=${String(subject)}`)
  expect(page.body).toMatchObject({ proposals: [{ id }] })
})

test.each`
  _case                        | changed                        | path
  ${'nothing'}                 | ${{ amount: 0 }}               | ${'amount'}
  ${'half a fen'}              | ${{ amount: 0.5 }}             | ${'amount'}
  ${'text'}                    | ${{ amount: '1000' }}          | ${'amount'}
  ${'a reference with spaces'} | ${{ bankReference: 'BANK 1' }} | ${'bankReference'}
  ${'no evidence'}             | ${{ evidence: undefined }}     | ${'evidence'}
  ${'a date that is none'}     | ${{ valueDate: '2026-02-30' }} | ${'valueDate'}
  ${'a day to come'}           | ${{ valueDate: '2999-01-01' }} | ${'valueDate'}
`('$_case is no receipt', async ({ changed, path }) => {
  await the.put('P5')
  const answer = await the.enter('/v1/partners/P5/receipts', receipt(1, changed))
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } })
  expect((await the.enter('/v1/partners/NONE/receipts', receipt(1))).status).toBe(404)
})

test('what is left is paid back, never what is held or used, and never a credit line', async () => {
  await the.put('P6')
  await prepaid('P6')
  await the.two('/v1/partners/P6/receipts', receipt(4_000))
  await the.two('/v1/partners/P6/credit-line', { creditLine: 10_000, reason: 'agreed' })
  expect(await the.read('P6')).toMatchObject({ available: 14_000 })
  await pay('P6', 'W1')
  await api.ask('system', 'POST', '/v1/transactions/W1/result', { outcome: 'success', paid: 8500 })
  await pay('P6', 'W2')
  const take = (amount: number) =>
    the.enter('/v1/partners/P6/withdrawals', { amount, campaign: 'PRE-P6', reason: 'ended' })
  expect(await take(1)).toMatchObject({
    status: 409,
    body: { code: 'state_conflict', detail: expect.stringContaining('payout account') },
  })
  await the.put('P6', { payoutAccount: { bank: 'CCB', holder: 'x', number: '4420150000001234' } })
  expect(await take(1_001)).toMatchObject({ status: 409, body: { code: 'exceeds_balance', left: 1_000 } })
  expect(await the.enter('/v1/partners/P6/withdrawals', { amount: 1, campaign: 'NONE', reason: 'x' })).toMatchObject({
    status: 404,
  })
  const made = await take(1_000)
  // Between entering and approving, a payment takes it.
  await pay('P6', 'W3')
  expect(await the.approve(made.body.id, made.body.hash)).toMatchObject({
    status: 409,
    body: { code: 'exceeds_balance', left: 0 },
  })
  await api.ask('system', 'POST', '/v1/transactions/W3/result', { outcome: 'failure' })
  expect((await the.approve(made.body.id, made.body.hash)).status).toBe(200)
  expect(await posted('@withdrawal', made.body.id)).toEqual([
    { event: 'withdrawal', accounts: ['prepaid/P6', 'bank/own'], fen: ['1000', '-1000'] },
  ])
  expect(await the.read('P6')).toMatchObject({ paidIn: 3_000, balance: 1_500, held: 1_500, available: 10_000 })
  expect(await the.two('/v1/partners/P6/credit-line', { creditLine: 0, reason: 'over' })).toMatchObject({ status: 200 })
  await the.two('/v1/partners/P6/credit-line', { creditLine: 1_500, reason: 'again' })
  await pay('P6', 'W4')
  expect(await the.enter('/v1/partners/P6/credit-line', { creditLine: 1_499, reason: 'less' })).toMatchObject({
    status: 409,
    body: { code: 'state_conflict' },
  })
})

test('a transfer between own funds and client reserve is posted once', async () => {
  const transfer = { to: 'reserve', amount: 700, valueDate: '2026-11-01', bankReference: 'RES-1', reason: 'payouts' }
  const done = await the.two('/v1/transfers', transfer)
  expect(done).toMatchObject({ status: 200, body: { kind: 'transfer', subject: 'institution' } })
  expect(await posted('@transfer', done.body.id)).toEqual([
    { event: 'transfer', accounts: ['bank/reserve', 'bank/own'], fen: ['700', '-700'] },
  ])
  expect(await the.enter('/v1/transfers', transfer)).toMatchObject({ status: 200, body: done.body })
  expect(await the.enter('/v1/transfers', { ...transfer, amount: 701 })).toMatchObject({
    status: 409,
    body: { code: 'reference_reused' },
  })
})

test('under full traffic every receipt is approved, every payment is answered, and the books agree', async () => {
  await the.put('P7')
  await prepaid('P7')
  let going = true
  const states: unknown[] = []
  const tills = Array.from({ length: 8 }, async (_, till) => {
    for (let i = 0; going; i++) {
      const serial = `T${till}-${i}`
      const { state } = await pay('P7', serial)
      states.push(state)
      if (state === 'held')
        await api.ask(
          'system',
          'POST',
          `/v1/transactions/${serial}/result`,
          i % 3 ? { outcome: 'success', paid: 8500 } : { outcome: 'failure' },
        )
    }
  })
  const statuses: number[] = []
  for (let i = 0; i < 15; i++) statuses.push((await the.two('/v1/partners/P7/receipts', receipt(1_500 * 4))).status)
  going = false
  await Promise.all(tills)
  expect(statuses).toEqual(Array.from({ length: 15 }, () => 200))
  expect(new Set(states)).toEqual(new Set(['held', 'no_offer']))
  expect(await the.read('P7')).toMatchObject({ paidIn: 90_000 })
})
