import type { LijianError } from '@lijian/contracts/system'
import type { ResolutionRequest } from '@lijian/contracts/people'
import { DATE, Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())
beforeEach(() => stage.clear())

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: LijianError) => [
      error.code,
      ...(error.extra.errors ?? []).map(({ path, message }) => `${path}: ${message}`),
    ],
  )

/** A case as matching opens it; cash: money in hand less what the books say. */
async function open(
  kind: string,
  change: { client?: string; serial?: string; ours?: number; theirs?: number; cash?: number; openedAt?: string } = {},
) {
  const { client = 'till', serial = 'S1', ours, theirs, cash, openedAt } = change
  const { rows } = await stage.pool.query<{ id: string }>(
    `INSERT INTO reconciliation_case (kind, client, serial, merchant, ours_fen, theirs_fen, cash_fen, business_date, opened_at)
     VALUES ($1, $2, $3, 'M1', $4, $5, $6, $7, coalesce($8, now())) RETURNING id`,
    [kind, client, serial, ours ?? null, theirs ?? null, cash ?? null, DATE, openedAt ?? null],
  )
  return String(rows[0]!.id)
}
async function end(id: string, body: Partial<ResolutionRequest>) {
  const proposal = await stage.cases.propose(id, { reason: 'looked at', ...body } as ResolutionRequest, 'maker')
  return stage.cases.approve(id, String(proposal.id), proposal.hash, 'checker')
}
const journal = async () =>
  (
    await stage.pool.query(
      'SELECT event, client, serial, accounts, amounts_fen::int[] AS amounts FROM journal ORDER BY id',
    )
  ).rows

// What docs/reference/postings.md says, by kind of case.
test.each`
  kind                   | change                                                        | body                                                                                | posted
  ${'over'}              | ${{ ours: 8500, theirs: 8501, cash: 1 }}                      | ${{ resolution: 'accept' }}                                                         | ${['adjustment', ['bank/reserve', 'suspense'], [1, -1]]}
  ${'short'}             | ${{ ours: 8500, theirs: 8499, cash: -1 }}                     | ${{ resolution: 'accept' }}                                                         | ${['adjustment', ['bank/reserve', 'suspense'], [-1, 1]]}
  ${'unmatched_receipt'} | ${{ client: '@bank', serial: 'B4', theirs: 900, cash: 900 }}  | ${{ resolution: 'accept' }}                                                         | ${['unmatched_receipt', ['bank/own', 'suspense'], [900, -900]]}
  ${'unmatched_payout'}  | ${{ client: '@bank', serial: 'B5', theirs: 300, cash: -300 }} | ${{ resolution: 'accept' }}                                                         | ${['adjustment', ['bank/own', 'suspense'], [-300, 300]]}
  ${'unmatched_receipt'} | ${{ client: '@bank', serial: 'B6@JPY', theirs: 9, cash: 9 }}  | ${{ resolution: 'accept' }}                                                         | ${['unmatched_receipt', ['bank/own@JPY', 'suspense@JPY'], [9, -9]]}
  ${'unmatched_payout'}  | ${{ client: '@bank', serial: 'B7@JPY', theirs: 3, cash: -3 }} | ${{ resolution: 'accept' }}                                                         | ${['adjustment', ['bank/own@JPY', 'suspense@JPY'], [-3, 3]]}
  ${'payment_missing'}   | ${{ ours: 10_000 }}                                           | ${{ resolution: 'accept' }}                                                         | ${undefined}
  ${'paid_mismatch'}     | ${{}}                                                         | ${{ resolution: 'accept' }}                                                         | ${undefined}
  ${'amount_differs'}    | ${{ ours: 1500, theirs: 1501 }}                               | ${{ resolution: 'adjust', debit: 'suspense', credit: 'receivable/CCB', amount: 1 }} | ${['adjustment', ['suspense', 'receivable/CCB'], [1, -1]]}
  ${'short'}             | ${{ ours: 8500, theirs: 8499, cash: -1 }}                     | ${{ resolution: 'write_off', account: 'receivable/CCB', amount: 1 }}                | ${['write_off', ['write-off', 'receivable/CCB'], [1, -1]]}
  ${'over'}              | ${{ ours: 8500, theirs: 8501, cash: 1 }}                      | ${{ resolution: 'write_off', account: 'suspense', amount: -1 }}                     | ${['write_off', ['write-off', 'suspense'], [-1, 1]]}
`('$kind, $body.resolution posts what the page says', async ({ kind, change, body, posted }) => {
  const id = await open(kind as string, change as object)
  const approved = await end(id, body as Partial<ResolutionRequest>)
  expect(approved).toMatchObject({ state: 'approved', maker: 'maker', checker: 'checker' })
  const rows = await journal()
  expect(rows.map(({ event, accounts, amounts }) => [event, accounts, amounts])).toEqual(
    posted === undefined ? [] : [posted],
  )
  if (rows[0]) expect(rows[0]).toMatchObject({ client: '@case', serial: String(approved.id) })
  expect(await stage.cases.read(id)).toMatchObject({
    state: 'closed',
    resolution: body.resolution,
    resolvedBy: approved.id,
    resolutions: [{ id: approved.id }],
  })
})

