import { brokenInvariants } from '@lijian/verification'
import { brokenBy } from '@lijian/verification/testing'
import { Pool } from 'pg'
import { routing, Stage } from './testing/stage'

/** Each invariant about payments of cards, with a bug that breaks exactly it. */
let stage: Stage
let pool: Pool

beforeAll(async () => {
  stage = await Stage.open(routing([{}], { cardUsage: { thresholds: [{ month: 1 }] } }))
  pool = new Pool({ connectionString: stage.url, max: 2 })
  const { routes } = await stage.process()
  for (const serial of ['A', 'B']) {
    await routes.route(stage.ask(serial, 100, { cardToken: 'ct_1' }))
    await routes.result(stage.result(serial, 'MID-1', 'success'))
  }
})
afterAll(async () => {
  await pool.end()
  await stage.close()
})

test('the books agree', async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  expect((await pool.query('SELECT state, cards FROM card_usage_case')).rows).toEqual([
    { state: 'waiting_explanation', cards: 1 },
  ])
})

test.each`
  name                                                                          | bug
  ${'payments of cards = successes of their routes'}                            | ${`UPDATE card_usage SET count = count + 1 WHERE period LIKE '____-__'`}
  ${'a method is stopped for its cards exactly while its case is not reopened'} | ${`DELETE FROM suspension`}
`('planted: $name', async ({ name, bug }: { name: string; bug: string }) => {
  expect(await brokenBy(pool, bug)).toEqual([name])
})

test.each([
  ['payments of cards = successes of their routes', `DELETE FROM card_usage WHERE period NOT LIKE '____-__'`],
  [
    'a method is stopped for its cards exactly while its case is not reopened',
    `UPDATE card_usage_case SET state = 'reopened', closed_at = now()`,
  ],
  [
    'a method is stopped for its cards exactly while its case is not reopened',
    `UPDATE card_usage_case SET cards = cards + 1`,
  ],
])('planted too: %s', async (name, bug) => {
  expect(await brokenBy(pool, bug)).toEqual([name])
})
