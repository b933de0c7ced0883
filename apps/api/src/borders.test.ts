import { Buffer } from 'node:buffer'
import { SCOPES } from '@lijian/contracts/people'
import { Client } from 'pg'
import { charsetOf } from './borders'
import type { Endpoint } from './endpoint'
import { TABLE } from './http/table'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let key: string
let sql: Client
beforeAll(async () => {
  api = await testApi()
  sql = new Client({ connectionString: api.url })
  await sql.connect()
  const all = { client: 'system', name: 'all', scopes: SCOPES }
  key = (await api.ask('maker', 'POST', '/v1/api-keys', all)).body.key as string
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  const limits = [{ per: ['customer'], period: 'day', count: 1 }]
  const benefit = { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] }
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign({}, { rule: { benefit, limits } }))
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
})
afterAll(async () => {
  await sql.end()
  await api.stop()
})

interface Told {
  status: number
  code?: string
  detail?: string
  state?: string
  errors?: { path: string; message: string; messageZh?: string }[]
}
async function send(
  method: string,
  path: string,
  body?: Buffer | string,
  type = 'application/json',
): Promise<Told & Record<string, unknown>> {
  const reply = await fetch(api.base + path, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': type }) },
    body: body as string | undefined,
  })
  const text = await reply.text()
  return { ...(text.startsWith('{') ? (JSON.parse(text) as object) : {}), status: reply.status }
}
/** 张 in GBK. */
const GBK = Buffer.from('d5c5', 'hex')
const around = (before: string, middle: Buffer, after: string) =>
  Buffer.concat([Buffer.from(before), middle, Buffer.from(after)])

const entries = Object.values(TABLE).flat() as Endpoint<never>[]
const bodies = entries.filter(({ method, reads }) => method !== 'GET' && typeof reads !== 'object')
const addressOf = ({ path }: Endpoint<never>) =>
  path.replaceAll(/:([A-Za-z]+)/g, (_all, name: string) =>
    name === 'date' ? '2026-10-01' : name === 'id' ? '1' : 'X1',
  )
const rowsOf = async () => {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  )
  const counted: string[] = []
  for (const { name } of rows) {
    const { rows: found } = await sql.query<{ n: string }>(`SELECT count(*) AS n FROM "${name}"`)
    counted.push(`${name} ${found[0]!.n}`)
  }
  return counted
}

test('no operation takes a body that is no text, in another charset, or an address that is none; nothing changes', async () => {
  const before = await rowsOf()
  const wrong: string[] = []
  for (const one of bodies) {
    const address = addressOf(one)
    const told = {
      bytes: await send(one.method, address, around('{\n"x":"', GBK, '"}')),
      half: await send(one.method, address, String.raw`{"x":{"y":["\ud800"]}}`),
      key: await send(one.method, address, String.raw`{"x\u0000":1}`),
      charset: await send(one.method, address, '{}', 'application/json; charset=GBK'),
      query: await send(one.method, `${address}?x=%D5%C5`, '{}'),
    }
    const { bytes, half, key: ofKey, charset, query } = told
    const statusOfText = one.reads === undefined || one.reads === 'request' ? 400 : 422
    const fine =
      bytes.status === 400 &&
      bytes.errors?.[0]?.path === 'line 2, byte 6' &&
      [half, ofKey].every(({ status }) => status === statusOfText) &&
      half.errors?.[0]?.path === 'x.y[0]' &&
      ofKey.errors?.[0]?.path === '?' &&
      charset.status === 415 &&
      /charset GBK; expected UTF-8/.test(charset.detail!) &&
      query.status === 400
    if (!fine) wrong.push(`${one.operationId} ${JSON.stringify(told)}`)
  }
  for (const one of entries.filter(({ method, scopes }) => method === 'GET' && scopes.length > 0)) {
    const told = [
      await send('GET', `${addressOf(one)}?client=%00`),
      await send('GET', `${addressOf(one)}?client=%ff`),
      await send('GET', `${addressOf(one)}?x=%ED%A0%80`),
    ]
    if (told.some(({ status }) => status !== 400)) wrong.push(`${one.operationId} ${JSON.stringify(told)}`)
  }
  expect(wrong).toEqual([])
  expect(bodies.length).toBeGreaterThan(30)
  expect(await rowsOf()).toEqual(before)
})

test('three customers in GBK never become one: each is refused, and in UTF-8 each gets the offer', async () => {
  const names = { 张三: 'd5c5c8fd', 李四: 'c0eecbc4', 王五: 'cdf5cee5' }
  for (const [i, [name, hex]] of Object.entries(names).entries()) {
    const body = (serial: string) => JSON.stringify(payment(serial, { customer: name }))
    const [before, after] = body(`G${i}`).split(name) as [string, string]
    const gbk = around(before, Buffer.from(hex, 'hex'), after)
    for (const type of ['application/json', 'application/json; charset=gbk', 'application/json;charset="GB18030"'])
      expect(await send('POST', '/v1/transactions', gbk, type)).toMatchObject({
        status: type.includes('=') ? 415 : 400,
      })
    for (const type of ['application/json; charset=UTF-8', 'application/json; charset="utf-8"'])
      expect(await send('POST', '/v1/transactions', body(`U${i}`), type)).toMatchObject({ status: 200, state: 'held' })
  }
})

test('a byte order mark before JSON is skipped', async () =>
  expect(await send('POST', '/v1/transactions', `\uFEFF${JSON.stringify(payment('BOM'))}`)).toMatchObject({
    status: 200,
  }))

