import { makeEnrolment } from '@lijian/identity'
import { Pool } from 'pg'
import { Browser, PASSWORD, type Answer } from './story/browser'
import { Stage, until } from './stage'

/** The whole story of people, from nothing to a person who is forgotten: over the API alone, each step tried by each person alone. */
let stage: Stage
/** Two administrators, who made themselves with codes of the server. */
let anna: Browser
let bo: Browser
/** Whom the two have made: one writes, one approves, one reads. */
let wen: Browser
let shen: Browser
let ji: Browser
let till = ''

beforeAll(async () => {
  stage = await Stage.open({ empty: true })
  await stage.startWorker()
  const server = new Pool({ connectionString: stage.databaseUrl, max: 1 })
  const first = async (login: string) => {
    const browser = new Browser(stage.base, login)
    // What `./lijian keys enrol` prints.
    await browser.enrol((await makeEnrolment(server, ['administrator'])).code, login)
    return browser
  }
  anna = await first('anna')
  bo = await first('bo.admin')
  await server.end()
}, 180_000)
afterAll(() => stage?.close())

interface Step {
  method: string
  path: string
  body: object
  /** Where what stands is read: nothing of it differs before the approval. */
  stands: string | (() => Promise<unknown>)
}

const standing = async (by: Browser, stands: Step['stands']) =>
  JSON.stringify(typeof stands === 'string' ? await by.ask('GET', stands) : await stands())
const waitingOf = ({ body }: Answer) => {
  const { id, hash } = (typeof body['proposal'] === 'object' ? body['proposal'] : body) as { id: number; hash: string }
  return { id: typeof body['proposal'] === 'number' ? body['proposal'] : id, hash }
}
const decide = (by: Browser, what: 'approve' | 'reject', { id, hash }: { id: number; hash: string }) =>
  by.ask('POST', `/v1/proposals/${id}/${what}`, { hash, ...(what === 'reject' ? { reason: 'not so' } : {}) })

/** Tried by its maker alone, and by everybody else but the one who may; then approved after reading the difference. */
async function byTwo(maker: Browser, checker: Browser, { method, path, body, stands }: Step): Promise<Answer> {
  const before = await standing(maker, stands)
  // Who approves does not write, unless they are two administrators, of whom either begins.
  if (maker !== anna && maker !== bo) expect(await checker.ask(method, path, body)).toMatchObject({ status: 403 })
  const made = await maker.ask(method, path, body)
  expect([200, 202]).toContain(made.status)
  const waiting = waitingOf(made)
  expect(await standing(maker, stands)).toBe(before)

  // Alone: with the session, with a token of one's own, as somebody who only reads, and without having read.
  expect(['maker_is_checker', 'forbidden']).toContain((await decide(maker, 'approve', waiting)).body['code'])
  const scopes = (await maker.ask('GET', '/v1/me')).body['scopes']
  const token = await maker.ask('POST', '/v1/me/tokens', { name: `alone ${waiting.id}`, scopes, expiresInDays: 1 })
  expect(token.status).toBe(201)
  const alone = await stage.ask('POST', `/v1/proposals/${waiting.id}/approve`, { hash: waiting.hash }, token.body['token'] as string) // prettier-ignore
  expect([401, 403, 409]).toContain(alone.status)
  for (const other of [anna, bo, wen, shen, ji].filter(
    (one) => one !== undefined && one !== maker && one !== checker,
  )) {
    if ((maker === anna || maker === bo) && (other === anna || other === bo)) continue
    // What is of head office is not there for the people of a branch.
    expect([403, 404]).toContain((await decide(other, 'approve', waiting)).status)
  }
  expect((await decide(checker, 'approve', { ...waiting, hash: '0'.repeat(64) })).body['code']).toBe('changed_since')
  expect(await standing(maker, stands)).toBe(before)

  // The inbox of the one who may has it, with what differs in words; and what was read is what is approved.
  const inbox = (await checker.ask('GET', '/v1/approvals?mine=waiting')).body['approvals'] as { id: number }[]
  expect(inbox.map(({ id }) => id)).toContain(waiting.id)
  const read = await checker.ask('GET', `/v1/proposals/${waiting.id}`)
  expect(read.body).toMatchObject({ hash: waiting.hash, may: { decide: true } })
  expect((read.body['changes'] as unknown[]).length).toBeGreaterThan(0)
  expect(await decide(checker, 'approve', waiting)).toMatchObject({ status: 200, body: { state: 'approved' } })
  return made
}

