import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { until } from '@lijian/testing'
import { cardNumber, cardNumbers } from './testing/card-numbers'
import { merchant } from './testing/documents'
import { Groups, lines, withCard } from './testing/groups'
import { testApi, type TestApi } from './testing/test-api'
import { send, slowUpload } from './testing/upload'

let api: TestApi
let groups: Groups
beforeAll(async () => {
  api = await testApi()
  groups = new Groups(api)
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
})
afterAll(() => api.stop())

test('while a file comes in its progress is seen, a second one is refused, and the old members serve; then all change at once', async () => {
  await groups.live('S', { cardWhitelists: ['SLOW'] })
  await groups.cards('SLOW', cardNumbers(0, 3))
  const both = async () => [await groups.outcome('S', withCard(0)), await groups.outcome('S', withCard(9))]
  const upload = slowUpload(api, '/v1/card-groups/SLOW/imports')
  upload.text(lines(cardNumbers(9, 500)))
  await until(async () => {
    upload.text(lines(['token:cd_abcdefghijklmnop']))
    return ((await groups.imports('SLOW'))[0]!.lines as number) > 400
  })
  expect((await groups.imports('SLOW'))[0]).toMatchObject({
    state: 'running',
    errorCount: 0,
    startedBy: expect.any(String),
  })
  expect(await groups.cards('SLOW', cardNumbers(7, 8))).toMatchObject({ status: 409, body: { code: 'import_running' } })
  expect(await both()).toEqual(['held', 'not_whitelisted'])
  upload.end()
  expect((await groups.approved(await upload.answer)).body).toMatchObject({ state: 'done', members: 492 })
  expect(await both()).toEqual(['not_whitelisted', 'held'])
  const pages = await groups.sql<{ version: number }>(`SELECT DISTINCT version FROM group_page WHERE code = 'SLOW'`)
  expect(pages).toEqual([{ version: 2 }])
})

test('an import whose sender goes away has changed nothing, says so, and the next one works', async () => {
  await groups.live('I', { cardWhitelists: ['CUT'] })
  await groups.cards('CUT', cardNumbers(0, 3))
  const upload = slowUpload(api, '/v1/card-groups/CUT/imports')
  upload.text(lines(cardNumbers(9, 500)))
  await until(async () => (await groups.imports('CUT'))[0]!.state === 'running')
  upload.cut()
  await until(async () => (await groups.imports('CUT'))[0]!.state === 'failed')
  expect((await groups.imports('CUT'))[0]).toMatchObject({ failure: 'interrupted' })
  expect([await groups.outcome('I', withCard(0)), await groups.outcome('I', withCard(9))]).toEqual([
    'held',
    'not_whitelisted',
  ])
  expect((await groups.cards('CUT', cardNumbers(9, 500))).body).toMatchObject({ state: 'done', members: 491 })
})

test('a file that has come whole is imported although its sender goes away', async () => {
  const MEMBERS = 100_000
  const leaver = request(`${api.base}/v1/card-groups/WHOLE/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.keys.maker}`, 'content-type': 'application/gzip' },
  })
  leaver.on('error', () => undefined)
  leaver.end(gzipSync(lines(cardNumbers(0, MEMBERS))))
  const only = async () => (await groups.imports('WHOLE'))[0]
  // Nothing of what was sent waits for the process any more: it has the file, and reads.
  await until(async () => leaver.writableFinished && (await only())?.state === 'running')
  leaver.destroy()
  await until(async () => (await only())?.state !== 'running')
  expect(await only()).toMatchObject({ state: 'done', accepted: MEMBERS })
})