test('one person is not enough, here and in the database', async () => {
  const id = await open('over', { ours: 1, theirs: 2, cash: 1 })
  const proposal = await stage.cases.propose(id, { resolution: 'accept', reason: 'r' }, 'maker')
  expect(await refusal(stage.cases.approve(id, String(proposal.id), proposal.hash, 'maker'))).toEqual([
    'maker_is_checker',
  ])
  expect(await refusal(stage.cases.approve(id, String(proposal.id), '0'.repeat(64), 'checker'))).toEqual([
    'changed_since',
  ])
  await expect(
    stage.pool.query(`UPDATE reconciliation_case SET state = 'closed', closed_at = now() WHERE id = $1`, [id]),
  ).rejects.toThrow('reconciliation_case_closed')
  expect(await journal()).toEqual([])
  expect((await stage.cases.read(id)).state).toBe('open')
  expect(await stage.cases.reject(id, String(proposal.id), proposal.hash, 'no', 'checker')).toMatchObject({
    state: 'rejected',
    rejectedBecause: 'no',
  })
  expect((await stage.cases.read(id)).state).toBe('open')
})

test('of two proposals one ends the case, and of many approvals one posts', async () => {
  const id = await open('over', { ours: 1, theirs: 2, cash: 1 })
  const [a, b] = [
    await stage.cases.propose(id, { resolution: 'accept', reason: 'a' }, 'm1'),
    await stage.cases.propose(id, { resolution: 'accept', reason: 'b' }, 'm2'),
  ]
  const outcomes = await Promise.all(
    [a, b].flatMap((one) =>
      ['c1', 'c2', 'c3'].map((who) => refusal(stage.cases.approve(id, String(one.id), one.hash, who))),
    ),
  )
  expect(outcomes.filter((one) => one === undefined)).toHaveLength(1)
  expect(await journal()).toHaveLength(1)
  expect(await refusal(stage.cases.propose(id, { resolution: 'accept', reason: 'c' }, 'm3'))).toEqual([
    'state_conflict',
  ])
  expect((await stage.cases.read(id)).resolutions).toHaveLength(2)
})

