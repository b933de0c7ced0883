import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { KINDS, ofWorkflow } from './kinds'

let pool: Pool
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  pool = new Pool({ connectionString: database.url })
  drop = () => database.drop()
})
afterAll(async () => {
  await pool.end()
  await drop()
})

/** Tables of hundreds of rows. */
const SMALL = ['card_group', 'customer_group', 'client']
const grown = KINDS.filter(({ kind }) => !SMALL.includes(kind))

const forms = grown.flatMap((one) => [
  [one.kind, null, one] as const,
  ...(one.ofBranches ? [[one.kind, ['south'], one] as const] : []),
])
test.each(forms)('%s, of the branches %j: a range of an index', async (kind, branches, { sql, ...of }) => {
  const db = await pool.connect()
  const isNumber = kind.endsWith('case') || kind === 'proposal'
  try {
    await db.query('SET enable_seqscan = off')
    const { rows } = await db.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, [
      isNumber ? '1' : 'A',
      'B',
      6,
      ...(of.ofBranches ? [branches] : []),
      ...(of.ofKinds ? [['receipt']] : []),
      ...(of.ofClients ? [['system']] : []),
    ])
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toMatch(/Index Cond/)
    expect(plan).not.toMatch(/Seq Scan/)
  } finally {
    db.release(true)
  }
})

test('ids of workflows name what they are about', () => {
  expect(ofWorkflow('transaction/pos/S1')).toEqual({ kind: 'transaction', q: 'S1', client: 'pos' })
  expect(ofWorkflow('card-usage/M1/qr/7')).toEqual({ kind: 'card_usage_case', q: '7' })
  expect(ofWorkflow('funding/12')).toEqual({ kind: 'proposal', q: '12' })
  expect([ofWorkflow('S1'), ofWorkflow('transaction/pos'), ofWorkflow('nothing/a/b')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