test('an import whose process dies is failed for everybody who looks, and its group is free', async () => {
  await groups.cards('DEAD', cardNumbers(0, 3))
  const upload = slowUpload(api, '/v1/card-groups/DEAD/imports')
  upload.text(lines(cardNumbers(9, 50)))
  await until(async () => (await groups.imports('DEAD'))[0]!.state === 'running')
  // What PostgreSQL sees of a process that was killed: its connection ends.
  await groups.sql(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7203 AND database =
    (SELECT oid FROM pg_database WHERE datname = current_database())`)
  await until(async () => (await groups.imports('DEAD'))[0]!.state === 'failed')
  expect((await groups.imports('DEAD'))[0]).toMatchObject({ failure: 'interrupted' })
  expect((await groups.cards('DEAD', cardNumbers(9, 50))).body).toMatchObject({ state: 'done', members: 41 })
  upload.end()
  expect((await upload.answer).status).toBeGreaterThanOrEqual(500)
  expect((await api.ask('maker', 'GET', '/v1/card-groups/DEAD')).body).toMatchObject({ cardCount: 41 })
})

const wrong = `${cardNumber(1).slice(0, -1)}${(Number(cardNumber(1).at(-1)) + 1) % 10}`

test('wrong lines are named by number with what is expected, all are counted, none is repeated, nothing changes', async () => {
  await groups.cards('LINES', cardNumbers(0, 3))
  const bad = [wrong, '12345', 'token:short', '62220212345678901234', '6222 0212', 'bin:x', 'x'.repeat(3_000)]
  const many = Array.from({ length: 150 }, () => wrong)
  const answer = await groups.cards('LINES', [cardNumber(5), '', ...bad, cardNumber(6), ...many])
  expect(answer).toMatchObject({
    status: 422,
    body: { code: 'invalid_document', detail: '157 of 160 lines are wrong; nothing was changed' },
  })
  const errors = answer.body.errors as { path: string; message: string; messageZh: string }[]
  expect(errors).toHaveLength(20)
  expect(errors.slice(0, 8).map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'line 3: fails the Luhn check',
    expect.stringMatching(/^line 4: expected a card number .*"bin:…"$/),
    expect.stringMatching(/^line 5: expected a token/),
    expect.stringMatching(/^line 6: expected a card number/),
    expect.stringMatching(/^line 7: expected a card number/),
    expect.stringMatching(/^line 8: expected a BIN prefix/),
    expect.stringMatching(/^line 9: expected a line of at most/),
    'line 11: fails the Luhn check',
  ])
  expect(errors.every(({ messageZh }) => /[一-鿿]/.test(messageZh))).toBe(true)
  const [row] = await groups.imports('LINES')
  expect(row).toMatchObject({ state: 'failed', failure: 'invalid_lines', lines: 160, accepted: 2, errorCount: 157 })
  expect((row!.errors as unknown[]).length).toBe(100)
  expect((await api.ask('maker', 'GET', '/v1/card-groups/LINES')).body).toMatchObject({ cardCount: 3 })
  for (const text of [
    answer.text,
    JSON.stringify(row),
    api.logs.join(''),
    JSON.stringify(await groups.sql('SELECT * FROM group_import')),
  ])
    expect(text).not.toMatch(new RegExp([wrong, cardNumber(5), cardNumber(5).slice(0, 12), 'xxxx'].join('|')))
})

test('a card number that was imported is in no row: only its fingerprint', async () => {
  const pan = '6222021234567890128'
  await groups.cards('CANARY', [pan, pan])
  await groups.customers('CANARY', ['赵铁柱', '13912345678'])
  for (const table of ['group_page', 'group_import', 'card_group', 'customer_group', 'config_change'])
    expect(JSON.stringify(await groups.sql(`SELECT to_jsonb(t)::text AS row FROM ${table} t`))).not.toMatch(
      /622202123456|赵铁柱|13912345678|cd_|cu_/,
    )
  expect(api.logs.join('')).not.toMatch(/622202123456|赵铁柱|13912345678/)
})

test('gzip, NDJSON, Windows lines and a byte order mark mean the same; what is sent again changes nothing', async () => {
  const cards = cardNumbers(100, 5_100)
  const path = '/v1/card-groups/FORMS/imports'
  const json = cards.map((card, i) => JSON.stringify(i % 2 === 0 ? card : { card }))
  const first = await send(api, path, gzipSync(lines(cards)), { type: 'application/gzip' })
  expect(first.body).toMatchObject({
    state: 'done',
    changed: true,
    lines: 5_000,
    accepted: 5_000,
    duplicates: 0,
    members: 5_000,
  })
  const again = [
    await send(api, path, `\uFEFF${cards.join('\r\n')}`),
    await send(api, path, lines(json), { type: 'application/x-ndjson' }),
    await send(api, path, gzipSync(lines(json)), { type: 'application/x-ndjson' }),
    await send(api, path, lines([...cards].reverse())),
    await send(api, path, lines([...cards, ...cards])),
  ]
  expect(again.map(({ body }) => [body.state, body.changed, body.members])).toEqual(
    again.map(() => ['done', false, 5_000]),
  )
  expect(again.at(-1)!.body).toMatchObject({ accepted: 10_000, duplicates: 5_000 })
  expect(await groups.sql(`SELECT DISTINCT version FROM group_page WHERE code = 'FORMS'`)).toEqual([{ version: 1 }])
})

test.each`
  _case                           | body                                                     | type                      | status | failure
  ${'a file of nobody'}           | ${'\n\n'}                                                | ${'text/plain'}           | ${422} | ${'no_members'}
  ${'gzip that is cut off'}       | ${gzipSync(lines(cardNumbers(0, 100))).subarray(0, 200)} | ${'application/gzip'}     | ${422} | ${'not_gzip'}
  ${'NDJSON that is none'}        | ${'{"card":\n'}                                          | ${'application/x-ndjson'} | ${422} | ${'invalid_lines'}
  ${'NDJSON with a key too many'} | ${'{"card":"6222020000000001","name":"x"}'}              | ${'application/x-ndjson'} | ${422} | ${'invalid_lines'}
`(
  '$_case changes nothing',
  async ({ body, type, status, failure }: { body: string; type: string; status: number; failure: string }) => {
    await groups.cards('SAME', cardNumbers(0, 3))
    expect((await send(api, '/v1/card-groups/SAME/imports', body, { type })).status).toBe(status)
    expect((await groups.imports('SAME'))[0]).toMatchObject({ state: 'failed', failure })
    expect((await api.ask('maker', 'GET', '/v1/card-groups/SAME')).body).toMatchObject({ cardCount: 3 })
  },
)

test('who may not, what is no file, what is not there', async () => {
  const path = '/v1/card-groups/NO/imports'
  expect((await send(api, path, 'x', { who: 'system' })).status).toBe(403)
  expect((await send(api, path, '{}', { type: 'application/json' })).status).toBe(415)
  expect((await api.ask('maker', 'POST', path)).status).toBe(400)
  expect((await send(api, `${path}?mode=remove`, lines(cardNumbers(0, 1)))).status).toBe(404)
  expect((await send(api, `${path}?mode=swap`, 'x')).status).toBe(400)
  expect((await api.ask('maker', 'GET', '/v1/imports/999999')).status).toBe(404)
  expect((await api.ask('maker', 'GET', '/v1/imports/x')).status).toBe(400)
  expect((await api.ask('maker', 'GET', '/v1/card-groups/NO')).status).toBe(404)
})

test('a document that leaves its members out keeps them, one that names them replaces them', async () => {
  await groups.cards('KEEP', [...cardNumbers(0, 3), '622202'])
  const put = (document: object) => api.ask('maker', 'PUT', '/v1/card-groups/KEEP', { code: 'KEEP', ...document })
  expect((await put({ name: 'Kept' })).body).toMatchObject({ name: 'Kept', bins: ['622202'], cardCount: 3 })
  expect((await put({ bins: ['5'] })).body).toMatchObject({ bins: ['5'], cardCount: 3 })
  expect((await put({ cards: [] })).body).toMatchObject({ bins: ['5'], cardCount: 0 })
})

test('imports are listed page by page, newest first', async () => {
  for (const n of [1, 2, 3]) await groups.cards('LIST', cardNumbers(n, n + 1))
  const list = async (query: string) => (await api.ask('checker', 'GET', `/v1/imports?code=LIST&${query}`)).body
  const all = (await list('kind=card_group')).imports as { id: number }[]
  expect(all.map(({ id }) => id)).toEqual([...all.map(({ id }) => id)].sort((a, b) => b - a))
  const page = await list('limit=2')
  expect(page.imports).toEqual(all.slice(0, 2))
  expect(await list(`limit=2&after=${String(page.next)}`)).toEqual({ imports: all.slice(2) })
  expect((await api.ask('checker', 'GET', `/v1/imports/${all[0]!.id}`)).body).toEqual(all[0])
})
