import { brokenInvariants } from '@lijian/verification'
import { brokenBy } from '@lijian/verification/testing'
import { CycleStage } from './testing/stage'

/** Each invariant about partners' money and their cycles, with a bug that breaks exactly it. The stage writes its journal without payments. */
const WITHOUT_PAYMENTS = ['what is posted for a transaction = what it gives']
let stage: CycleStage

beforeAll(async () => {
  stage = await CycleStage.open()
  await stage.close('2029-12-31')
  await stage.partner('CCB', 100_000)
  await stage.campaign('M', 'CCB', 'month', '2030-01-01')
  await stage.post('2030-01-05', { campaign: 'M', fen: 2_000, serial: 'A' })
  await stage.close('2030-01-31')
  await stage.cycles.issueDue()
  await stage.post('2030-02-05', { campaign: 'M', fen: 700, serial: 'B' })
  await stage.close('2030-02-28')
  await stage.cycles.issueDue()
  const { cycles } = await stage.cycles.list({ limit: 9 })
  await stage.cycles.confirm(cycles.at(-1)!.id, 'checker')
  await stage.pay(cycles.at(-1)!.id, 500)
  await stage.pool.query(
    `INSERT INTO counter (key, limit_fen, limit_version) SELECT '@funds/CCB||total', funded_fen + credit_line_fen, 0 FROM partner ON CONFLICT DO NOTHING`,
  )
})
afterAll(() => stage.shut())

const others = (names: string[]) => names.filter((name) => !WITHOUT_PAYMENTS.includes(name))

test('the books agree', async () => {
  expect(others(Object.keys(await brokenInvariants(stage.pool as never)))).toEqual([])
  expect((await stage.pool.query('SELECT paid_fen::int AS paid FROM partner_cycle ORDER BY id')).rows).toEqual([
    { paid: 500 },
    { paid: 0 },
  ])
})

test.each`
  name                                                                        | bug
  ${'what a partner has paid in = receipts − withdrawals of the journal'}     | ${`UPDATE partner SET funded_fen = funded_fen + 1; UPDATE counter SET limit_fen = limit_fen + 1`}
  ${'the limit of a balance = paid in + credit line'}                         | ${`UPDATE counter SET limit_fen = limit_fen + 1 WHERE key LIKE '@funds/%'`}
  ${'every approved movement is posted, once'}                                | ${`UPDATE proposal SET state = 'rejected' WHERE kind = 'collection'`}
  ${'a cycle opens with what the one before closed with, the day after'}      | ${`UPDATE partner_cycle SET from_date = from_date + 1 WHERE id = (SELECT max(id) FROM partner_cycle)`}
  ${'a closing prepaid balance = the journal'}                                | ${`UPDATE partner_cycle SET prepaid = jsonb_set(prepaid, '{closingFen}', '1') WHERE id = (SELECT max(id) FROM partner_cycle)`}
  ${'what is paid of a cycle = what was collected for it'}                    | ${`UPDATE partner_cycle SET paid_fen = paid_fen + 1 WHERE paid_fen > 0`}
  ${'closing = what was open of the cycles then, less the credit carried on'} | ${`UPDATE partner_cycle SET closing_fen = closing_fen - 1, adjusted_fen = adjusted_fen + 1 WHERE id = (SELECT max(id) FROM partner_cycle)`}
`('planted: $name', async ({ name, bug }: { name: string; bug: string }) => {
  expect(others(await brokenBy(stage.pool, bug))).toEqual([name])
})

test('a movement that is posted and that nobody has approved is found too', async () => {
  const nobody = `DELETE FROM proposal WHERE kind = 'collection'`
  expect(others(await brokenBy(stage.pool, nobody))).toEqual(['every approved movement is posted, once'])
})
