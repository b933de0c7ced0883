import type { Campaign } from '@lijian/contracts/marketing'
import { campaign, Stage } from '@lijian/transactions/testing/stage'
import { Pool } from 'pg'
import { Explainer } from './explainer'

const KEY = Buffer.alloc(32)
const AMOUNT = campaign().offers[0]!

/** 1 to 9,999 fen, drawn; limited per card as the test says. */
const drawnOffer = (limits: object[]): Campaign =>
  campaign({
    offers: [
      {
        ...AMOUNT,
        merchants: ['M1', 'M2'],
        rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: { min: 1, max: 9_999 } }] }, limits },
      } as Campaign['offers'][number],
    ],
  })
const perDay = (count: number) => [{ per: ['card'], period: 'day', count }]

let stage: Stage
let pool: Pool
afterEach(async () => {
  await pool.end()
  await stage.close()
})
async function open(document: Campaign) {
  stage = await Stage.open([document])
  pool = new Pool({ connectionString: stage.url, max: 2 })
  return stage.transactions()
}
type Opened = Awaited<ReturnType<typeof open>>

const CARD = { token: 'cd_of-the-person-who-grinds' }
const query = (transactions: Opened, serial: string, change = {}) =>
  transactions.query(stage.ask(serial, 20_000, { card: CARD, ...change }))
const fail = (transactions: Opened, serial: string) => transactions.result(stage.outcome(serial, 'failure'))
const succeed = (transactions: Opened, serial: string, paid: number | undefined) =>
  transactions.result(stage.outcome(serial, 'success', { paid }))
const explained = async (serial: string) =>
  (await new Explainer({ pool, drawKeys: [KEY] }).explain('T', serial)).explanation

test('forty times query, failure and a new serial draw one value, at any shop and for any client', async () => {
  const transactions = await open(drawnOffer(perDay(1)))
  const seen = new Set<number>()
  for (let n = 0; n < 40; n++) {
    const ask = stage.ask(`S${n}`, 20_000, { card: CARD, merchant: n % 2 === 0 ? 'M1' : 'M2' }, { client: `T${n % 3}` })
    seen.add((await transactions.query(ask)).discount)
    await transactions.result({ ...stage.outcome(`S${n}`, 'failure'), client: `T${n % 3}` })
  }
  expect(seen.size).toBe(1)
})

test('each use has a draw of its own; one that comes back is drawn again; the next day draws anew', async () => {
  const transactions = await open(drawnOffer(perDay(3)))
  const values: number[] = []
  for (let n = 0; n < 3; n++) {
    await query(transactions, `F${n}`).then(({ discount }) => values.push(discount))
    await fail(transactions, `F${n}`)
    const { discount, payable } = await query(transactions, `S${n}`)
    expect(discount).toBe(values[n])
    await succeed(transactions, `S${n}`, payable)
  }
  expect(new Set(values).size).toBe(3)
  const reversal = { kind: 'reversal' as const, client: 'T', door: 'http' as const, bodyHash: 'r' }
  await transactions.reverse({ ...reversal, originalSerial: 'S1', serial: 'R1' })
  expect((await query(transactions, 'AGAIN')).discount).toBe(values[1])
  stage.nowMs += 24 * 3_600_000
  expect(values).not.toContain((await query(transactions, 'TOMORROW')).discount)
})

test('payments at once, on two processes, draw different places, and no value can be taken twice', async () => {
  const one = await open(drawnOffer(perDay(3)))
  const two = await stage.transactions()
  const asks = ['A', 'B', 'C', 'D'].map((serial, i) => query(i % 2 === 0 ? one : two, serial))
  const answers = await Promise.all(asks)
  const held = answers.filter(({ state }) => state === 'held')
  expect(held).toHaveLength(3)
  expect(new Set(held.map(({ discount }) => discount)).size).toBe(3)
  // Keeps the best, gives the others back, and asks again: the kept one is not drawn a second time.
  const best = held.reduce((a, b) => (b.discount > a.discount ? b : a))
  await succeed(one, best.serial, best.payable)
  for (const { serial } of held) if (serial !== best.serial) await fail(two, serial)
  const again = [await query(two, 'E'), await query(one, 'F')]
  expect(again.map(({ discount }) => discount).sort()).toEqual(
    held.filter(({ serial }) => serial !== best.serial).map(({ discount }) => discount).sort(), // prettier-ignore
  )
})

test('who was told keeps it: a late success is granted though another draw has taken its place', async () => {
  const transactions = await open(drawnOffer(perDay(2)))
  const first = await query(transactions, 'LATE')
  stage.nowMs += 16 * 60_000
  await transactions.expire('T', 'LATE')
  const second = await query(transactions, 'S2')
  expect(second.discount).toBe(first.discount)
  await succeed(transactions, 'S2', second.payable)
  expect(await succeed(transactions, 'LATE', first.payable)).toMatchObject({
    state: 'confirmed',
    discount: first.discount,
  })
  const { rows } = await pool.query(`SELECT sum(used_count) AS used, sum(held_count) AS held FROM counter WHERE key ~ '#draw'`) // prettier-ignore
  expect(rows).toEqual([{ used: '1', held: '0' }])
})

test('explained again it is the same, with the formula of its day', async () => {
  const transactions = await open(drawnOffer(perDay(3)))
  const first = await query(transactions, 'S1')
  await query(transactions, 'S2')
  expect(await explained('S2')).toMatchObject({ verdict: 'same', offers: [{ draw: { formula: 2, place: 2 } }] })
  // As a release before this one has stored it: drawn by its serial.
  await pool.query(
    `UPDATE marketing_transaction SET record = (record::jsonb #- '{basis,draws}')::json WHERE serial = 'S1'`,
  )
  const old = await explained('S1')
  expect(old.differences).toContainEqual(expect.objectContaining({ path: 'discount', answered: `${first.discount}` }))
  expect(old.offers[0]!.draw).toMatchObject({ formula: 1 })
})

test('a limit of amounts only, and one of a user by several identities', async () => {
  const transactions = await open(
    drawnOffer([
      { per: ['card'], period: 'month', amount: 10_000_000 },
      { per: ['user'], period: 'month', amount: 10_000_000 },
    ]),
  )
  const person = (device: string, card: string) => ({
    identities: { phone: 'id_phone', device },
    card: { token: card },
  })
  const one = await query(transactions, 'S1', person('id_1', 'cd_one-of-the-person'))
  await fail(transactions, 'S1')
  expect((await query(transactions, 'S2', person('id_2', 'cd_two-of-the-person'))).discount).toBe(one.discount)
  expect((await query(transactions, 'S3', person('id_2', 'cd_two-of-the-person'))).discount).not.toBe(one.discount)
  expect(await explained('S3')).toMatchObject({ verdict: 'same', offers: [{ draw: { place: 2 } }] })
})
