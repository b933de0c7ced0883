import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brokenInvariants, MONEY_CHECKS } from '@lijian/verification'
import { listSettlements } from './queries'
import { Stage } from './testing/stage'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

const MONDAY = '2026-10-26'
const published = (name: string, system = 'main') => readFile(join(stage.dir, system, name), 'utf8')

test('each currency has its files, payouts and rebates: no sum is over two of them', async () => {
  const rebate = [{ delivery: 'rebate' as const, discountFen: 300 }]
  await stage.post(
    { date: MONDAY, serial: 'C1' },
    { date: MONDAY, serial: 'C2', offers: rebate },
    { date: MONDAY, serial: 'J1', clearingSystem: 'main@JPY', offers: [{ discountFen: 1000, funders: [{ partner: 'YBANK', amountFen: 1000 }] }] }, // prettier-ignore
    { date: MONDAY, serial: 'J2', clearingSystem: 'main@JPY', offers: rebate },
    { date: MONDAY, serial: 'K1', clearingSystem: 'main@KWD', merchant: 'M2', offers: [{ discountFen: 1500 }] },
    { date: MONDAY, serial: 'K2', clearingSystem: 'main@KWD', event: 'refund', originalSerial: 'K0', offers: [{ discountFen: 5 }] }, // prettier-ignore
  )
  await stage.clear(MONDAY)
  const lines = async (system: string) =>
    (await published(`${system}_amount_20261026_v1.csv`, system))
      .split('\n')
      .filter((line) => !line.startsWith('event'))
  expect((await lines('main@JPY')).join('\n')).toMatch(
    /^H,2026-10-26,2026-10-27,amount,main@JPY,1,\ncapture,till,J1,.*,10000,9000,60,60,0,1000,1000\nT,1,10000,1000,1000,60,0\n$/,
  )
  expect((await lines('main@KWD')).at(-2)).toBe('T,2,0.000,1.495,1.495,0.000,0.000')
  expect((await lines('main')).at(-2)).toBe('T,1,100.00,15.00,15.00,0.60,0.00')
  await stage.runs.settle(MONDAY)
  await stage.runs.publishSettlement(MONDAY)
  const { settlements } = await listSettlements(stage.pool, { date: '2026-10-27', limit: 9 })
  expect(
    settlements.map(({ merchant, currency, payout, carriedOut }) => [merchant, currency, payout, carriedOut]),
  ).toEqual([
    ['M1', 'CNY', 1500, 0],
    ['M1', 'JPY', 1000, 0],
    ['M1', 'KWD', 0, -5],
    ['M2', 'KWD', 1500, 0],
  ])
  const payouts = async (currency: string) => (await published(`${currency}settlement_20261027_v1.csv`, 'settlement')).split('\n').at(-3) // prettier-ignore
  expect(await payouts('')).toContain('15.00')
  expect(await payouts('JPY_')).toContain('M1,1000,0,1000,0')
  const posted = await stage.rows<{ serial: string; accounts: string[]; amounts: string[] }>(
    `SELECT serial, accounts, amounts_fen::text[] AS amounts FROM journal WHERE client IN ('@settlement', '@rebate-payout') ORDER BY client, serial`,
  )
  expect(posted.map(({ serial, accounts, amounts }) => [serial, accounts.at(-1), amounts.at(-1)])).toEqual([
    ['2026-10-27', 'bank/reserve', '-300'],
    ['2026-10-27@JPY', 'bank/reserve@JPY', '-300'],
    ['2026-10-27', 'bank/reserve', '-1500'],
    ['2026-10-27@JPY', 'bank/reserve@JPY', '-1000'],
    ['2026-10-27@KWD', 'bank/reserve@KWD', '-1500'],
  ])
  expect(await brokenInvariants(stage.pool as never, MONEY_CHECKS)).toEqual({})
})
