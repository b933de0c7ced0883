import { LijianError } from '@lijian/contracts/system'
import type { ResolutionRequest } from '@lijian/contracts/people'
import { inTransaction } from '@lijian/database'
import { openCasesByKind, openCasesOf, remindOwners } from './open-cases'
import { kinds, Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())
beforeEach(() => stage.clear())

const accept: ResolutionRequest = { resolution: 'accept', reason: 'looked at' }
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: LijianError) => error.code,
  )

async function opened(serial = 'S1'): Promise<string> {
  await kinds.open(stage.pool, { kind: 'odd', client: 'till', serial, amountFen: 100 })
  const { rows } = await stage.pool.query<{ id: string }>('SELECT id FROM reconciliation_case WHERE serial = $1', [
    serial,
  ])
  return String(rows[0]!.id)
}

test('a case is opened once per kind, client and serial, and stays as it is', async () => {
  const odd = { kind: 'odd', client: 'till', serial: 'S1' } as const
  expect(await kinds.open(stage.pool, { ...odd, amountFen: 100 })).toBe(true)
  await stage.pool.query(`UPDATE reconciliation_case SET owner = 'wang'`)
  expect(await kinds.open(stage.pool, { ...odd, amountFen: 999 })).toBe(false)
  expect(await kinds.open(stage.pool, { ...odd, kind: 'late' })).toBe(true)
  expect(await stage.rows()).toEqual([
    { kind: 'odd', client: 'till', serial: 'S1', fen: 100 },
    { kind: 'late', client: 'till', serial: 'S1', fen: null },
  ])
  const { cases } = await stage.cases().list({ owner: 'wang', limit: 10 })
  expect(cases).toHaveLength(1)
})

test('a case says the currency of its amounts: of the transaction, its refund, its file or its key', async () => {
  const put = (text: string, values: unknown[]) => stage.pool.query(text, values)
  for (const [serial, facts] of [
    ['J1', { currency: 'JPY' }],
    ['C1', { currency: 'CNY' }],
    ['OLD', {}],
  ] as const)
    await put(
      `INSERT INTO marketing_transaction (client, serial, version, marketing_serial, state, merchant, body_hash, amount_fen, payable_fen, charges_are,
         charges, record) VALUES ('till', $1, 1, 'm' || $1, 'confirmed', 'M1', 'h', 1, 1, 'used', '[]', $2)`,
      [serial, JSON.stringify({ facts })],
    )
  await put(
    `INSERT INTO reverse_transaction (client, serial, original_serial, kind, body_hash, answer, business_date)
     VALUES ('till', 'R1', 'J1', 'refund', 'h', '{}', '2026-11-02')`,
    [],
  )
  for (const [client, serial] of [
    ...['J1', 'C1', 'OLD', 'R1', 'nobody@JPY'].map((one) => ['till', one] as const),
    ['@settlement', 'M1@KWD:2026-11-02'],
    ['@settlement', 'M1:2026-11-02'],
  ] as const)
    await kinds.open(stage.pool, { kind: 'odd', client, serial, amountFen: 100 })
  const { cases } = await stage.cases().list({ limit: 10 })
  expect(Object.fromEntries(cases.map(({ serial, currency }) => [serial, currency]))).toEqual({
    ...{ J1: 'JPY', C1: 'CNY', OLD: 'CNY', R1: 'JPY', 'nobody@JPY': 'CNY' },
    ...{ 'M1@KWD:2026-11-02': 'KWD', 'M1:2026-11-02': 'CNY' },
  })
})

test('many at once, each once, together with the change that they come of', async () => {
  await opened('S2')
  const found = {
    with: `found AS (SELECT 'S' || n AS serial, n AS fen FROM generate_series(1, 4) n)`,
    columns: ['amount_fen'],
    select: `SELECT 'odd', 'till', serial, fen FROM found WHERE fen <= $1 ORDER BY fen`,
    values: [3],
  }
  expect(await kinds.openFrom(stage.pool, found)).toBe(2)
  expect(await kinds.openFrom(stage.pool, found)).toBe(0)
  expect((await stage.rows()).map(({ serial, fen }) => [serial, fen])).toEqual([
    ['S2', 100],
    ['S1', 1],
    ['S3', 3],
  ])
})

