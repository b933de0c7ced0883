import { KeyList, onlyKey, Sealer } from '@lijian/privacy'
import { randomBytes } from 'node:crypto'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { Proposals } from '@lijian/approvals'
import { PartnerChanges } from './partner-changes'
import { partnerKind } from './partner-kind'
import { PartnerSecrets } from './partner-secrets'
import { Partners } from './partners'

let database: { url: string; drop: () => Promise<void> }
let pool: Pool
beforeAll(async () => {
  database = await testDatabase()
  pool = new Pool({ connectionString: database.url, max: 4 })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

let serials = 0
const spend = (day: string, clock: string, fen: number, event = 'capture') =>
  pool.query(
    `INSERT INTO journal (business_date, event, client, serial, detail, accounts, amounts_fen, posted_at)
     VALUES ($1, $2, 'T', $3, '{}', '{prepaid/CITY,merchant-discount/M1}', ARRAY[$4::bigint, -$4::bigint], ($1::date + $5::time) AT TIME ZONE 'Asia/Shanghai')`,
    [day, event, `S${++serials}`, fen, clock],
  )

test('the balance of a partner is foretold from the journal of today and of the same weekday a week ago', async () => {
  const now = () => Date.parse('2026-11-25T14:00:00+08:00')
  const options = {
    timeZone: 'Asia/Shanghai',
    sealer: new Sealer(new KeyList(onlyKey(randomBytes(32)), Date.now), () => randomBytes(12)),
    now,
  }
  await pool.query(
    `INSERT INTO partner (code, name, funded_fen, warn_below_fen) VALUES ('CITY', 'City', 150000, 200000), ('IDLE', 'Idle', 0, 5)`,
  )
  // A week ago: 300.00 at noon, 600.00 at 18:00 and 600.00 at 19:00. Today: twice the noon. Tuesday is another weekday.
  for (const [clock, fen] of [
    ['12:00', 30_000],
    ['18:00', 60_000],
    ['19:00', 60_000],
  ] as const)
    await spend('2026-11-18', clock, fen)
  await spend('2026-11-24', '15:00', 900_000)
  await spend('2026-11-25', '12:10', 80_000)
  await spend('2026-11-25', '12:20', -20_000, 'refund')
  const { forecast, warnings } = await new Partners(pool, options).read('CITY')
  // 1,500.00 left: 1,200.00 go in the quarter from 18:00, the rest a quarter into the one from 19:00.
  expect(forecast).toEqual({
    spentToday: 60_000,
    expectedToday: 300_000,
    endsAt: '2026-11-25T11:03:00.000Z',
    daysLeft: 0.5,
  })
  expect(warnings.map(({ say }) => say)).toEqual([
    'the balance 1500.00 is below 2000.00',
    "at today's pace the balance ends at 19:03",
  ])
  expect((await new Partners(pool, options).warnings()).warnings).toEqual(warnings)
})

test('the currency of a partner is fixed: with its first document, or by a campaign that it funded before', async () => {
  const sealer = new Sealer(new KeyList(onlyKey(randomBytes(32)), Date.now), () => randomBytes(12))
  const secrets = new PartnerSecrets(sealer)
  const proposals = new Proposals(pool, { partner: partnerKind(secrets) })
  const changes = new PartnerChanges(pool, secrets, proposals)
  const partners = new Partners(pool, { timeZone: 'Asia/Shanghai', sealer })
  const put = async (code: string, currency?: string) => {
    const request = {
      name: 'x',
      kind: 'bank',
      paymentMode: 'prepay',
      status: 'active',
      contacts: [],
      currency,
    } as const
    const proposal = await changes.put(code, { ...request, contacts: [] }, 'maker')
    if (proposal) await proposals.approve(proposal.id, proposal.hash, 'checker')
    return partners.read(code)
  }
  expect(await put('Y1', 'JPY')).toMatchObject({ currency: 'JPY' })
  expect(await put('Y1')).toMatchObject({ currency: 'JPY' })
  await expect(put('Y1', 'CNY')).rejects.toThrow('Partner Y1 is in JPY, not in CNY: its currency is fixed')
  expect(await put('Y2')).toMatchObject({ currency: 'CNY' })
  await pool.query(`INSERT INTO campaign (code, live_version, latest_version) VALUES ('C1', 1, 1)`)
  await pool.query(
    `INSERT INTO campaign_version (code, version, document, state, maker, checker) VALUES ('C1', 1, $1, 'approved', 'm', 'c')`,
    [JSON.stringify({ code: 'C1', funders: [{ partner: 'Y3', sharePpm: 1_000_000 }], offers: [] })],
  )
  await pool.query(`INSERT INTO campaign (code, live_version, latest_version) VALUES ('C0', 1, 1)`)
  await pool.query(
    `INSERT INTO campaign_version (code, version, document, state, maker, checker) VALUES ('C0', 1, $1, 'approved', 'm', 'c')`,
    [JSON.stringify({ code: 'C0', name: '\0', funders: [], offers: [] })],
  )
  await expect(put('Y3', 'JPY')).rejects.toThrow(
    'Partner Y3 would be in JPY, and campaign C1, which it funds, is in CNY',
  )
  expect(await put('Y3')).toMatchObject({ currency: 'CNY' })
})
