import { brokenInvariants, MONEY_CHECKS } from '@lijian/verification'
import { CycleStage } from './testing/stage'

let stage: CycleStage
let nowMs = Date.now()
beforeEach(async () => {
  nowMs = Date.now()
  stage = await CycleStage.open(() => nowMs)
  await stage.close('2029-12-31')
  await stage.partner('CCB')
})
afterEach(async () => {
  expect(await brokenInvariants(stage.pool as never, MONEY_CHECKS)).toEqual({})
  await stage.shut()
})

const newest = async () => (await stage.cycles.list({ limit: 1 })).cycles[0]!
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: { code?: string }) => error.code,
  )
/** One month of 30.00, closed and issued. */
async function issued() {
  await stage.campaign('M', 'CCB', 'month', '2030-01-01')
  await stage.post('2030-01-05', { campaign: 'M', fen: 2_000, serial: 'A' })
  await stage.post('2030-01-31', { campaign: 'M', fen: 1_000, serial: 'B' })
  await stage.close('2030-01-31')
  await stage.cycles.issueDue()
  return newest()
}

test('a document from before texts were checked has its own cycle, and stops nobody else', async () => {
  await stage.campaign('N', 'CCB', 'month', '2030-01-01')
  await stage.campaign('Q', 'CCB', 'quarter', '2030-01-01')
  await stage.pool.query(
    `UPDATE campaign_version SET document = jsonb_set(document::jsonb, '{name}', '"@"')::json WHERE code = 'Q'`,
  )
  await stage.pool.query(
    `UPDATE campaign_version SET document = replace(document::text, '"@"', $1)::json WHERE code = 'Q'`,
    [String.raw`"a\u0000\ud800"`],
  )
  await stage.post('2030-01-02', { campaign: 'N', fen: 300 })
  await stage.post('2030-01-03', { campaign: 'Q', fen: 500 })
  await stage.close('2030-03-31')
  expect(await stage.cycles.issueDue()).toBe(4)
  expect((await stage.table()).filter((line) => line.includes('issued'))).toEqual([
    'CCB month 2030-01 issued 0+300-0-0-0=300 due 300 open 300',
    'CCB quarter 2030-Q1 issued 0+500-0-0-0=500 due 500 open 500',
  ])
})

test('a month is issued when its last date is closed; the next opens with what it closed with', async () => {
  await stage.campaign('M', 'CCB', undefined, '2030-01-01')
  await stage.campaign('N', 'CCB', 'month', '2029-06-01')
  await stage.post('2030-01-02', { campaign: 'M', fen: 1_500, othersFen: 500 })
  await stage.post('2030-01-31', { campaign: 'N', fen: 300 })
  await stage.post('2030-02-01', { campaign: 'M', fen: 700 })
  await stage.close('2030-01-30')
  expect(await stage.cycles.issueDue()).toBe(0)
  await stage.close('2030-01-31')
  expect(await stage.cycles.issueDue()).toBe(1)
  expect(await stage.cycles.issueDue()).toBe(0)
  await stage.post('2030-02-02', { campaign: 'M', fen: 100, event: 'refund' })
  await stage.close('2030-03-31')
  expect(await stage.cycles.issueDue()).toBe(2)
  expect(await stage.table()).toEqual([
    'CCB month 2030-01 issued 0+1800-0-0-0=1800 due 1800 open 1800',
    'CCB month 2030-02 issued 1800+700-100-0-0=2400 due 600 open 600',
    // Nothing happened: nobody is asked for anything.
    'CCB month 2030-03 closed 2400+0-0-0-0=2400 due 0 open 0',
  ])
  const first = (await stage.cycles.list({ limit: 500 })).cycles.at(-1)!
  expect(first).toMatchObject({ campaigns: ['M', 'N'], from: '2030-01-01', to: '2030-01-31' })
  expect(first.lines).toEqual([
    { campaign: 'M', offer: 'M-O', name: '满减', paymentMode: 'postpay', count: 1, charged: 1_500, returned: 0 },
    { campaign: 'N', offer: 'N-O', name: '满减', paymentMode: 'postpay', count: 1, charged: 300, returned: 0 },
  ])
})