const personOf = async (login: string) => {
  const { persons } = (await anna.ask('GET', `/v1/persons?q=${login}`)).body as { persons: { id: string }[] }
  return persons[0]!.id
}

test('two administrators make a branch, roles and three persons, who enrol themselves', async () => {
  await byTwo(anna, bo, {
    method: 'PUT',
    path: '/v1/branches/hangzhou',
    body: { name: '杭州分公司' },
    stands: '/v1/branches',
  })
  const roles = [
    ['writer', '经办', ['campaigns.make', 'merchants', 'partners', 'read']],
    ['approver', '复核', ['campaigns.check', 'funding.check', 'read']],
  ] as const
  for (const [code, nameZh, scopes] of roles)
    await byTwo(bo, anna, { method: 'PUT', path: `/v1/roles/${code}`, body: { name: code, nameZh, scopes }, stands: '/v1/roles' }) // prettier-ignore
  const enrolled = []
  for (const [login, role] of [
    ['wen.writer', 'writer'],
    ['shen.approver', 'approver'],
    ['ji.auditor', 'auditor'],
  ] as const) {
    // prettier-ignore
    const body = { login, name: login, branch: role === 'auditor' ? 'head-office' : 'hangzhou', roles: [role] }
    await byTwo(anna, bo, { method: 'POST', path: '/v1/persons', body, stands: '/v1/persons' })
    const path = `/v1/persons/${await personOf(login)}/enrolment`
    // Who has approved the person does not get the code.
    expect((await bo.ask('POST', path)).status).toBe(403)
    const { enrolment } = (await anna.ask('POST', path)).body as { enrolment: string }
    const browser = new Browser(stage.base, login)
    await browser.enrol(enrolment)
    enrolled.push(browser)
  }
  ;[wen, shen, ji] = enrolled as [Browser, Browser, Browser]
  expect((await anna.ask('PUT', '/v1/clients/till', { name: 'till' })).status).toBe(200)
  // A key that sends payments decides nothing: one person makes it.
  const key = await anna.ask('POST', '/v1/api-keys', { client: 'till', name: 'till', scopes: ['transactions'] })
  expect(key.status).toBe(201)
  till = key.body['key'] as string
}, 120_000)

const PAN = '6221660000010018'
let looks = 0
const pay = async (serial: string, merchant: string) => {
  const body = { serial, merchant, amount: 10_000, paymentMethod: 'qr', card: { pan: PAN } }
  return JSON.parse((await stage.ask('POST', '/v1/transactions', body, till)).text) as Record<string, unknown>
}

