import { brokenInvariants } from '@lijian/verification'
import type { BillLayout, ClearingRunAnswer, ReconciliationRuns } from '@lijian/contracts/finance'
import type { CasePage, ProposalAnswer } from '@lijian/contracts/people'
import { until } from '@lijian/testing'
import { openStage, type Stage } from './testing/stage'

/** The whole of finance's day over the real servers, part after part; the parts meet in the journal, and only here are all of them together. */
let stage: Stage
afterEach(() => stage.close())

const CAMPAIGN = {
  code: 'DAY',
  name: '满100减15',
  timeZone: 'Asia/Shanghai',
  from: '2020-01-01',
  currency: 'CNY',
  paymentMode: 'prepay',
  fundingCycle: 'day',
  funders: [{ partner: 'BANK', sharePpm: 1_000_000 }],
  offers: [
    {
      code: 'DAY-1',
      name: '满100减15',
      kind: 'amount',
      priority: 99,
      rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1500 }] } },
    },
  ],
}

async function two<Answer>(path: string, body: object): Promise<Answer & { status: number }> {
  const { id, hash } = await stage.maker<ProposalAnswer>('POST', path, body)
  const approve = path.startsWith('/v1/cases') ? `${path}/${id}/approve` : `/v1/proposals/${id}/approve`
  return stage.checker<Answer>('POST', approve, { hash })
}

const statement = (date: string, rows: [reference: string, yuan: number][]) => {
  let balance = 0
  const day = date.replaceAll('-', '')
  const lines = rows.map(
    ([reference, yuan], i) => `${reference},${day},09:00:0${i},,${yuan}.00,${(balance += yuan)}.00`,
  )
  return `流水号,交易日期,交易时间,借方发生额,贷方发生额,账户余额\n${lines.join('\n')}\n合计,,${rows.length},0.00,${balance}.00,\n`
}

test("finance's day: fund, pay, refund, clear, acknowledge, close the cycle, bank statement, case; the books agree throughout", async () => {
  stage = await openStage({ environment: { LIJIAN_EARLY_CLOSE: 'on' } })
  const agree = async () => expect(await brokenInvariants(stage.sql)).toEqual({})
  const { maker, checker, finance, http } = stage

  const partner = await maker<ProposalAnswer>('PUT', '/v1/partners/BANK', { name: 'Bank', paymentMode: 'prepay' })
  await checker('POST', `/v1/proposals/${partner.id}/approve`, { hash: partner.hash })
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format()
  const receipt = { amount: 1_000_000, valueDate: today, bankReference: 'B-1', evidence: 'b1.pdf' }
  expect(await two('/v1/partners/BANK/receipts', receipt)).toMatchObject({ status: 200, state: 'approved' })
  const draft = await maker<{ hash: string }>('PUT', '/v1/campaigns/DAY', CAMPAIGN)
  expect(draft.status).toBe(200)
  expect((await checker('POST', '/v1/campaigns/DAY/approve', { hash: draft.hash })).status).toBe(200)
  await agree()

  await until(async () => {
    const serial = `T-${Date.now().toString(36)}`
    const { state, offers } = await http.query({ serial, merchant: 'M1', amount: 20_000, paymentMethod: 'qr' })
    await http.result(serial, { outcome: 'failure' })
    return state === 'held' && offers[0]!.code === 'DAY-1'
  })
  for (const serial of ['P1', 'P2', 'P3']) {
    await http.query({ serial, merchant: 'M1', amount: 20_000, paymentMethod: 'qr' })
    expect(await http.result(serial, { outcome: 'success', paid: 18_500 })).toMatchObject({
      state: 'confirmed',
      discount: 1500,
    })
  }
  expect(await http.refund('P2', { serial: 'R1', amount: 10_000 })).toMatchObject({
    payer: 9250,
    discountReturned: 750,
  })
  expect(await http.refundResult('P2', 'R1', { outcome: 'success' })).toMatchObject({ state: 'partially_refunded' })
  await agree()

  const early = await finance<ProposalAnswer>('POST', '/v1/clearing-runs', { date: today, early: true })
  expect(early).toMatchObject({ status: 202, kind: 'early_close', before: { state: 'open' } })
  expect((await checker('POST', `/v1/proposals/${early.id}/approve`, { hash: early.hash })).status).toBe(200)
  const run = () => finance<ClearingRunAnswer>('GET', `/v1/clearing-runs/${today}`)
  const { files } = await until(async () => {
    const now = await run()
    return now.state === 'published' && now
  })
  expect(files.find(({ kind }) => kind === 'amount')).toMatchObject({ rows: 4, received: 50_000, discount: 3750 })
  await agree()
  for (const { id } of files)
    expect((await finance('POST', `/v1/clearing-files/${id}/acknowledgement`, { outcome: 'accepted' })).status).toBe(
      200,
    )
  await until(async () => ['acknowledged', 'settled'].includes((await run()).state))
  await agree()

  const cycle = await maker<{ id: number }>('POST', '/v1/partner-cycles', { partner: 'BANK', campaign: 'DAY' })
  expect(cycle).toMatchObject({ status: 200, prepaid: { opening: 0, paidIn: 1_000_000, spent: 4500, returned: 750 } })
  expect(await checker('POST', `/v1/partner-cycles/${cycle.id}/confirm`, {})).toMatchObject({ state: 'closed' })

  const layout = await maker<BillLayout>('GET', '/v1/reconciliation/layouts/bank-statement')
  const { status: _, ...utf8 } = { ...layout, code: 'utf8-bank', encoding: 'utf-8' }
  const proposed = await maker<ProposalAnswer>('PUT', '/v1/reconciliation/layouts/utf8-bank', utf8)
  expect(proposed).toMatchObject({ status: 202 })
  const { id, hash } = proposed
  expect(await checker('POST', `/v1/proposals/${id}/approve`, { hash })).toMatchObject({ status: 200 })
  const bank = statement(today, [
    ['B-1', 10_000],
    ['B-2', 88],
  ])
  const path = `/v1/reconciliation/imports?layout=utf8-bank&date=${today}&name=bank.csv`
  expect(await maker('POST', path, bank)).toMatchObject({ status: 200, lines: 2 })
  const matched = await maker<ReconciliationRuns>('POST', '/v1/reconciliation/runs', {
    date: today,
    withoutBuffer: true,
  })
  expect(matched).toMatchObject({ casesOpened: 1, runs: [{ lines: 2, matchedLines: 1, matchedBooks: 1 }] })
  const { cases } = await maker<CasePage>('GET', '/v1/cases?state=open')
  expect(cases).toMatchObject([{ kind: 'unmatched_receipt', serial: 'B-2', amount: 8800 }])
  const resolution = { resolution: 'accept', reason: 'nobody knows whose it is' }
  expect(await two(`/v1/cases/${cases[0]!.id}/resolutions`, resolution)).toMatchObject({ status: 200 })
  await agree()
  const again = await maker<ReconciliationRuns>('POST', '/v1/reconciliation/runs', { date: today })
  expect(again.runs).toMatchObject([{ lines: 2, matchedLines: 2 }])
})
