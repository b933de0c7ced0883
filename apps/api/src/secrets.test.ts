import { Client } from 'pg'
import { campaign, merchant } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

/** What must leave no trace. 19 digits that pass Luhn, a phone, a person, an identity card, a device, an account. */
const CANARIES = [
  '6222021234567890128',
  '13912345678',
  '张小明',
  '440301199001011234',
  'IMEI-356938035643809',
  'acct-778899',
]
const [pan, phone, person, idNumber, device, account] = CANARIES
const WRONG_PAN = '6222021234567890129'

let api: TestApi
const answers: string[] = []
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

async function ask(who: 'maker' | 'checker' | 'system', method: string, path: string, body?: unknown): Promise<number> {
  const answer = await api.ask(who, method, path, body)
  answers.push(answer.text + JSON.stringify(answer.headers))
  return answer.status
}

async function everyTable(): Promise<string> {
  const db = new Client({ connectionString: api.url })
  await db.connect()
  const tables = await db.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  )
  let text = ''
  for (const { name } of tables.rows) {
    const { rows } = await db.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`)
    text += rows.map(({ row }) => `${name} ${row}\n`).join('')
  }
  await db.end()
  return text
}

test('a card number, a phone and a name that came in are in no answer, no log line and no table', async () => {
  await ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await ask('maker', 'PUT', '/v1/card-groups/VIP', { code: 'VIP', cards: [pan] })
  const rule = {
    conditions: { cardWhitelists: ['VIP'] },
    benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] },
    limits: [
      { per: ['card'], period: 'day', count: 9 },
      { per: ['customer'], period: 'month', count: 9 },
    ],
  }
  await ask('maker', 'PUT', '/v1/campaigns/CCB', campaign({}, { rule }))
  await ask('checker', 'POST', '/v1/campaigns/CCB/approve')

  const identities = { phone, bankPhone: phone, idNumber, device, account, card: pan }
  const payment = {
    merchant: 'M0001',
    amount: 10_000,
    paymentMethod: 'swipe',
    card: { pan },
    customer: person,
    identities,
  }
  expect(await ask('system', 'POST', '/v1/transactions?explain=true', { serial: 'S1', ...payment })).toBe(200)
  expect(answers.at(-1)).toContain('"state":"held"')
  expect(
    await ask('system', 'POST', '/v1/transactions/S1/result', { outcome: 'success', paid: 8500, card: { pan } }),
  ).toBe(200)
  expect(await ask('system', 'POST', '/v1/transactions/S1/void', { serial: 'V1' })).toBe(200)
  expect(await ask('system', 'GET', '/v1/transactions/S1')).toBe(200)
  // Tried out by a person, and refused there too; a digit string has the form of a code.
  const tried = { payment: { serial: 'S1', ...payment } }
  expect(await ask('checker', 'POST', '/v1/evaluations', tried)).toBe(200)
  expect(answers.at(-1)).toContain('"counters":[')
  for (const body of [
    { payment: { serial: 'S1', ...payment, card: { pan: WRONG_PAN } } },
    { payment: { serial: 'S1', ...payment, amount: person }, [`${pan}`]: phone },
    { ...tried, drafts: [person] },
  ])
    expect(await ask('checker', 'POST', '/v1/evaluations', body)).toBe(400)
  expect(await ask('checker', 'POST', '/v1/evaluations', { ...tried, drafts: [pan] })).toBe(422)
  // Without an offer: kept in the log, and explained from it.
  expect(await ask('system', 'POST', '/v1/transactions', { serial: 'S0', ...payment, amount: 9_999 })).toBe(200)
  for (let tries = 0; (await ask('system', 'GET', '/v1/transactions/S0?explain=true')) === 404; tries++) {
    if (tries > 200) throw new Error('not logged within 20 s')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  expect(answers.at(-1)).toContain('"verdict":"same"')
  expect(await ask('system', 'GET', '/v1/transactions/S1?explain=true')).toBe(200)
  // An explanation repeats no token either.
  for (const answer of answers.slice(-2)) expect(answer).not.toMatch(/c[du]_/)
  // Refused in every way: as a whole, by a field, by digits, as no JSON, under a serial already used.
  const refused = [
    { serial: 'S2', ...payment, card: { pan: WRONG_PAN } },
    { serial: 'S2', ...payment, amount: person },
    { serial: 'S2', ...payment, [`${pan}`]: phone },
    { serial: 'S2', ...payment, card: { pan, name: person } },
    { serial: 'S2', ...payment, issuer: person, scheme: phone },
    { serial: 'S1', ...payment, amount: 20_000 },
    `{"card":{"pan":${pan}},"customer":"${person}"`,
  ]
  for (const body of refused) expect(await ask('system', 'POST', '/v1/transactions', body)).toBeGreaterThanOrEqual(400)

  const tables = await everyTable()
  expect(tables).toContain('marketing_transaction {')
  expect(tables).toContain('decision_log {')
  expect(tables).toContain('cd_')
  expect(tables).toContain('cu_')
  for (const [where, text] of Object.entries({ answers: answers.join('\n'), logs: api.logs.join('\n'), tables }))
    for (const secret of [...CANARIES, WRONG_PAN, pan!.slice(0, 12)])
      expect({ where, secret, found: text.includes(secret) }).toEqual({ where, secret, found: false })
})

test('an unexpected failure is logged with its request, without its body', async () => {
  const db = new Client({ connectionString: api.url })
  await db.connect()
  await db.query('ALTER TABLE card_group RENAME TO card_group_away')
  const answer = await api.ask('maker', 'PUT', '/v1/card-groups/VIP', { code: 'VIP', name: person, cards: [pan] })
  await db.query('ALTER TABLE card_group_away RENAME TO card_group')
  await db.end()
  expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } })
  const line = api.logs.find((text) => text.includes(String(answer.body.instance)))!
  expect(line).toContain('/v1/card-groups/:code')
  for (const text of [line, answer.text])
    expect(text.replace(/"(instance|time)":("[^"]*"|[0-9]+)/g, '')).not.toMatch(/张小明|6222|cd_/)
})