test('one writes a partner, a template and a campaign for a group of merchants; another approves each; a payment gets the offer', async () => {
  for (const id of ['NOODLE', 'TEA'])
    expect((await wen.ask('PUT', `/v1/merchants/${id}`, { id, name: id })).status).toBe(200)
  const group = (merchants: string[]) => ({ code: 'SOUTH', merchants })
  expect((await wen.ask('PUT', '/v1/merchant-groups/SOUTH', group(['NOODLE']))).status).toBe(200)
  const partner = { name: '城市银行' }
  await byTwo(wen, shen, { method: 'PUT', path: '/v1/partners/CITY-BANK', body: partner, stands: '/v1/partners' })

  const { document } = (await wen.ask('GET', '/v1/rule-templates/REDUCE-15')).body as { document: Template }
  const { merchants, ...properties } = document.parameters.properties
  const [offer] = document.campaign.offers
  const template = {
    ...document,
    code: 'GROUP-OFF',
    parameters: { ...document.parameters, properties: { ...properties, groups: { ...merchants, default: ['SOUTH'] } } },
    sentences: document.sentences.filter((one) => !JSON.stringify(one).includes('merchants')),
    campaign: { ...document.campaign, offers: [{ ...offer, merchants: undefined, merchantGroups: { $: 'groups' } }] },
  }
  await byTwo(wen, shen, {
    ...{ method: 'PUT', path: '/v1/rule-templates/GROUP-OFF', body: template },
    stands: '/v1/rule-templates?state=approved&q=GROUP-OFF',
  })
  const asked = { template: 'GROUP-OFF', code: 'SOUTH-15', parameters: { partner: 'CITY-BANK', groups: ['SOUTH'] } }
  const stands = '/v1/campaigns?live=true'
  const early = await pay('S-early', 'NOODLE')
  expect(early).toMatchObject({ state: 'no_offer' })
  await byTwo(wen, shen, { method: 'POST', path: '/v1/campaigns/from-template', body: asked, stands })

  await until('the offer is there', async () => (await pay(`S-look-${looks++}x`, 'NOODLE'))['state'] === 'held')
  expect(await pay('S-noodle', 'NOODLE')).toMatchObject({ state: 'held', discount: 1500, payable: 8500 })
  expect(await pay('S-tea', 'TEA')).toMatchObject({ state: 'no_offer' })
  // A live campaign names the group: who is in it is two persons' from here on.
  const members = '/v1/merchant-groups/SOUTH/members'
  await byTwo(wen, shen, { method: 'PUT', path: '/v1/merchant-groups/SOUTH', body: group(['NOODLE', 'TEA']), stands: members }) // prettier-ignore
  await until('TEA is in the group', async () => (await pay(`S-look-${looks++}x`, 'TEA'))['state'] === 'held')
  const held = await stage.sql<{ serial: string }>(`SELECT serial FROM marketing_transaction WHERE state = 'held'`)
  for (const { serial } of held)
    expect((await stage.ask('POST', `/v1/transactions/${serial}/result`, { outcome: 'success', paid: 8500 }, till)).status).toBe(200) // prettier-ignore
}, 120_000)

interface Template {
  parameters: { properties: Record<string, object> }
  sentences: object[]
  campaign: { offers: object[] }
}
interface Event {
  id: number
  operation: string
  act: string
  person?: string
  address?: string
  result: string
  subject: { kind: string; id: string }
  sealed: boolean
}

async function story(): Promise<Event[]> {
  const events: Event[] = []
  for (let after = ''; ;) {
    const { body } = await ji.ask('GET', `/v1/audit?limit=500${after}`)
    events.push(...(body['events'] as Event[]))
    if (body['next'] === undefined) return events
    after = `&after=${body['next'] as string}`
  }
}