test('a kind that no owner has registered is not opened', async () => {
  const stray = { kind: 'stray' as 'odd', client: 'till', serial: 'S1' }
  await expect(kinds.open(stage.pool, stray)).rejects.toThrow('no owner has registered cases of kind stray')
  const query = { columns: [], select: `SELECT 'stray', 'till', 'S1'`, values: [] }
  await expect(inTransaction(stage.pool, (db) => kinds.openFrom(db, query))).rejects.toThrow('kind stray')
  expect(await stage.rows()).toEqual([])
})

test('the effect of a resolution happens with the closing or not at all', async () => {
  const id = await opened()
  const note = `INSERT INTO suspension (ref, suspended_by) VALUES ('seen', 'test')`
  const failing = stage.cases({
    accept: {
      async apply(db) {
        await db.query(note)
        throw new LijianError('state_conflict', 'not now')
      },
    },
  })
  const proposal = await failing.propose(id, accept, 'maker')
  const approve = (cases = failing) => cases.approve(id, String(proposal.id), proposal.hash, 'checker')
  expect(await codeOf(approve())).toBe('state_conflict')
  const seen = async () => (await stage.pool.query(`SELECT FROM suspension WHERE ref = 'seen'`)).rowCount
  expect([await seen(), (await failing.read(id)).state]).toEqual([0, 'open'])
  const asked: unknown[] = []
  const done = stage.cases({ accept: { apply: async (db, open) => void (asked.push(open), await db.query(note)) } })
  expect(await approve(done)).toMatchObject({ state: 'approved', maker: 'maker', checker: 'checker' })
  expect([await seen(), (await done.read(id)).state]).toEqual([1, 'closed'])
  expect(asked).toEqual([
    {
      ...{
        id: Number(id),
        kind: 'odd',
        client: 'till',
        serial: 'S1',
        merchant: null,
        amountFen: 100,
        currency: 'CNY',
        state: 'open',
      },
      ...{ oursFen: null, theirsFen: null, cashFen: null },
    },
  ])
})

test('what an owner refuses is neither proposed nor approved, and a closed case has no other end', async () => {
  const id = await opened()
  let refuses = false
  const cases = stage.cases({
    accept: {
      check() {
        if (refuses) throw new LijianError('invalid_request')
      },
    },
  })
  const first = await cases.propose(id, accept, 'maker')
  refuses = true
  expect(await codeOf(cases.propose(id, accept, 'maker'))).toBe('invalid_request')
  expect(await codeOf(cases.approve(id, String(first.id), first.hash, 'checker'))).toBe('invalid_request')
  expect((await cases.read(id)).resolutions).toMatchObject([{ state: 'proposed' }])
  refuses = false
  expect(await codeOf(cases.approve(id, String(first.id), first.hash, 'maker'))).toBe('maker_is_checker')
  await cases.approve(id, String(first.id), first.hash, 'checker')
  expect(await codeOf(stage.cases().propose(id, { ...accept, resolution: 'accept' }, 'maker'))).toBe('state_conflict')
  expect((await cases.reopen(id, 'again')).reopened).toBe(1)
})

test('figures: open by kind with the oldest, open of a date, and owners reminded', async () => {
  const rows = `INSERT INTO reconciliation_case (kind, client, serial, business_date, owner, opened_at) VALUES
    ('odd', 'till', 'A', '2026-11-02', 'wang', now() - interval '2 hours'), ('odd', 'till', 'B', '2026-11-02', NULL, now()),
    ('late', 'till', 'C', '2026-11-03', 'wang', now())`
  await stage.pool.query(rows)
  const byKind = await openCasesByKind(stage.pool)
  expect(byKind.sort((a, b) => a.kind.localeCompare(b.kind)).map(({ kind, open }) => [kind, open])).toEqual([
    ['late', 1],
    ['odd', 2],
  ])
  expect(Math.round(byKind[1]!.age / 60)).toBe(120)
  expect(await openCasesOf(stage.pool, '2026-11-02')).toBe(2)
  expect(await remindOwners(stage.pool, '2026-11-02')).toEqual({ '-': 1, wang: 1 })
  const reminded = 'SELECT serial FROM reconciliation_case WHERE reminded_at IS NOT NULL ORDER BY serial'
  expect((await stage.pool.query(reminded)).rows).toEqual([{ serial: 'A' }, { serial: 'B' }])
})
