import { connect } from 'node:net'
import fc from 'fast-check'
import { readBody } from './bodies/read-body'
import type { Endpoint } from './endpoint'
import { TABLE } from './http/table'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type Answer, type TestApi } from './testing/test-api'
import { operations, type Operation } from './testing/walk/operations'
import { requests, type WalkRequest } from './testing/walk/request'

const SEED = 20_261_201
let api: TestApi
let all: string
beforeAll(async () => {
  api = await testApi({ bodyLimitBytes: 1_048_576 })
  const scopes = ['campaigns.make', 'campaigns.check', 'merchants', 'routing', 'card-groups', 'partners']
  const more = ['funding.make', 'funding.check', 'cases', 'reconciliation', 'finance', 'read', 'admin']
  const key = { client: 'people', name: 'all', scopes: [...scopes, ...more] }
  all = (await api.ask('maker', 'POST', '/v1/api-keys', key)).body.key as string
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
})
afterAll(() => api.stop())

/** White space behind JSON says nothing, but makes it large. */
const large = (body: string) => body + ' '.repeat(17_000)
const withoutInstance = ({ status, text }: { status: number; text: string }) => ({
  status,
  text: text.replace(/"instance":"[^"]*"/, ''),
})

async function send({ method }: Operation, { target, headers }: WalkRequest, body: string) {
  const reply = await fetch(api.base + target, {
    method,
    headers: { ...headers, authorization: `Bearer ${all}` },
    body: Buffer.from(body),
  })
  return { status: reply.status, text: await reply.text() }
}

const endpoints = new Map((Object.values(TABLE).flat() as Endpoint<never>[]).map((one) => [one.operationId, one]))
const ofPeople = operations.filter(({ body, scopes }) => body !== undefined && !scopes.includes('transactions'))
/** Their answers follow from the request alone. */
const CHANGES_NOTHING = new Set(['checkCampaign', 'evaluate'])
const BODY_FAULT = /"code":"(invalid_request|invalid_document|unsupported_media_type)"/

test.each(ofPeople.map((one) => [one.id, one] as const))(
  'a large body of %s is told what a small one is told, byte for byte',
  async (id, operation) => {
    let compared = 0
    const odd = [
      { target: '', headers: { 'content-type': 'application/json' }, body: '{"a":"\\u0000","b":[{"\\ud800":1}]}' },
    ]
    const made = fc.sample(requests(operation), { numRuns: 12, seed: SEED })
    for (const request of [...odd.map((one) => ({ ...one, target: made[0]!.target })), ...made]) {
      const { body = '' } = request
      if (body.trim() === '') continue
      const small = await send(operation, request, body)
      if (!CHANGES_NOTHING.has(id) && !BODY_FAULT.test(small.text)) continue
      expect(withoutInstance(await send(operation, request, large(body)))).toEqual(withoutInstance(small))
      compared++
    }
    expect(compared).toBeGreaterThan(0)
  },
)

test('what a thread has read travels as it is', () => {
  for (const operation of ofPeople)
    for (const { body = '' } of fc.sample(requests(operation), { numRuns: 50, seed: SEED })) {
      const read = readBody(endpoints.get(operation.id)!, Buffer.from(body))
      expect(structuredClone(read)).toEqual(read)
    }
})

test('a large document is stored like a small one', async () => {
  const document = campaign({ code: 'LARGE' })
  const small = await api.ask('maker', 'PUT', '/v1/campaigns/LARGE', document)
  const again = await api.ask('maker', 'PUT', '/v1/campaigns/LARGE', large(JSON.stringify(document)))
  expect([small.status, again.status]).toEqual([200, 200])
  expect(again.body).toEqual(small.body)
})

test('what is odd about a document is the same for a large one, with the options of the query', async () => {
  const {
    offers: [offer],
  } = campaign()
  const merchants = Array.from({ length: 300 }, (_, i) => `NOT-${i}`)
  const document = JSON.stringify(campaign({ offers: [{ ...offer, merchants }], budget: { amount: 2000 } }))
  for (const query of ['', '?paymentsPerDay=1000&minDays=30', '?paymentsPerDay=no']) {
    const ask = async (body: string) => {
      const { status, text } = await api.ask('maker', 'POST', `/v1/campaigns/check${query}`, body)
      return withoutInstance({ status, text })
    }
    const small = await ask(document)
    expect(await ask(large(document))).toEqual(small)
    if (query === '') expect(small.text).toContain('merchant NOT-199 is not stored, nor are 100 more')
  }
})

const manyOffers = JSON.stringify({ code: 'X', offers: Array.from({ length: 300_000 }, () => ({})) })
const check = (body: string, who: 'maker' | 'checker' = 'maker') => api.ask(who, 'POST', '/v1/campaigns/check', body)

test('the event loop goes on while a document of 300,000 offers is read', async () => {
  await check(large('{}'))
  const control: { longestMs: number; turns: number } = { longestMs: 0, turns: 0 }
  let lastMs = performance.now()
  let isTold = false
  const turn = () => {
    const nowMs = performance.now()
    control.longestMs = Math.max(control.longestMs, nowMs - lastMs)
    control.turns++
    lastMs = nowMs
    if (!isTold) setImmediate(turn)
  }
  setImmediate(turn)
  const told = await check(manyOffers).finally(() => (isTold = true))
  expect(told).toMatchObject({ status: 422, body: { code: 'invalid_document' } })
  // One turn a document, if it were read here.
  expect(control.turns).toBeGreaterThan(300)
})

