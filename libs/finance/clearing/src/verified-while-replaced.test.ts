import { brokenInvariants, MONEY_CHECKS } from '@lijian/verification'
import { brokenBy } from '@lijian/verification/testing'
import { Stage } from './testing/stage'

const DATE = '2026-10-26'
let stage: Stage

beforeAll(async () => {
  stage = await Stage.open()
  await stage.post(
    { date: DATE, serial: 'S1' },
    { date: DATE, serial: 'S2', merchant: 'M2', offers: [{ kind: 'fee', discountFen: 20 }] },
    { date: DATE, serial: 'S3', offers: [{ delivery: 'rebate', discountFen: 500 }] },
  )
  await stage.days.open(DATE, 'finance')
})
afterAll(() => stage.close())

const broken = () => brokenInvariants(stage.pool as never, MONEY_CHECKS)

test('the books agree at each step while one file of a date is replaced, and a wrong one beside it is found', async () => {
  expect(await broken()).toEqual({})
  const { body } = await stage.runs.freeze(DATE)
  expect(await broken()).toEqual({})
  for (const { id } of body.files) await stage.runs.write(id)
  expect(await broken()).toEqual({})
  expect(await stage.publish(DATE)).toEqual([])
  expect(await broken()).toEqual({})

  const amount = body.files.find(({ kind }) => kind === 'amount')!
  const { id } = await stage.days.replace(amount.id, 'lost on the way')
  expect(await broken()).toEqual({})
  const wrong = `UPDATE clearing_file SET settle_fen = settle_fen + 1 WHERE kind = 'fee'`
  expect(await brokenBy(stage.pool, wrong)).toContain('totals of files = totals of the ledger')
  await stage.runs.freeze(DATE)
  await stage.runs.write(id)
  expect(await broken()).toEqual({})
  expect(await stage.publish(DATE)).toEqual([])
  expect(await broken()).toEqual({})
})