test.each`
  method    | path                                  | body                                                          | status | at
  ${'POST'} | ${'/v1/transactions'}                 | ${{ ...payment('Z'), customer: 'a\u0000' }}                   | ${400} | ${'customer'}
  ${'POST'} | ${'/v1/transactions'}                 | ${{ ...payment('Z'), customer: 'a\nb' }}                      | ${400} | ${'customer'}
  ${'POST'} | ${'/v1/transactions'}                 | ${{ ...payment('Z'), customer: '\uFFFD\uFFFD' }}              | ${400} | ${'customer'}
  ${'POST'} | ${'/v1/transactions'}                 | ${{ ...payment('Z'), identities: { device: '\ud801' } }}      | ${400} | ${'identities.device'}
  ${'POST'} | ${'/v1/transactions/U0/result'}       | ${{ outcome: 'success', paid: 1, upstreamSerial: 'U\u0000' }} | ${400} | ${'upstreamSerial'}
  ${'POST'} | ${'/v1/routes/U0/result'}             | ${{ outcome: 'success', paid: 1, upstreamSerial: 'U\x7f' }}   | ${400} | ${'upstreamSerial'}
  ${'PUT'}  | ${'/v1/partners/P'}                   | ${{ name: 'a\u0000', paymentMode: 'postpay' }}                | ${400} | ${'name'}
  ${'PUT'}  | ${'/v1/partners/P'}                   | ${{ name: 'a\tb', paymentMode: 'postpay' }}                   | ${400} | ${'name'}
  ${'PUT'}  | ${'/v1/campaigns/X'}                  | ${{ ...campaign({ code: 'X' }, { name: 'a\u0000b' }) }}       | ${422} | ${'offers[0].name'}
  ${'PUT'}  | ${'/v1/campaigns/X'}                  | ${{ ...campaign({ code: 'X' }, { name: 'a\nb' }) }}           | ${422} | ${'offers[0].name'}
  ${'PUT'}  | ${'/v1/card-groups/G'}                | ${{ code: 'G', name: '\x85', bins: ['621226'] }}              | ${422} | ${'name'}
  ${'PUT'}  | ${'/v1/customer-groups/G'}            | ${{ code: 'G', customers: ['a', 'b\udc00'] }}                 | ${422} | ${'customers[1]'}
  ${'PUT'}  | ${'/v1/merchants/M9'}                 | ${{ ...merchant, id: 'M9', name: '\x1b[1m' }}                 | ${422} | ${'name'}
  ${'POST'} | ${'/v1/api-keys'}                     | ${{ client: 'system', name: 'k\u0000', scopes: ['read'] }}    | ${400} | ${'name'}
  ${'PUT'}  | ${'/v1/clients/c'}                    | ${{ name: 'c\r' }}                                            | ${400} | ${'name'}
  ${'POST'} | ${'/v1/cases/1/resolutions'}          | ${{ kind: 'write_off', reason: 'a\u0000' }}                   | ${400} | ${'reason'}
  ${'POST'} | ${'/v1/clearing-files/1/replacement'} | ${{ reason: '\ud800' }}                                       | ${400} | ${'reason'}
`('$method $path refuses $at', async ({ method, path, body, status, at }) => {
  const told = await send(method as string, path as string, JSON.stringify(body))
  expect(told).toMatchObject({ status })
  const found = told.errors?.find((error) => error.path === at)
  expect(found?.message).toMatch(/^expected text/)
  expect(found?.messageZh).toMatch(/[一-鿿]/)
})

test.each`
  type                                                 | charset
  ${'application/json'}                                | ${undefined}
  ${'application/json; charset=utf-8'}                 | ${'utf-8'}
  ${'application/json;charset="UTF-8"'}                | ${'UTF-8'}
  ${'text/plain; format=flowed; Charset = gbk'}        | ${'gbk'}
  ${'application/json; charset=utf-8; charset=latin1'} | ${'latin1'}
  ${'application/json; charset='}                      | ${''}
`('$type', ({ type, charset }) => expect(charsetOf(type as string)).toBe(charset))

test('a bill may name its charset, and then it is that of its layout', async () => {
  const to = (layout: string, type: string) =>
    send('POST', `/v1/reconciliation/imports?layout=${layout}&date=2026-11-02&client=system`, 'x', type)
  expect(await to('wechat-trade-all', 'text/csv; charset=gbk')).toMatchObject({
    status: 415,
    code: 'unsupported_media_type',
  })
  expect(await to('alipay-trade', 'text/csv; charset=utf-8')).toMatchObject({ status: 415 })
  expect(await to('alipay-trade', 'text/csv; charset=GBK')).toMatchObject({ status: 422, code: 'file_refused' })
  expect(await to('wechat-trade-all', 'text/csv; charset="UTF-8"')).toMatchObject({ status: 422, code: 'file_refused' })
  expect(await send('POST', '/v1/customer-groups/G9/imports', '张三\n', 'text/plain; charset=gbk')).toMatchObject({
    status: 415,
  })
})

test('members of a group that are no UTF-8 are named by their lines', async () => {
  const file = around('张三\n', GBK, '\na\u0000b\n')
  const told = await send('POST', '/v1/customer-groups/G9/imports', file, 'text/plain')
  expect(told).toMatchObject({
    status: 422,
    errors: [{ path: 'line 2', message: 'expected text in UTF-8' }, { path: 'line 3' }],
  })
})
