import { brokenInvariants } from '@lijian/verification'
import fc from 'fast-check'
import { campaign, Stage } from './testing/stage'

let stage: Stage
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})

const MERCHANT = { id: 'M1', name: 'M1', status: 'active' as const, fees: { default: { ppm: 6_000 } } }
const inYen = (code: string, currency: string, partner: string) => {
  const funders = [{ partner, sharePpm: 1_000_000 }]
  const rule = { benefit: { type: 'percent', tiers: [{ atLeast: 0, payPpm: 900_000 }] } }
  return campaign({ code, currency, funders, paymentMode: 'prepay', offers: [{ ...campaign().offers[0]!, code: `${code}-O`, rule } as never] }) // prettier-ignore
}
const balances = async () =>
  (
    await stage.sql.query<{ account: string; fen: number }>(
      `SELECT account, sum(fen)::int AS fen FROM journal, unnest(accounts, amounts_fen) l (account, fen) GROUP BY 1 HAVING sum(fen) <> 0 ORDER BY 1`,
    )
  ).rows.map(({ account, fen }) => [account, fen])

test('yen meet no fen: other accounts, other clearing system, each partner in its own currency', async () => {
  stage = await Stage.open([inYen('YEN', 'JPY', 'YBANK'), inYen('YUAN', 'CNY', 'CCB')], [MERCHANT])
  await stage.sql.query(
    `INSERT INTO partner (code, name, currency, funded_fen) VALUES ('YBANK', 'y', 'JPY', 0), ('CCB', 'c', 'CNY', 0)`,
  )
  await stage.sql.query(
    `INSERT INTO counter (key, limit_fen, limit_version) VALUES ('@funds/YBANK||total', 0, 0), ('@funds/CCB||total', 0, 0)`,
  )
  await stage.sql.query(
    `UPDATE partner SET credit_line_fen = 9000; UPDATE counter SET limit_fen = 9000 WHERE key LIKE '@funds%'`,
  )
  const transactions = await stage.transactions()
  for (const [serial, currency] of [
    ['S1', 'JPY'],
    ['S2', 'CNY'],
    ['S3', 'JPY'],
  ] as const) {
    expect(await transactions.query(stage.ask(serial, 10_000, { currency }))).toMatchObject({ state: 'held', discount: 1_000 }) // prettier-ignore
    await transactions.result(stage.outcome(serial, 'success'))
  }
  // Each way back goes to where it came from.
  await transactions.reverse({ client: 'T', originalSerial: 'S3', serial: 'V3', kind: 'void', bodyHash: 'v', door: 'http' }) // prettier-ignore
  await transactions.refund({ client: 'T', originalSerial: 'S1', serial: 'R1', amountFen: 5_000, bodyHash: 'r', deadlineMs: 10_000 }) // prettier-ignore
  await transactions.refundResult({ client: 'T', originalSerial: 'S1', serial: 'R1', outcome: 'success' })
  expect(await balances()).toEqual([
    ['merchant-discount/M1', -1_000],
    ['merchant-discount/M1@JPY', -500],
    ['prepaid/CCB', 1_000],
    ['prepaid/YBANK', 500],
  ])
  const { rows } = await stage.sql.query(
    `SELECT DISTINCT clearing_system AS system, detail ->> 'currency' AS currency FROM journal ORDER BY 1`,
  )
  expect(rows).toEqual([{ system: 'main', currency: null }, { system: 'main@JPY', currency: 'JPY' }]) // prettier-ignore
  expect(await transactions.query(stage.ask('S4', 10_000, { currency: 'USD' }))).toMatchObject({ state: 'no_offer' })
})

test('whatever is paid, returned and undone: what is given per currency = what its accounts hold', async () => {
  stage = await Stage.open([inYen('YEN', 'JPY', 'YBANK'), inYen('YUAN', 'CNY', 'CCB')], [MERCHANT])
  await stage.sql.query(
    `INSERT INTO partner (code, name, currency, credit_line_fen) VALUES ('YBANK', 'y', 'JPY', 90000000), ('CCB', 'c', 'CNY', 90000000)`,
  )
  await stage.sql.query(
    `INSERT INTO counter (key, limit_fen, limit_version) SELECT '@funds/' || code || '||total', 90000000, 0 FROM partner`,
  )
  const transactions = await stage.transactions()
  let n = 0
  const one = fc.record({
    currency: fc.constantFrom('JPY', 'CNY', 'USD'),
    amount: fc.integer({ min: 1, max: 99_999 }),
    becomes: fc.constantFrom('success', 'failure', 'void', 'refund'),
  })
  const given = { JPY: 0, CNY: 0, USD: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 6 }), async (payments) => {
      for (const { currency, amount, becomes } of payments) {
        const serial = `P${++n}`
        const { discount } = await transactions.query(stage.ask(serial, amount, { currency }))
        await transactions.result(stage.outcome(serial, becomes === 'failure' ? 'failure' : 'success'))
        if (becomes === 'success') given[currency as 'JPY'] += discount!
        if (becomes === 'void' && discount! > 0)
          await transactions.reverse({ client: 'T', originalSerial: serial, serial: `V${n}`, kind: 'void', bodyHash: 'v', door: 'http' }) // prettier-ignore
        if (becomes === 'refund' && discount! > 0) {
          await transactions.refund({ client: 'T', originalSerial: serial, serial: `R${n}`, amountFen: amount, bodyHash: 'r', deadlineMs: 10_000 }) // prettier-ignore
          await transactions.refundResult({ client: 'T', originalSerial: serial, serial: `R${n}`, outcome: 'success' })
        }
      }
      const held = new Map((await balances()) as [string, number][])
      expect(0 - (held.get('merchant-discount/M1') ?? 0)).toBe(given.CNY)
      expect(0 - (held.get('merchant-discount/M1@JPY') ?? 0)).toBe(given.JPY)
      expect(held.get('prepaid/YBANK') ?? 0).toBe(given.JPY)
      expect(given.USD).toBe(0)
    }),
    { numRuns: 15 },
  )
})
