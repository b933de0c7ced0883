import { until } from '@lijian/testing'
import { Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

/** docs/reference/connections.md says the same, and why. */
const mostOf = (atOnce: number): Record<string, number> => ({
  'lijian-report-runs': 4,
  'lijian-report-rows': 1 + atOnce,
  'lijian-report-queue': 2 * (2 + atOnce),
  'lijian-reports': 1,
  'lijian-report-ears': 1,
  'lijian-report-probe': 1,
})

async function connections(): Promise<Record<string, number>> {
  const { rows } = await stage.pool.query<{ name: string; n: number }>(
    `SELECT application_name AS name, count(*)::int AS n FROM pg_stat_activity
     WHERE datname = current_database() AND usename <> current_user GROUP BY 1`,
  )
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}

test('while reports are made there are at most as many connections as the table says, each under its name', async () => {
  const generator = await stage.start({ reportsAtOnce: 2 })
  const ids: number[] = []
  for (let n = 0; n < 12; n++) {
    const parameters = { from: '2026-11-01', to: '2026-11-30', merchant: `M${n}` }
    const asked = { kind: 'merchant', parameters, format: 'csv', language: 'zh', encoding: 'utf-8' } as const
    ids.push((await stage.runs.request(asked, { actor: 'k' })).id)
  }
  const most: Record<string, number> = {}
  const look = async () => {
    for (const [name, n] of Object.entries(await connections())) most[name] = Math.max(n, most[name] ?? 0)
  }
  await until(async () => {
    await look()
    const states = await Promise.all(ids.map(async (id) => (await stage.runs.read(id)).state))
    return states.every((state) => state === 'done') || undefined
  })
  const allowed = mostOf(2)
  expect(Object.keys(most).sort()).toEqual(Object.keys(allowed).sort())
  expect(Object.entries(most).filter(([name, n]) => n > allowed[name]!)).toEqual([])
  await generator.stop()
  await until(async () => Object.keys(await connections()).length === 0 || undefined)
})
