import { setTimeout as sleep } from 'node:timers/promises'
import type { TransactionAnswer } from '@lijian/contracts/marketing'
import { brokenInvariants } from '@lijian/verification'
import { campaign, Stage } from './testing/stage'

let stage: Stage
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})

const CAP = 20
/** So long a process may not know of what another one has done. */
const COUNTED_MS = 1500
const open = async () => (await stage.sql.query<{ n: number }>('SELECT count(*)::int AS n FROM open_hold')).rows[0]!.n
const held = async () =>
  (await stage.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM marketing_transaction WHERE state = 'held'`))
    .rows[0]!.n
const heldOf = (answers: readonly TransactionAnswer[]) => answers.filter(({ state }) => state === 'held')

async function bounded(columns: string): Promise<void> {
  stage = await Stage.open([campaign()])
  await stage.sql.query(`INSERT INTO client (code, name) VALUES ('T', 'till')`)
  await stage.sql.query(`UPDATE client SET ${columns} WHERE code = 'T'`)
}

describe('a cap of open holds', () => {
  test('two processes hold at least the cap and at most twice the cap, and then nothing until something ends', async () => {
    await bounded(`open_holds_max = ${CAP}`)
    const doors = [await stage.transactions(), await stage.transactions()]
    const burst = (name: string, client = 'T') =>
      Promise.all(
        Array.from({ length: 100 }, (_, i) => doors[i % 2]!.query(stage.ask(`${name}${i}`, 10_000, {}, { client }))),
      )
    const first = await burst('A')
    expect(heldOf(first).length).toBeGreaterThanOrEqual(CAP)
    expect(heldOf(first).length).toBeLessThanOrEqual(2 * CAP)
    expect(first.find(({ state }) => state === 'no_offer')).toMatchObject({
      payable: 10_000,
      reasons: [{ reason: 'open_holds' }],
    })
    expect(await open()).toBe(await held())
    // Whoever has no cap is not counted.
    expect(heldOf(await burst('B', 'U'))).toHaveLength(100)
    expect(await open()).toBe(heldOf(first).length)
    await sleep(COUNTED_MS)
    expect(heldOf(await burst('C'))).toEqual([])
    // What was told stays the answer.
    const { serial } = heldOf(first)[0]!
    expect(await doors[1]!.query(stage.ask(serial, 10_000))).toMatchObject({ state: 'held' })
    // Room for five comes back, by an end of each kind.
    const [ended, ...others] = heldOf(first).slice(0, heldOf(first).length - CAP + 5)
    await doors[0]!.reverse({ client: 'T', originalSerial: ended!.serial, serial: 'R', kind: 'reversal', bodyHash: 'r', door: 'http' }) // prettier-ignore
    for (const [i, one] of others.entries())
      await doors[i % 2]!.result(
        stage.outcome(one.serial, i % 2 === 0 ? 'success' : 'failure', i % 2 === 0 ? { paid: one.payable! } : {}),
      )
    expect(await open()).toBe(CAP - 5)
    await sleep(COUNTED_MS)
    const again = heldOf(await burst('D')).length
    expect(again).toBeGreaterThanOrEqual(5)
    expect(again).toBeLessThanOrEqual(10)
    expect(await open()).toBe(CAP - 5 + again)
  })

  test('a hold that expires makes room, and a cap that is lifted holds nobody', async () => {
    await bounded('open_holds_max = 1')
    const door = await stage.transactions()
    expect(await door.query(stage.ask('S1', 10_000))).toMatchObject({ state: 'held' })
    expect(await door.query(stage.ask('S2', 10_000))).toMatchObject({ state: 'no_offer' })
    stage.nowMs += 901_000
    expect(await door.expire('T', 'S1')).toMatchObject({ state: 'expired' })
    expect(await open()).toBe(0)
    await sleep(COUNTED_MS)
    // Refused once is no answer for ever: nothing was stored.
    expect(await door.query(stage.ask('S2', 10_000))).toMatchObject({ state: 'held' })
    await stage.sql.query('UPDATE client SET open_holds_max = NULL')
    await sleep(COUNTED_MS)
    expect(await door.query(stage.ask('S3', 10_000))).toMatchObject({ state: 'held' })
    await door.result(stage.outcome('S2', 'failure'))
    expect(await open()).toBe(0)
  })

  test('a count that cannot be read bounds nothing', async () => {
    await bounded('open_holds_max = 1')
    const door = await stage.transactions()
    await door.query(stage.ask('S1', 10_000))
    expect(await door.query(stage.ask('S2', 10_000))).toMatchObject({ state: 'no_offer' })
    await stage.sql.query('ALTER TABLE client RENAME COLUMN open_holds_max TO away')
    await sleep(6500)
    expect(await door.query(stage.ask('S2', 10_000))).toMatchObject({ state: 'held' })
    await stage.sql.query('ALTER TABLE client RENAME COLUMN away TO open_holds_max')
    await sleep(COUNTED_MS)
    expect(await door.query(stage.ask('S3', 10_000))).toMatchObject({ state: 'no_offer' })
  })
})

test('a client that is bound pays at its merchants and at the members of its groups, and reports whatever it held', async () => {
  await bounded(`merchants = '{M1}', merchant_groups = '{CHAIN}'`)
  await stage.sql.query(`INSERT INTO merchant_group (code, version, updated_by) VALUES ('CHAIN', 1, 'm')`)
  await stage.sql.query(
    `INSERT INTO merchant_group_member (code, merchant, from_version) VALUES ('CHAIN', 'M3', 1), ('CHAIN', 'M4', 2)`,
  )
  const door = await stage.transactions()
  const at = (serial: string, merchant: string) => stage.ask(serial, 10_000, { merchant })
  expect(await door.query(at('S1', 'M1'))).toMatchObject({ state: 'held' })
  expect(await door.query(at('S4', 'M3'))).toMatchObject({ state: 'held' })
  await expect(door.query(at('S5', 'M4'))).rejects.toMatchObject({ code: 'merchant_not_allowed' })
  await expect(door.query(at('S2', 'M2'))).rejects.toMatchObject({ code: 'merchant_not_allowed' })
  expect(() => door.prepare(at('S2', 'M2'))).toThrow('not bound to merchant M2')
  await stage.sql.query(`UPDATE client SET merchants = '{M9}'`)
  await sleep(COUNTED_MS)
  await expect(door.query(at('S3', 'M1'))).rejects.toMatchObject({ code: 'merchant_not_allowed' })
  expect(await door.result(stage.outcome('S1', 'failure'))).toMatchObject({ state: 'cancelled' })
})