test.each`
  kind      | body                                                                              | said
  ${'over'} | ${{ resolution: 'grant', consent: 'mail 7' }}                                     | ${['state_conflict']}
  ${'over'} | ${{ resolution: 'write_off', account: 'suspense', amount: 2 }}                    | ${['invalid_request', 'amount: expected at most the difference, 1 fen']}
  ${'over'} | ${{ resolution: 'adjust', debit: 'cash', credit: 'cash', amount: 1 }}             | ${['invalid_request', 'debit: expected an account of the chart: docs/reference/postings.md', 'credit: expected an account of the chart: docs/reference/postings.md', 'credit: expected another account than "debit"']}
  ${'over'} | ${{ resolution: 'adjust', debit: 'prepaid/CCB', credit: 'suspense', amount: 1 }}  | ${['invalid_request', 'debit: expected another account: a prepaid balance is changed by a receipt or a withdrawal']}
  ${'over'} | ${{ resolution: 'adjust', debit: 'suspense@JPY', credit: 'suspense', amount: 1 }} | ${['invalid_request', 'credit: expected an account in JPY as "debit" is, found one in CNY']}
`('$kind: $body.resolution is refused before anybody approves it', async ({ kind, body, said }) => {
  const id = await open(kind as string, { ours: 1, theirs: 2, cash: 1 })
  expect(
    await refusal(stage.cases.propose(id, { reason: 'r', ...(body as object) } as ResolutionRequest, 'maker')),
  ).toEqual(said)
  expect((await stage.cases.read(id)).resolutions).toEqual([])
})

test('an owner, and a case that is opened again: what was posted stays, another resolution posts anew', async () => {
  const id = await open('over', { ours: 1, theirs: 2, cash: 1 })
  expect(await stage.cases.assign(id, 'wang')).toMatchObject({ owner: 'wang' })
  await end(id, { resolution: 'accept', evidence: 'scan 17' })
  expect(await refusal(stage.cases.assign(id, 'li'))).toEqual(['state_conflict'])
  expect(await stage.cases.reopen(id, 'the channel says otherwise')).toMatchObject({
    state: 'open',
    reopened: 1,
    owner: 'wang',
    evidence: 'scan 17',
  })
  expect(await refusal(stage.cases.reopen(id, 'again'))).toEqual(['state_conflict'])
  await end(id, { resolution: 'adjust', debit: 'suspense', credit: 'bank/reserve', amount: 1 })
  expect(await journal()).toHaveLength(2)
  expect(await refusal(stage.cases.read('999'))).toEqual(['not_found'])
})

test('a receipt that nobody could place is placed: its line matches from then on', async () => {
  const id = await open('unmatched_receipt', { client: '@bank', serial: 'B4', theirs: 900, cash: 900 })
  await end(id, { resolution: 'accept' })
  const { rows } = await stage.pool.query(`SELECT detail ->> 'bankReference' AS reference FROM journal`)
  expect(rows).toEqual([{ reference: 'B4' }])
})

test('a resolution of another case is not found', async () => {
  const [one, two] = [
    await open('over', { cash: 1, ours: 1, theirs: 2 }),
    await open('short', { cash: -1, ours: 2, theirs: 1 }),
  ]
  const proposal = await stage.cases.propose(one, { resolution: 'accept', reason: 'r' }, 'maker')
  expect(await refusal(stage.cases.approve(two, String(proposal.id), proposal.hash, 'checker'))).toEqual(['not_found'])
})

test('lists by what people look for, in pages', async () => {
  const old = await open('over', { serial: 'S1', openedAt: '2026-10-01T00:00:00Z' })
  const mine = await open('short', { serial: 'S2' })
  const third = await open('over', { serial: 'S3', client: 'other' })
  await stage.cases.assign(mine, 'wang')
  const ids = async (query: object) =>
    (await stage.cases.list({ limit: 10, ...query })).cases.map(({ id }) => String(id))
  expect(await ids({})).toEqual([old, mine, third])
  expect(await ids({ kind: 'over' })).toEqual([old, third])
  expect(await ids({ owner: 'wang' })).toEqual([mine])
  expect(await ids({ owner: '-' })).toEqual([old, third])
  expect(await ids({ olderThanDays: 7 })).toEqual([old])
  expect(await ids({ client: 'other', serial: 'S3' })).toEqual([third])
  expect(await ids({ businessDate: DATE, merchant: 'M1', state: 'open' })).toEqual([old, mine, third])
  const first = await stage.cases.list({ limit: 2 })
  expect(first.cases).toHaveLength(2)
  expect(await ids({ after: first.next })).toEqual([third])
})
