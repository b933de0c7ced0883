import { brokenInvariants, MONEY_CHECKS } from '@lijian/verification'
import { brokenBy } from '@lijian/verification/testing'
import { Stage } from './testing/stage'

/** The invariant about cases, with bugs that break exactly it. */
let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
  await stage.pool.query(
    `INSERT INTO reconciliation_case (kind, client, serial, theirs_fen, cash_fen) VALUES ('unmatched_receipt', '@bank', 'B4', 900, 900)`,
  )
  const { cases } = await stage.cases.list({ limit: 1 })
  const id = String(cases[0]!.id)
  const { id: proposal, hash } = await stage.cases.propose(id, { resolution: 'accept', reason: 'a' }, 'maker')
  await stage.cases.approve(id, String(proposal), hash, 'checker')
})
afterAll(() => stage.close())

test('the books agree', async () => expect(await brokenInvariants(stage.pool as never, MONEY_CHECKS)).toEqual({}))

test.each`
  name                                                                    | bug
  ${'a case is closed by two people, and nothing is posted without them'} | ${`UPDATE proposal SET state = 'rejected'`}
`('planted: $name', async ({ name, bug }: { name: string; bug: string }) => {
  expect(await brokenBy(stage.pool, bug)).toEqual([name])
})

test('closed by one person alone', async () => {
  const alone = `ALTER TABLE proposal DROP CONSTRAINT IF EXISTS proposal_two_people; UPDATE proposal SET checker = maker`
  expect(await brokenBy(stage.pool, alone)).toEqual([
    'a case is closed by two people, and nothing is posted without them',
  ])
})