test('paid in parts it stays open, paid to the end it is closed; more than that waits in suspense', async () => {
  const { id } = await issued()
  await stage.cycles.confirm(id, 'checker')
  expect(await stage.cycles.read(id)).toMatchObject({ state: 'confirmed', open: 3_000 })
  await stage.pay(id, 1_000)
  expect(await stage.cycles.read(id)).toMatchObject({ state: 'confirmed', paid: 1_000, open: 2_000 })
  expect(await stage.balance('receivable/CCB')).toBe(2_000)
  const late = await stage.proposals.propose('collection', 'CCB', { cycle: id, ...stage.receipt(5) }, 'maker')
  await stage.pay(id, 2_500)
  expect(await stage.cycles.read(id)).toMatchObject({
    state: 'closed',
    paid: 3_000,
    open: 0,
    closedAt: expect.any(String),
  })
  expect([
    await stage.balance('receivable/CCB'),
    await stage.balance('suspense'),
    await stage.balance('bank/own'),
  ]).toEqual([0, -500, 3_500])
  expect(await codeOf(stage.proposals.approve(late.id, late.hash, 'checker'))).toBe('state_conflict')
  expect(await codeOf(stage.pay(id, 1))).toBe('state_conflict')
  expect(await codeOf(stage.cycles.confirm(id, 'other'))).toBe('state_conflict')
  // What was paid in February stands in February.
  await stage.close('2030-02-28')
  await stage.cycles.issueDue()
  expect((await stage.table()).at(-1)).toBe('CCB month 2030-02 closed 3000+0-0-3000-0=0 due 0 open 0')
})

test('a collection names a cycle of its partner; the maker does not approve it; its bank reference is booked once', async () => {
  const { id } = await issued()
  await stage.partner('ICBC')
  expect(await codeOf(stage.pay(id, 1, 'ICBC'))).toBe('state_conflict')
  expect(await codeOf(stage.pay(99, 1))).toBe('not_found')
  const body = { cycle: id, ...stage.receipt(100) }
  const made = await stage.proposals.propose('collection', 'CCB', body, 'maker')
  expect(await codeOf(stage.proposals.approve(made.id, made.hash, 'maker'))).toBe('maker_is_checker')
  const { cycle: _, ...receipt } = body
  expect(await codeOf(stage.proposals.propose('receipt', 'CCB', receipt, 'maker'))).toBe('reference_reused')
  expect(await stage.cycles.read(id)).toMatchObject({ paid: 0 })
})

test('disputed rows: those of the statement, for at most their share; the institution gives way, or the partner does', async () => {
  const { id } = await issued()
  const row = (serial: string, amount: number) => ({ serial, amount, reason: 'not ours' })
  await expect(
    stage.cycles.dispute(id, { rows: [row('A', 2_001), row('NONE', 1), row('B', 1), row('B', 1)] }),
  ).rejects.toMatchObject({
    code: 'invalid_request',
    extra: {
      errors: [
        { path: 'rows[0].amount', message: 'expected at most 2000' },
        { path: 'rows[1].serial', message: 'expected a row of this statement' },
        { path: 'rows[3].serial', message: 'expected it once' },
      ],
    },
  })
  expect(await stage.cycles.dispute(id, { rows: [row('A', 500)] })).toMatchObject({
    state: 'disputed',
    disputes: [{ serial: 'A', amount: 500, state: 'open' }],
  })
  expect(await codeOf(stage.cycles.dispute(id, { rows: [row('A', 1)] }))).toBe('invalid_request')
  // What is not disputed is paid meanwhile.
  await stage.pay(id, 2_500)
  expect(await stage.cycles.read(id)).toMatchObject({ state: 'disputed', open: 500 })
  const waive = (amount: number) => stage.two('cycle_adjustment', 'CCB', { cycle: id, amount, reason: 'right' })
  await expect(waive(501)).rejects.toMatchObject({ code: 'exceeds_balance', extra: { leftFen: 500 } })
  await waive(500)
  expect(await stage.cycles.read(id)).toMatchObject({
    state: 'closed',
    paid: 2_500,
    waived: 500,
    disputes: [{ state: 'accepted' }],
  })
  expect([await stage.balance('receivable/CCB'), await stage.balance('write-off')]).toEqual([0, 500])
  await stage.close('2030-02-28')
  await stage.cycles.issueDue()
  expect((await stage.table()).at(-1)).toContain('3000+0-0-2500-500=0')
})

