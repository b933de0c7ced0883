import { canonicalJson } from '@lijian/contracts/system'
import { createHash } from 'node:crypto'
import { Client } from 'pg'
import { campaign } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
  await api.agreed('maker', 'PUT', '/v1/partners/CCB', { name: 'CCB' })
})
afterAll(() => api.stop())

const receipt = (bankReference: string) => ({ amount: 1000, valueDate: '2026-11-01', bankReference, evidence: 'x' })
const inbox = async (who: 'maker' | 'checker' | 'finance', query = '') => {
  const { status, body } = await api.ask(who, 'GET', `/v1/approvals${query}`)
  expect(status).toBe(200)
  return body['approvals'] as Record<string, never>[]
}

test('one list says what waits for whom, and why one may not decide', async () => {
  const made = (await api.ask('maker', 'POST', '/v1/partners/CCB/receipts', receipt('IN-1'))).body
  const [own] = await inbox('maker', '?mine=made&kind=receipt')
  expect(own).toMatchObject({
    id: made['id'],
    may: { decide: false, not: 'own' },
    title: { en: 'Receipt', zh: '入款' },
  })
  expect(own!['changes']).toContainEqual({
    path: 'amount',
    field: { en: 'Amount', zh: '金额' },
    before: null,
    after: '10.00',
  })
  expect(await inbox('maker', '?mine=waiting&kind=receipt')).toEqual([])
  expect(await inbox('checker', '?mine=waiting&kind=receipt')).toMatchObject([
    { id: made['id'], may: { decide: true } },
  ])
  expect(await inbox('finance', '?kind=receipt&state=proposed')).toMatchObject([
    { may: { decide: false, not: 'scope' } },
  ])
  const counts = async (who: 'maker' | 'checker') => (await api.ask(who, 'GET', '/v1/approvals/counts')).body
  expect(await counts('checker')).toMatchObject({ waiting: 1, byKind: [{ kind: 'receipt', waiting: 1 }] })
  expect(await counts('maker')).toMatchObject({ waiting: 0, made: 1 })
  await api.ask('checker', 'POST', `/v1/proposals/${made['id'] as number}/approve`, { hash: made['hash'] })
  expect(await counts('checker')).toMatchObject({ waiting: 0 })
  expect(await inbox('checker', '?state=approved&kind=receipt')).toMatchObject([{ may: { not: 'ended' } }])
})

test('the hash is of what is shown; a large document is cut in the list and whole at its address', async () => {
  const merchants = Array.from({ length: 2000 }, (_, n) => `M-${n.toString(36)}-LONG`)
  const { proposal, hash } = (
    await api.ask('maker', 'PUT', '/v1/campaigns/BIG', campaign({ code: 'BIG' }, { merchants }))
  ).body as { proposal: number; hash: string }
  const [line] = await inbox('checker', '?kind=campaign&subject=BIG')
  expect(line).toMatchObject({ id: proposal, isCut: true, body: {}, before: null })
  const whole = (await api.ask('checker', 'GET', `/v1/proposals/${proposal}`)).body
  expect(whole).toMatchObject({ body: { version: 1, document: { code: 'BIG' } }, branch: 'head-office', hash })
  const { kind, subject, before, body } = whole
  const shown = createHash('sha256')
    .update(canonicalJson([kind, subject, before, body]))
    .digest('hex')
  expect(shown).toBe(hash)
})

test('filters that mean nothing are refused by name; pages go on', async () => {
  for (const query of ['kind=gift', 'mine=yes', 'state=open', 'branch=a%20b', 'after=x', 'limit=0'])
    expect(await api.ask('checker', 'GET', `/v1/approvals?${query}`)).toMatchObject({
      status: 400,
      body: { errors: [{ path: query.split('=')[0] }] },
    })
  for (const n of [1, 2, 3]) await api.ask('maker', 'POST', '/v1/partners/CCB/receipts', receipt(`PAGE-${n}x`))
  const all = (await inbox('checker', '?kind=receipt')).map((line) => line['id'] as unknown as number)
  const seen: number[] = []
  for (let after = ''; ;) {
    const { body } = await api.ask('checker', 'GET', `/v1/approvals?kind=receipt&limit=2${after}`)
    seen.push(...(body['approvals'] as { id: number }[]).map(({ id }) => id))
    if (body['next'] === undefined) break
    after = `&after=${body['next'] as string}`
  }
  expect(seen).toEqual(all)
})

