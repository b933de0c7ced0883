import type { LijianError } from '@lijian/contracts/system'
import { Pool } from 'pg'
import { BillImports } from './imports'
import { BillLayouts } from './layouts'
import { chunks, DATE, Stage, listFile } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())
beforeEach(() => stage.clear())

const S1 = { serial: 'S1' }
const S2 = { serial: 'S2', amount: 20_000 }
const lineCount = async () => (await stage.pool.query('SELECT count(*)::int AS n FROM bill_line')).rows[0].n as number
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: LijianError) => [
      error.code,
      ...(error.extra.errors ?? []).map(({ path, message }) => `${path}: ${message}`),
    ],
  )

test('the same file twice is accepted once, also when both come at once', async () => {
  const first = await stage.list([S1, S2])
  expect(first).toMatchObject({
    state: 'accepted',
    lines: 2,
    knownLines: 0,
    client: 'till',
    source: 'transactions',
    date: DATE,
  })
  expect(first.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(await stage.list([S1, S2])).toEqual({ ...first, again: true })
  const both = await Promise.all([stage.list([S2, { serial: 'S3' }]), stage.list([S2, { serial: 'S3' }])])
  expect(both[1]).toEqual(both[0])
  expect(await lineCount()).toBe(3)
  expect((await stage.imports.list({ limit: 10 })).imports).toHaveLength(2)
})

test('a list in another currency than our books have is refused by its lines; without a word of it the books say', async () => {
  await stage.book({ serial: 'S1', currency: 'JPY' })
  await stage.book({ serial: 'S2', amountFen: 20_000 })
  expect(
    await refusal(
      stage.list([
        { ...S1, currency: 'JPY' },
        { ...S2, currency: 'JPY' },
      ]),
    ),
  ).toEqual(['file_refused', 'line 2: expected the currency that our books have for it'])
  expect(await refusal(stage.list([{ ...S1, currency: 'CNY' }, S2]))).toEqual([
    'file_refused',
    'line 1: expected the currency that our books have for it',
  ])
  expect(await lineCount()).toBe(0)
  await stage.list([{ ...S1, currency: 'JPY' }])
  await stage.list([S2])
  await stage.runs.run(DATE, DATE)
  expect(await stage.broken()).toEqual({})
})

test('a line that another file has brought counts once; with another amount the file is refused', async () => {
  const first = await stage.list([S1])
  expect(await stage.list([S1, S2])).toMatchObject({ lines: 2, knownLines: 1 })
  expect(await refusal(stage.list([S1, { ...S2, amount: 20_001 }, { serial: 'S3' }]))).toEqual([
    'file_refused',
    `line 2: import ${first.id + 1}, line 2, had it with other amounts`,
  ])
  expect(await refusal(stage.list([{ serial: 'S4' }, S2, { serial: 'S4' }]))).toEqual([
    'file_refused',
    'line 3: the same as line 1: each line comes once',
  ])
  expect(await lineCount()).toBe(2)
})

test.each`
  _case                          | file                                                     | said
  ${'a total wrong by one fen'}  | ${listFile([S1, S2], { amount: 30_001 })}                | ${'line 3, amount: the file says 300.01, its lines sum to 300.00 yuan'}
  ${'a count wrong by one'}      | ${listFile([S1, S2], { count: 3 })}                      | ${'line 3, count: the file counts 3, its lines are 2'}
  ${'torn'}                      | ${listFile([S1, S2]).slice(0, -40)}                      | ${'line 3: expected one JSON object'}
  ${'torn at the end of a line'} | ${listFile([S1, S2]).split('\n').slice(0, 2).join('\n')} | ${'line 2: the file is torn: its total count is missing'}
`('$_case: nothing is accepted, and the right file is afterwards', async ({ file, said }) => {
  const told = await refusal(stage.import('lijian-list-ndjson', file as string))
  expect(told?.slice(0, 2)).toEqual(['file_refused', said])
  expect(await lineCount()).toBe(0)
  const { imports } = await stage.imports.list({ limit: 1 })
  expect(imports[0]).toMatchObject({ state: 'refused', lines: 0 })
  expect(imports[0]!.errors![0]!.messageZh).toBeDefined()
  await stage.list([S1, S2])
  expect(await lineCount()).toBe(2)
})

test('cut off in the middle: nothing is accepted, and again works', async () => {
  const whole = listFile(Array.from({ length: 50_000 }, (_, i) => ({ serial: `S${i}` })))
  async function* half() {
    for await (const chunk of chunks(whole.slice(0, whole.length / 2), 65_536)) yield chunk
    // What was read is visible meanwhile.
    const { imports } = await stage.imports.list({ limit: 1 })
    expect(imports[0]).toMatchObject({ state: 'reading' })
    expect(imports[0]!.lines).toBeGreaterThanOrEqual(20_000)
    throw new Error('aborted')
  }
  await expect(
    stage.imports.run({ layout: 'lijian-list-ndjson', date: DATE, client: 'till', actor: 'f' }, half()),
  ).rejects.toThrow('aborted')
  expect(await lineCount()).toBe(0)
  expect((await stage.imports.list({ limit: 1 })).imports[0]).toMatchObject({ state: 'cut_off' })
  expect(await stage.import('lijian-list-ndjson', whole)).toMatchObject({ state: 'accepted', lines: 50_000 })
})

test('one that died with its process is seen as cut off', async () => {
  await stage.pool.query(
    `INSERT INTO bill_file (layout, source, basis, scope, business_date, imported_by, started_at) VALUES ('l', 's', 'bill', 'till', $1, 'f', now() - interval '1 minute')`,
    [DATE],
  )
  expect((await stage.imports.list({ limit: 1 })).imports[0]).toMatchObject({ state: 'cut_off' })
  expect((await stage.imports.list({ limit: 1, state: 'reading' })).imports).toEqual([])
})

test('what a file without totals must have can be stated', async () => {
  const ask = { layout: 'lijian-list-ndjson', date: DATE, client: 'till', actor: 'f' }
  expect(await refusal(stage.imports.run({ ...ask, lines: 3, amount: 30_001 }, chunks(listFile([S1, S2]))))).toEqual([
    'file_refused',
    'lines: found 2 lines, expected 3',
    'amount: its amounts sum to 30000 fen, expected 30001',
  ])
  expect(await stage.imports.run({ ...ask, lines: 2, amount: 30_000 }, chunks(listFile([S1, S2])))).toMatchObject({
    state: 'accepted',
  })
})

test('whose serials they are is said by the file or by the caller, not by both', async () => {
  expect((await refusal(stage.import('lijian-list-ndjson', listFile([S1]), { client: null })))?.[1]).toMatch(
    /^client: expected whose/,
  )
  expect((await refusal(stage.import('lijian-acknowledgement', '')))?.[1]).toMatch(/^client: expected no client/)
  expect((await refusal(stage.import('no-such-layout', '')))?.[0]).toBe('not_found')
})

test('no card number is stored', async () => {
  await stage.list([{ ...S1, card: '6222020000001234567' }])
  const { rows } = await stage.pool.query('SELECT bill_line::text AS line FROM bill_line')
  expect(rows[0].line).toContain('622202******4567')
  expect(rows[0].line).not.toContain('6222020000001234567')
})

test('more files at once than there are connections: all are accepted, and one too many is told to come again', async () => {
  const body = async function* (i: number) {
    const file = Buffer.from(listFile([{ serial: `T${i}` }]))
    for (let at = 0; at < file.length; at += 100) {
      yield file.subarray(at, at + 100)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const small = new Pool({ connectionString: stage.pool.options.connectionString, max: 2 })
  const send = (imports: BillImports, i: number) =>
    imports.run({ layout: 'lijian-list-ndjson', date: DATE, client: 'till', actor: 'finance' }, body(i))
  const patient = new BillImports(small, new BillLayouts(small))
  const sent = await Promise.all(Array.from({ length: 6 }, (_, i) => send(patient, i)))
  expect(sent.map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'accepted'))
  const hasty = new BillImports(small, new BillLayouts(small), { waitMs: 1 })
  const [first, second] = await Promise.all([send(hasty, 7), refusal(send(hasty, 8))])
  expect([first.state, second]).toEqual(['accepted', ['too_many_requests']])
  await small.end()
})