test('a partner that confirms after all lets its disputes go', async () => {
  const { id } = await issued()
  await stage.cycles.dispute(id, { rows: [{ serial: 'A', amount: 2_000, reason: 'x' }] })
  await stage.pay(id, 3_000)
  // All is paid, and yet somebody must say that the dispute is over.
  expect(await stage.cycles.read(id)).toMatchObject({ state: 'disputed', open: 0 })
  expect(await stage.cycles.confirm(id, 'checker')).toMatchObject({
    state: 'closed',
    confirmedBy: 'checker',
    disputes: [{ state: 'dropped' }],
  })
})

test('more returned than given is a credit that the next cycles use up', async () => {
  await stage.campaign('D', 'CCB', 'day', '2030-01-01')
  await stage.post('2030-01-01', { campaign: 'D', fen: 1_000 })
  await stage.post('2030-01-02', { campaign: 'D', fen: 600, event: 'void' })
  await stage.post('2030-01-03', { campaign: 'D', fen: 200 })
  await stage.post('2030-01-04', { campaign: 'D', fen: 700 })
  await stage.close('2030-01-04')
  expect(await stage.cycles.issueDue()).toBe(4)
  expect(await stage.table()).toEqual([
    'CCB day 2030-01-01 issued 0+1000-0-0-0=1000 due 1000 open 1000',
    'CCB day 2030-01-02 issued 1000+0-600-0-0=400 due 0 open 0',
    'CCB day 2030-01-03 issued 400+200-0-0-0=600 due 0 open 0',
    'CCB day 2030-01-04 issued 600+700-0-0-0=1300 due 300 open 300',
  ])
})

test('prepay: statement and balance, a low one is said; approved it is closed', async () => {
  await stage.two('receipt', 'CCB', stage.receipt(5_000))
  await stage.campaign('P', 'CCB', 'week', '2029-12-31')
  await stage.post('2030-01-02', { campaign: 'P', fen: 4_500, mode: 'prepay' })
  await stage.post('2030-01-03', { campaign: 'P', fen: 400, mode: 'prepay', event: 'refund' })
  await stage.close('2030-01-06')
  await stage.cycles.issueDue()
  const cycle = await newest()
  expect(cycle).toMatchObject({
    period: '2030-W01',
    due: 0,
    prepaid: { opening: 0, paidIn: 5_000, paidBack: 0, spent: 4_500, returned: 400, other: 0, closing: 900, low: true },
  })
  expect(await stage.cycles.confirm(cycle.id, 'checker')).toMatchObject({ state: 'closed' })
  await stage.post('2030-01-07', { campaign: 'P', fen: 100, mode: 'prepay' })
  await stage.close('2030-01-13')
  await stage.cycles.issueDue()
  expect(await newest()).toMatchObject({ period: '2030-W02', prepaid: { opening: 900, spent: 100, closing: 800 } })
})

