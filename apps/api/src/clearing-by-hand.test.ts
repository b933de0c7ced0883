import { ClearingRuns } from '@lijian/clearing'
import { dataSource } from '@lijian/database'
import { ApiKeys } from '@lijian/identity'
import { tmpdir } from 'node:os'
import { Pool } from 'pg'
import { testApi, type Answer, type TestApi } from './testing/test-api'
import { twoPeopleTests, type Waiting } from './testing/two-people'

const people = ['finance', 'both'] as const
const RULE = { timeZone: 'Asia/Shanghai', cutOff: '24:00' }

let api: TestApi
let pool: Pool
/** Published, of dates long over. */
const files: number[] = []
beforeAll(async () => {
  api = await testApi({ earlyClose: 'on' })
  pool = new Pool({ connectionString: api.url, max: 2 })
  pool.on('error', () => undefined)
  await api.ask('finance', 'POST', '/v1/clearing-runs', { date: '2026-09-01' })
  await api.ask('finance', 'POST', '/v1/clearing-runs', { date: '2026-09-08' })
  const runs = new ClearingRuns({ pool, dir: tmpdir(), ...RULE })
  for (let day = 1; day <= 8; day++) await runs.freeze(`2026-09-0${day}`)
  const { rows } = await pool.query<{ id: string }>(
    `UPDATE clearing_file SET state = 'published', sha256 = 'x', bytes = 1, proved_at = now(), published_at = now() RETURNING id`,
  )
  files.push(...rows.map(({ id }) => Number(id)))
}, 60_000)
afterAll(async () => {
  await pool.end()
  await api.stop()
})

const listed = async () => (await api.ask('finance', 'GET', '/v1/clearing-files?limit=500')).body
const stateOf = async (id: number) =>
  ((await listed())['files'] as { id: number; state: string }[]).find((file) => file.id === id)?.state
const acknowledge = (id: number, body: object, who: 'finance' | 'both' = 'finance') =>
  api.ask(who, 'POST', `/v1/clearing-files/${id}/acknowledgement`, body)
const replace = (id: number, reason: string) =>
  api.ask('finance', 'POST', `/v1/clearing-files/${id}/replacement`, { reason })
const waitingOf = ({ status, body }: Answer): Waiting => {
  expect(status).toBe(202)
  return body as unknown as Waiting
}

test('a clearing system acknowledges at once, a person with another one; the same again is the same', async () => {
  const [own, byHand] = [files.pop()!, files.pop()!]
  const source = await dataSource(api.url).initialize()
  const { key } = await new ApiKeys(source).make({ client: 'other', name: 'bank', scopes: ['finance'] })
  await source.destroy()
  const headers = { authorization: `Bearer ${key}` }
  const machine = (id: number, body: object) =>
    api.ask('nobody', 'POST', `/v1/clearing-files/${id}/acknowledgement`, body, headers)
  let said: Answer
  do said = await machine(own, { outcome: 'accepted' })
  while (said.status === 401)
  expect(said).toMatchObject({ status: 200, body: { id: own, state: 'acknowledged' } })

  const [one, two] = await Promise.all([1, 2].map(() => acknowledge(byHand, { outcome: 'accepted' })))
  const waits = waitingOf(one!)
  expect(two!.body).toMatchObject({
    ...{ id: waits.id, hash: waits.hash, kind: 'acknowledgement', subject: String(byHand) },
    before: { state: 'published' },
    changes: [{ path: 'state', before: 'published', after: 'acknowledged' }],
  })
  expect(await stateOf(byHand)).toBe('published')
  // A key of a machine decides nothing.
  const { id, hash } = waits
  expect((await api.ask('nobody', 'POST', `/v1/proposals/${id}/approve`, { hash }, headers)).status).toBe(403)
  expect((await api.ask('maker', 'POST', `/v1/proposals/${id}/approve`, { hash })).status).toBe(403)
  // What the clearing system says meanwhile counts, and what was shown is no more.
  const reasons = [{ row: 1, message: 'no such merchant' }]
  expect((await machine(byHand, { outcome: 'refused', reasons })).body).toMatchObject({ state: 'refused' })
  expect((await api.ask('both', 'POST', `/v1/proposals/${id}/approve`, { hash })).body).toMatchObject({ code: 'changed_since' }) // prettier-ignore
  expect(await acknowledge(byHand, { outcome: 'refused', reasons })).toMatchObject({ status: 200, body: { state: 'refused' } }) // prettier-ignore
  expect(await acknowledge(byHand, { outcome: 'accepted' })).toMatchObject({ status: 409 })
})

test('a replacement that was approved answers the next version; of what is accepted there is none', async () => {
  const file = files.pop()!
  const { id, hash } = waitingOf(await replace(file, 'other columns'))
  expect((await api.ask('both', 'POST', `/v1/proposals/${id}/approve`, { hash })).status).toBe(200)
  expect(await replace(file, 'other columns')).toMatchObject({ status: 200, body: { version: 2, replaces: file } })
  expect(await replace(file, 'another reason')).toMatchObject({ status: 409 })
})

describe('acknowledgements by hand', () => {
  let last = 0
  twoPeopleTests(
    () => api,
    () => ({
      people,
      propose: async () => waitingOf(await acknowledge((last = files.pop()!), { outcome: 'accepted' })),
      standing: listed,
      changeBehind: (sql) => sql.query(`UPDATE clearing_file SET state = 'refused' WHERE id = $1`, [last]),
    }),
  )
})

describe('replacements', () => {
  let last = 0
  twoPeopleTests(
    () => api,
    () => ({
      people,
      propose: async (n) => waitingOf(await replace((last = files.pop()!), `reason ${n}`)),
      standing: listed,
      changeBehind: (sql) => sql.query(`UPDATE clearing_file SET state = 'refused' WHERE id = $1`, [last]),
    }),
  )
})

describe('closing a date early', () => {
  let date = ''
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: RULE.timeZone }).format()
  const runs = async () =>
    (await api.ask('finance', 'GET', '/v1/clearing-runs?limit=500')).body['runs'] as { businessDate: string }[]
  twoPeopleTests(
    () => api,
    () => ({
      people,
      async propose() {
        const latest = (await runs())[0]!.businessDate
        date = latest < today ? today : new Date(Date.parse(latest) + 86_400_000).toISOString().slice(0, 10)
        // The flow that closes it does not run here.
        await pool.query(`INSERT INTO business_day (business_date) SELECT $1::date - 1 ON CONFLICT DO NOTHING`, [date])
        return waitingOf(await api.ask('finance', 'POST', '/v1/clearing-runs', { date, early: true }))
      },
      standing: runs,
      changeBehind: (sql) =>
        sql.query(
          `INSERT INTO clearing_run (business_date, settlement_date, requested_by, early) VALUES ($1, $1, 'x', true)`,
          [date],
        ),
    }),
  )
})