test('the auditor reads who did what, who was refused, and changes nothing; the chain verifies, and a bent event is found', async () => {
  // Two calls in a row reach what stood before the first; the worker does it every minute.
  for (let i = 0; i < 2; i++) await stage.sql('SELECT seal_audit()')
  const events = await story()
  const me = async (one: Browser) => (await one.ask('GET', '/v1/me')).body['id'] as string
  const by = Object.fromEntries(await Promise.all([anna, bo, wen, shen, ji].map(async (one) => [await me(one), one.login]))) // prettier-ignore
  const told = new Set(
    events.map(({ operation, person, result }) => `${by[person ?? ''] ?? '-'} ${operation} ${result}`),
  )
  for (const line of [
    'anna putBranch done, bo.admin approveProposal done, anna approveProposal refused, anna makePerson done',
    'bo.admin putRole done, anna approveProposal done, bo.admin approveProposal refused',
    'wen.writer putPartner done, wen.writer putRuleTemplate done, wen.writer makeCampaignFromTemplate done',
    'wen.writer putMerchantGroup done, shen.approver approveProposal done, wen.writer approveProposal refused',
    'shen.approver putPartner refused, ji.auditor approveProposal refused',
  ].flatMap((one) => one.split(', ')))
    expect([...told]).toContain(line)
  const decided = events.filter(({ operation, result }) => operation === 'approveProposal' && result === 'done')
  for (const one of decided) expect(one).toMatchObject({ address: expect.any(String), sealed: true })
  // Of one partner, from its proposal to what stands.
  const about = (await ji.ask('GET', '/v1/audit?subjectKind=partner&subject=CITY-BANK')).body['events'] as Event[]
  expect(about.map(({ act, person }) => [act, by[person ?? '']])).toEqual([['insert', 'shen.approver']])
  const text = JSON.stringify(events)
  for (const secret of [PAN, PASSWORD, till]) expect(text).not.toContain(secret)

  for (const [method, path, body] of [
    ['PUT', '/v1/partners/OTHER', { name: 'Other' }],
    ['PUT', '/v1/branches/other', { name: 'Other' }],
    ['POST', '/v1/erasures', { person: { pan: PAN }, legalBasis: 'law' }],
    ['POST', '/v1/campaigns/SOUTH-15/suspend', {}],
  ] as const)
    expect(await ji.ask(method, path, body)).toMatchObject({ status: 403 })

  expect(await stage.disagreements()).toEqual([])
  const bend = (to: string) =>
    stage.sql(
      `SET session_replication_role = replica; UPDATE audit_event SET person = ${to} WHERE id = ${decided.at(-1)!.id}`,
    )
  await bend(`'somebody'`)
  expect(await stage.disagreements()).toEqual([expect.objectContaining({ name: 'the audit is what was sealed' })])
  await bend(`'${decided.at(-1)!.person}'`)
  expect(await stage.disagreements()).toEqual([])
}, 120_000)

/** Tables in which a text stands. */
async function holding(texts: readonly string[]): Promise<string[]> {
  const tables = await stage.sql<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await stage.sql(`SELECT FROM ${name} t WHERE to_jsonb(t)::text LIKE ANY ($1)`, [
      texts.map((text) => `%${text}%`),
    ])
    if (rows.length > 0) found.push(name)
  }
  return found
}

test('two administrators let a cardholder be forgotten: nothing of the card is left, and money and chain agree', async () => {
  const [first] = await stage.sql<{ token: string }>(
    `SELECT record -> 'facts' ->> 'cardToken' AS token FROM marketing_transaction WHERE serial = 'S-noodle'`,
  )
  const { token } = first!
  expect(await holding([token])).toContain('marketing_transaction')
  expect(await holding([PAN])).toEqual([])
  const sums = () =>
    stage.sql(`SELECT serial, state, amount_fen, payable_fen FROM marketing_transaction ORDER BY serial`)
  const before = await sums()
  const cards = () =>
    stage.sql(`SELECT record -> 'facts' -> 'cardToken' AS token FROM marketing_transaction ORDER BY serial`)
  const body = { person: { pan: PAN }, legalBasis: 'PIPL article 47, asked on paper' }
  await byTwo(anna, bo, { method: 'POST', path: '/v1/erasures', body, stands: cards })
  const erasure = async () =>
    (
      (await anna.ask('GET', '/v1/erasures')).body['erasures'] as { state: string; certificate?: { text: string } }[]
    )[0]!
  await until('the card is forgotten', async () => (await erasure()).state === 'done')
  expect((await erasure()).certificate!.text).not.toContain(token)
  expect(await holding([token, PAN])).toEqual([])
  expect(await sums()).toEqual(before)
  for (let i = 0; i < 2; i++) await stage.sql('SELECT seal_audit()')
  expect(await stage.disagreements()).toEqual([])
  expect((await story()).filter(({ subject }) => subject.kind === 'erasure').length).toBeGreaterThan(0)
}, 120_000)
