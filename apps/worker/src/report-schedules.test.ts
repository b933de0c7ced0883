import { until } from '@lijian/testing'
import { reportScheduleWorkflowId } from '@lijian/workflow-report-schedule'
import { openStage, type Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const daily = { kind: 'merchant', range: 'yesterday', at: '07:30', when: { every: 'day' } }
const put = (code: string, changed: object = {}) =>
  stage.finance<{ active: boolean }>('PUT', `/v1/report-schedules/${code}`, { ...daily, ...changed })
const handleOf = (code: string) =>
  stage.temporalClient.schedule.getHandle(reportScheduleWorkflowId(stage.config.taskQueue, code))
const described = (code: string) =>
  handleOf(code)
    .describe()
    .catch(() => undefined)

/** Until Temporal has it so. */
const kept = (code: string, hour: number) =>
  until(async () => {
    const there = await described(code)
    return there?.spec.calendars?.[0]?.hour?.[0]?.start === hour ? there : undefined
  })
const runsOf = async (code: string) => {
  const { rows } = await stage.sql.query<{ from: string; to: string; state: string; version: string; by: string }>(
    `SELECT parameters ->> 'from' AS from, parameters ->> 'to' AS to, state, split_part(data_version, ' ', 1) AS version
     FROM report_run WHERE schedule = $1 ORDER BY parameters ->> 'from'`,
    [code],
  )
  return rows
}

test('Temporal follows what people store, change and end; each time that was missed is asked for, about its own date', async () => {
  expect(await put('DAILY')).toMatchObject({ status: 200 })
  const made = await kept('DAILY', 7)
  expect(made).toMatchObject({
    spec: { timezone: 'Asia/Shanghai' },
    policies: { catchupWindow: 30 * 86_400_000, overlap: 'BUFFER_ALL' },
  })
  await put('DAILY', { at: '08:15', zone: 'Europe/London', when: { every: 'week', on: ['monday', 'tuesday'] } })
  const changed = await kept('DAILY', 8)
  expect(changed).toMatchObject({ spec: { timezone: 'Europe/London' } })
  expect(changed.spec.calendars?.[0]?.dayOfWeek).toMatchObject([{ start: 'MONDAY' }, { start: 'TUESDAY' }])

  await stage.sql.query(
    `INSERT INTO journal_seal (business_date, rows_count, debit_fen, hash, previous_hash) SELECT d, 0, 0, 'h', 'p' FROM unnest($1::date[]) d`,
    [['2025-11-30']],
  )
  const [start, end] = ['2025-11-23T00:00:00Z', '2025-12-01T23:00:00Z'].map((at) => new Date(at)) as [Date, Date]
  await handleOf('DAILY').backfill({ start, end, overlap: 'BUFFER_ALL' })
  const runs = await until(async () => {
    const rows = await runsOf('DAILY')
    return rows.length === 3 ? rows : undefined
  })
  expect(runs.map(({ from, to, version }) => [from, to, version])).toEqual(
    ['2025-11-23', '2025-11-24', '2025-11-30'].map((date) => [date, date, 'sealed']),
  )

  expect(await stage.finance('POST', '/v1/report-schedules/DAILY/end')).toMatchObject({ status: 200, active: false })
  await until(async () => ((await described('DAILY')) === undefined ? true : undefined))
  await put('DAILY')
  await kept('DAILY', 7)
})

test('the key is revoked: Temporal asks for nothing more, until another key stores the schedule', async () => {
  await put('KEY')
  await kept('KEY', 7)
  const revoked = (at: string) =>
    stage.sql.query(
      `UPDATE api_key SET revoked_at = ${at} WHERE id = (SELECT updated_by FROM report_schedule WHERE code = 'KEY')`,
    )
  await revoked('now()')
  await until(async () => ((await described('KEY')) === undefined ? true : undefined))
  await revoked('NULL')
  await kept('KEY', 7)
  // The API reads keys anew every ten seconds: it may have seen this one revoked.
  await until(async () => (await put('KEY')).status === 200)
})

test('dates that are not sealed yet are waited for', async () => {
  await put('EARLY')
  await kept('EARLY', 7)
  await handleOf('EARLY').trigger()
  const flow = await until(async () => (await described('EARLY'))?.info.recentActions[0]?.action.workflow)
  const handle = stage.temporalClient.workflow.getHandle(flow.workflowId, flow.firstExecutionRunId)
  const history = await until(async () => {
    const { events = [] } = await handle.fetchHistory()
    return events?.some(({ timerStartedEventAttributes }) => timerStartedEventAttributes) ? events : undefined
  })
  expect(history.length).toBeGreaterThan(0)
  expect(await runsOf('EARLY')).toEqual([])
  await handle.terminate()
})