const small5000 = `{"offers":[${Array.from({ length: 5000 }, () => '{}').join()}]}`

test('a small body of many values is read on the thread as well: it costs the loop as much as a large one', async () => {
  expect(small5000.length).toBeLessThan(16 * 1024)
  const told = await Promise.all(Array.from({ length: 12 }, () => check(small5000)))
  // On the loop each would be answered.
  expect(told.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
  expect(told.filter(({ status }) => status === 422).length).toBeGreaterThanOrEqual(4)
  const texts = await Promise.all(
    Array.from({ length: 12 }, () => check(`{"name":"${',[{'.repeat(1000)}\\"${','.repeat(1000)}"}`)),
  )
  expect(new Set(texts.map(({ status }) => status))).toEqual(new Set([422]))
})

test('a payment of more values than any has is refused before its schema is asked', async () => {
  const told = await api.ask('system', 'POST', '/v1/transactions', `{"facts":[${Array(6000).fill('{}').join()}]}`)
  expect(told).toMatchObject({ status: 400, body: { detail: 'The body has more than 512 values' } })
  const commas = { customer: ','.repeat(128), identities: { phone: '"[{,'.repeat(32) } }
  expect(await api.ask('system', 'POST', '/v1/transactions', payment('COMMAS', commas))).toMatchObject({ status: 200 })
})

test('four large bodies of a key at a time; others are told to come again, and another key is not', async () => {
  const told = await Promise.all([...Array.from({ length: 12 }, () => check(manyOffers)), check(manyOffers, 'checker')])
  const others = told.pop()!
  const by = (status: number): Answer[] => told.filter((one) => one.status === status)
  expect(others.status).toBe(422)
  expect(by(422).length).toBeGreaterThanOrEqual(4)
  expect(by(429).length).toBe(12 - by(422).length)
  expect(by(429).length).toBeGreaterThan(0)
  for (const { body, headers } of by(429)) {
    expect(headers['retry-after']).toBe('1')
    expect(body.detail).toBe('4 large bodies of this key are being read: send the next when one of them is answered')
  }
  expect((await check(manyOffers)).status).toBe(422)
})

/** The first line of what is answered to a head whose body never comes. */
const told = (head: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(api.base).port), '127.0.0.1')
    socket.setEncoding('latin1').once('error', reject)
    socket.once('data', (text) => {
      resolve(String(text).split('\r\n')[0]!)
      socket.destroy()
    })
    socket.write(`${head.join('\r\n')}\r\n\r\n`)
  })
const head = (line: string, length: number, key?: string) => [
  `${line} HTTP/1.1`,
  'host: lijian',
  'content-type: application/json',
  `content-length: ${length}`,
  ...(key === undefined ? [] : [`authorization: Bearer ${key}`]),
]

test.each`
  _case                           | line                          | length     | who          | status
  ${'no key'}                     | ${'POST /v1/transactions'}    | ${500_000} | ${undefined} | ${401}
  ${'no such address'}            | ${'POST /v1/nowhere'}         | ${500_000} | ${undefined} | ${404}
  ${'no such method'}             | ${'PATCH /v1/transactions'}   | ${500_000} | ${undefined} | ${405}
  ${'a payment that can be none'} | ${'POST /v1/transactions'}    | ${40_000}  | ${'system'}  | ${413}
  ${'a document above the limit'} | ${'POST /v1/campaigns/check'} | ${2e6}     | ${'maker'}   | ${413}
`('answered before its body comes: $_case', async ({ line, length, who, status }) => {
  const key = who === undefined ? undefined : api.keys[who as 'system']
  expect(await told(head(line as string, length as number, key))).toContain(` ${status} `)
})

test.each([
  ['{"a":'.repeat(100_000), 'nested'],
  [`{"code":"${'[{'.repeat(200)}\\"${'['.repeat(200)}"}`, 'not nested'],
  [`${'['.repeat(101)}${']'.repeat(101)}`, 'nested'],
  [`${'['.repeat(100)}${']'.repeat(100)}`, 'not nested'],
])('what is nested more than a hundred deep is refused as such (%#)', async (body, how) => {
  const told = await check(body)
  expect(told).toMatchObject({ status: how === 'nested' ? 400 : 422 })
  expect(told.body.detail === 'The body is nested more than 100 deep').toBe(how === 'nested')
})

test('the longest payment fits, with every character escaped', async () => {
  const text = (length: number) => '满'.repeat(length)
  const code = (letter: string, length: number) => letter.repeat(length)
  const parts = ['device', 'phone', 'bankPhone', 'idNumber', 'account', 'card']
  const longest = payment(code('S', 64), {
    merchant: code('M', 64),
    subMerchant: code('U', 64),
    terminal: code('T', 64),
    customer: text(128),
    identities: Object.fromEntries(parts.map((part) => [part, text(128)])),
    facts: Array.from({ length: 32 }, (_, i) => `f${i}`.padEnd(64, 'f')),
  })
  const hex = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
  const escapedOf = (value: unknown): string => {
    if (typeof value === 'string') return `"${[...value].map(hex).join('')}"`
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    if (Array.isArray(value)) return `[${value.map(escapedOf).join()}]`
    return `{${Object.entries(value)
      .map(([key, one]) => `"${key}":${escapedOf(one)}`)
      .join()}}`
  }
  const escaped = escapedOf(longest)
  expect(escaped.length).toBeGreaterThan(15_000)
  expect(await api.ask('system', 'POST', '/v1/transactions', escaped)).toMatchObject({
    status: 200,
    body: { serial: code('S', 64) },
  })
})