test.each`
  kind               | subject     | method    | path                           | body
  ${'campaign'}      | ${'LATE'}   | ${'PUT'}  | ${'/v1/campaigns/LATE'}        | ${campaign({ code: 'LATE' })}
  ${'rule_template'} | ${'LATE'}   | ${'PUT'}  | ${'/v1/rule-templates/LATE'}   | ${'a shipped one'}
  ${'partner'}       | ${'CCB'}    | ${'PUT'}  | ${'/v1/partners/CCB'}          | ${{ name: 'CCB late' }}
  ${'receipt'}       | ${'CCB'}    | ${'POST'} | ${'/v1/partners/CCB/receipts'} | ${receipt('LATE-x')}
  ${'resume'}        | ${'BIG'}    | ${'POST'} | ${'/v1/campaigns/BIG/resume'}  | ${undefined}
  ${'branch'}        | ${'late'}   | ${'PUT'}  | ${'/v1/branches/late'}         | ${{ name: 'Late' }}
  ${'shared_pool'}   | ${'LATE'}   | ${'POST'} | ${'/v1/routing/shared-pools'}  | ${{ pool: 'LATE', reason: 'late' }}
  ${'merchant_fees'} | ${'M-LATE'} | ${'PUT'}  | ${'/v1/merchants/M-LATE'}      | ${{ id: 'M-LATE', name: 'Late', fees: { default: { ppm: 5 } } }}
`('$kind whose time is over waits anew when it is asked again, before its flow has come to it', async (given) => {
  const { kind, subject, method, path } = given as Record<'kind' | 'subject' | 'method' | 'path', string>
  const shipped = async () => {
    const { document } = (await api.ask('maker', 'GET', '/v1/rule-templates/REDUCE-15')).body as { document: object }
    return { ...document, code: subject }
  }
  const body = kind === 'rule_template' ? await shipped() : (given as { body: unknown }).body
  if (kind === 'merchant_fees') await api.ask('maker', 'PUT', path, { id: subject, name: 'Late', fees: {} })
  if (kind === 'resume') await api.ask('maker', 'POST', '/v1/campaigns/BIG/suspend')
  const sql = new Client({ connectionString: api.url })
  await sql.connect()
  try {
    const last = async () =>
      (
        await sql.query<{ id: string; state: string }>(
          'SELECT id, state FROM proposal WHERE kind = $1 AND subject LIKE $2 ORDER BY id DESC LIMIT 2',
          [kind, `%${subject}`],
        )
      ).rows
    expect((await api.ask('maker', method, path, body)).status).toBeLessThan(300)
    const [first] = await last()
    expect(first).toMatchObject({ state: 'proposed' })
    await api.ask('maker', method, path, body)
    expect((await last())[0]).toEqual(first)
    await sql.query('UPDATE proposal SET expires_at = now() WHERE id = $1', [first!.id])
    expect((await api.ask('maker', method, path, body)).status).toBeLessThan(300)
    const [again, over] = await last()
    expect(over).toEqual({ id: first!.id, state: 'expired' })
    expect(again).toMatchObject({ state: 'proposed' })
  } finally {
    await sql.end()
  }
})

test('what a policy takes away makes no page short: of many each page is full, and each is somebody’s to decide', async () => {
  const sql = new Client({ connectionString: api.url })
  await sql.connect()
  await sql.query(`INSERT INTO approval_policy (kind, from_fen, roles) VALUES ('receipt', 2000, '{treasurer}')`)
  await sql.end()
  const made: number[] = []
  for (let n = 0; n < 40; n++) {
    const amount = n % 8 === 0 ? 1000 : 2000
    const { body } = await api.ask('maker', 'POST', '/v1/partners/CCB/receipts', { ...receipt(`MANY-${n}x`), amount })
    if (amount === 1000) made.unshift(body['id'] as number)
  }
  const pages: number[][] = []
  for (let after = ''; ;) {
    const { body } = await api.ask('checker', 'GET', `/v1/approvals?kind=receipt&mine=waiting&limit=2${after}`)
    const lines = body['approvals'] as { id: number; may: object }[]
    for (const { may } of lines) expect(may).toEqual({ decide: true })
    pages.push(lines.map(({ id }) => id))
    if (body['next'] === undefined) break
    after = `&after=${body['next'] as string}`
  }
  for (const page of pages.slice(0, -1)) expect(page).toHaveLength(2)
  expect(pages.flat().slice(0, made.length)).toEqual(made)
  // The badge counts what the list shows.
  const counts = (await api.ask('checker', 'GET', '/v1/approvals/counts')).body
  expect(counts['byKind']).toContainEqual({ kind: 'receipt', waiting: pages.flat().length })
  const [first] = await inbox('checker', '?kind=receipt&limit=1')
  expect(first).toMatchObject({ may: { decide: false, not: 'role' } })
  const one = await api.ask('checker', 'GET', `/v1/proposals/${first!['id'] as unknown as number}`)
  expect(one.body).toMatchObject({ may: { decide: false, not: 'role' } })
})