test('a campaign with a cycle of its own: one statement at its end, another for what comes later', async () => {
  await stage.campaign('E', 'CCB', 'end', '2030-01-05', '2030-01-10')
  const given = await stage.post('2030-01-06', { campaign: 'E', fen: 900 })
  // Paid just before midnight of the last day, recorded after it.
  await stage.post('2030-01-11', { campaign: 'E', fen: 100 })
  await stage.close('2030-01-10')
  expect(await stage.cycles.issueDue()).toBe(0)
  await stage.close('2030-01-11')
  expect(await stage.cycles.issueDue()).toBe(1)
  await stage.close('2030-01-31')
  expect(await stage.cycles.issueDue()).toBe(0)
  await stage.post('2030-02-03', { campaign: 'E', fen: 50, event: 'refund', serial: `${given}-R` })
  await stage.close('2030-02-28')
  expect(await stage.cycles.issueDue()).toBe(1)
  expect(await stage.table()).toEqual([
    'CCB end E issued 0+1000-0-0-0=1000 due 1000 open 1000',
    'CCB end E@2030-02-28 issued 1000+0-50-0-0=950 due 0 open 0',
  ])
})

test('a campaign that ends early gets its statement up to the last closed date; what follows goes on from there', async () => {
  await stage.campaign('M', 'CCB', 'month', '2030-01-01')
  await stage.campaign('E', 'CCB', 'end', '2030-01-01')
  await stage.post('2030-01-05', { campaign: 'M', fen: 100 })
  await stage.post('2030-01-05', { campaign: 'E', fen: 70 })
  expect(await codeOf(stage.cycles.issueEarly('CCB', 'M'))).toBe('state_conflict')
  expect(await codeOf(stage.cycles.issueEarly('ICBC', 'M'))).toBe('not_found')
  await stage.close('2030-01-17')
  const early = await stage.cycles.issueEarly('CCB', 'M')
  expect(early).toMatchObject({ period: '2030-01-01..2030-01-17', charged: 100 })
  expect(await stage.cycles.issueEarly('CCB', 'M')).toEqual(early)
  expect(await stage.cycles.issueEarly('CCB', 'E')).toMatchObject({
    cycle: 'end',
    period: 'E',
    to: '2030-01-17',
    charged: 70,
  })
  await stage.post('2030-01-20', { campaign: 'M', fen: 30 })
  await stage.close('2030-02-10')
  // What is over meanwhile comes first.
  expect(await stage.cycles.issueEarly('CCB', 'M')).toMatchObject({ period: '2030-02-01..2030-02-10' })
  expect((await stage.table()).filter((line) => line.includes('month'))).toEqual([
    'CCB month 2030-01-01..2030-01-17 issued 0+100-0-0-0=100 due 100 open 100',
    'CCB month 2030-01-18..2030-01-31 issued 100+30-0-0-0=130 due 30 open 30',
    'CCB month 2030-02-01..2030-02-10 closed 130+0-0-0-0=130 due 0 open 0',
  ])
})

test('what is open grows old: 30, 60, 90 days', async () => {
  const { id, issuedAt } = await issued()
  const at = async (days: number) => {
    nowMs = Date.parse(issuedAt) + days * 86_400_000
    const { ageDays, overdue } = await stage.cycles.read(id)
    return [ageDays, overdue]
  }
  expect([await at(0), await at(29), await at(30), await at(60), await at(89.9), await at(91)]).toEqual([
    [0, undefined],
    [29, undefined],
    [30, 30],
    [60, 60],
    [89, 60],
    [91, 90],
  ])
  await stage.pay(id, 3_000)
  expect(await at(100)).toEqual([undefined, undefined])
})

test('several workers that issue at once make each statement once', async () => {
  await stage.campaign('D', 'CCB', 'day', '2030-01-01')
  for (const day of ['2030-01-01', '2030-01-02', '2030-01-05']) await stage.post(day, { campaign: 'D', fen: 10 })
  await stage.close('2030-01-05')
  const made = await Promise.all(Array.from({ length: 5 }, () => stage.cycles.issueDue()))
  expect(made.reduce((a, b) => a + b, 0)).toBe(5)
  expect((await stage.table()).at(-1)).toBe('CCB day 2030-01-05 issued 20+10-0-0-0=30 due 10 open 10')
  const { rows } = await stage.pool.query(`SELECT count(*)::int AS n FROM outbox WHERE client = '@cycle'`)
  expect(rows[0].n).toBe(3)
})
