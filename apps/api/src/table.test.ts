import { openedBy, SCOPES, type Scope } from '@lijian/contracts/people'
import type { Endpoint } from './endpoint'
import { TABLE } from './http/table'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

const entries = Object.values(TABLE).flat() as Endpoint<never>[]
/** What is asked without a key: a probe of the process, and what brings a session. Everything else needs one, or is asked of the internal listener. */
const OPEN = [
  'signIn',
  'enrol',
  'beginOidc',
  'finishOidc',
  'logoutOidc',
  'beginPasskeySignIn',
  'signInByPasskey',
  'isLive',
]
const guarded = entries.filter(({ operationId }) => !OPEN.includes(operationId))

let api: TestApi
const keyWith = new Map<string, string>()
beforeAll(async () => {
  api = await testApi()
  await api.ask('maker', 'PUT', '/v1/clients/walker', { name: 'walker' })
  for (const scopes of [...guarded.map(without), ...SCOPES.map((scope) => [scope])]) {
    if (keyWith.has(scopes.join())) continue
    const { body } = await api.ask('maker', 'POST', '/v1/api-keys', { client: 'walker', name: 'walker', scopes })
    keyWith.set(scopes.join(), body.key as string)
  }
})
afterAll(() => api.stop())

function without({ scopes }: Endpoint<never>): Scope[] {
  return SCOPES.filter((scope) => !openedBy([scope]).some((one) => scopes.includes(one)))
}

const addressOf = ({ path }: Endpoint<never>) =>
  path.replaceAll(/:([A-Za-z]+)/g, (_all, name: string) =>
    name === 'date' ? '2026-10-01' : name === 'id' ? '1' : 'X1',
  )

async function ask(one: Endpoint<never>, key: string | undefined) {
  const reply = await fetch(api.base + addressOf(one), {
    method: one.method,
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
  })
  const text = await reply.text()
  return { status: reply.status, code: text.startsWith('{') ? (JSON.parse(text) as { code?: string }).code : undefined }
}

test('only the probe of the process and the ways to a session are open', () => {
  expect(
    entries
      .filter(({ scopes, signedIn }) => scopes.length === 0 && signedIn !== true)
      .map(({ operationId }) => operationId),
  ).toEqual(OPEN)
})

test.each(guarded.map((one) => [one.operationId, one] as const))(
  '%s: no key, a wrong key, a right one',
  async (_id, one) => {
    expect(await ask(one, undefined)).toEqual({ status: 401, code: 'unauthenticated' })
    expect(await ask(one, 'lj_nobody_nothing')).toEqual({ status: 401, code: 'unauthenticated' })
    if (one.signedIn !== true)
      expect(await ask(one, keyWith.get(without(one).join()))).toEqual({ status: 403, code: 'forbidden' })
    // Each scope of the entry opens it alone: whatever is wrong then, it is not the key.
    for (const scope of one.scopes) {
      const { status } = await ask(one, keyWith.get(scope))
      expect({ scope, status }).not.toEqual({ scope, status: 401 })
      if (!hasScopesOfItsOwn(one)) expect({ scope, status }).not.toEqual({ scope, status: 403 })
    }
  },
)

/** Kinds of proposals have scopes of their own beside the address's. */
const hasScopesOfItsOwn = ({ path }: Endpoint<never>) => path.startsWith('/v1/proposals/')

describe("another client's key", () => {
  const routing = {
    timeZone: 'Asia/Shanghai',
    channels: [{ code: 'CH-A' }],
    mids: [{ code: 'MID-1', channel: 'CH-A', allowedMerchants: ['M0001'] }],
    pools: [{ code: 'P', mids: ['MID-1'] }],
    merchants: [{ merchant: 'M0001', routes: [{ method: 'qr', type: 'scan', pools: ['P'] }] }],
  }
  const route = { serial: 'T1', merchant: 'M0001', method: 'qr', type: 'scan', amount: 10_000 }

  beforeAll(async () => {
    await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
    await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
    await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
    expect(await api.agreed('maker', 'PUT', '/v1/routing', routing)).toMatchObject({ status: 200 })
    const made = [
      await api.ask('system', 'POST', '/v1/transactions', payment('T1')),
      await api.ask('system', 'POST', '/v1/transactions/T1/result', { outcome: 'success', paid: 8500 }),
      await api.ask('system', 'POST', '/v1/transactions/T1/refunds', { serial: 'R1', amount: 4000 }),
      await api.ask('system', 'POST', '/v1/routes', route),
    ]
    expect(made.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  })

  const ours = async () =>
    Promise.all(
      ['/v1/transactions', '/v1/transactions/T1', '/v1/transactions/T1/refunds', '/v1/routes/T1'].map(
        async (path) => (await api.ask('system', 'GET', path)).text,
      ),
    )

  const bodyOf = ({ body }: Endpoint<never>) => (body?.meta() as { examples?: unknown[] } | undefined)?.examples?.[0]
  const ofOneSerial = guarded.filter(({ path }) => path.includes(':serial'))

  test.each(ofOneSerial.map((one) => [one.operationId, one] as const))('%s: finds nothing', async (_id, one) => {
    const before = await ours()
    const address = one.path.replace(':serial', 'T1').replace(':refund', 'R1')
    const answer = await api.ask('other', one.method, address, bodyOf(one))
    // A result of a serial that was never asked about is kept as one without an offer, for that client.
    const own = { status: 200, body: { state: 'no_offer', discount: 0 } }
    expect(answer).toMatchObject(one.operationId === 'tellTransactionResult' ? own : { status: 404 })
    expect(answer.text).not.toContain('CCB')
    if (one.method === 'GET')
      expect(await api.ask('other', one.method, `${address}?client=system`)).toMatchObject({ status: 403 })
    expect(await ours()).toEqual(before)
  })

  test('the same serial is another transaction and another route, and lists show only their own', async () => {
    const before = await ours()
    const { transactions } = (await api.ask('other', 'GET', '/v1/transactions')).body as {
      transactions: { client: string }[]
    }
    expect(new Set(transactions.map(({ client }) => client))).not.toContain('system')
    expect(await api.ask('other', 'POST', '/v1/transactions', payment('T1'))).toMatchObject({ status: 200 })
    expect(await api.ask('other', 'POST', '/v1/routes', { ...route, amount: 7 })).toMatchObject({ status: 200 })
    expect(await ours()).toEqual(before)
  })
})
