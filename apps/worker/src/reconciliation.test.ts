import { reconciliationWorkflowId, WORKFLOW_TYPE } from '@lijian/workflow-reconciliation-day'
import { until } from '@lijian/testing'
import { openStage, type Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('a day that is over is matched by the worker; its case waits, and the flow ends when it is ended', async () => {
  const { sql, temporalClient, config, client } = stage
  const date = '2026-01-02'
  await sql.query(
    `INSERT INTO bill_file (layout, source, basis, scope, business_date, state, imported_by) VALUES ('lijian-list-ndjson', 'transactions', 'transactions', $1, $2, 'accepted', 'f')`,
    [client, date],
  )
  await sql.query(
    `INSERT INTO bill_line (source, client, line_key, file_id, line_no, business_date, kind, state, serial, amount_fen, discount_fen)
     VALUES ('transactions', $1, 'payment|S1', 1, 1, $2, 'payment', 'success', 'S1', 10000, 1500)`,
    [client, date],
  )
  const flow = await temporalClient.workflow.start(WORKFLOW_TYPE, {
    workflowId: `${reconciliationWorkflowId(date)}/${config.taskQueue}`,
    taskQueue: config.taskQueue,
    args: [{ date, timing: { dayMs: 200, remindAfterDays: [1, 1000] } }],
  })
  const { rows } = await until(async () => {
    const found = await sql.query(
      'SELECT id, kind, reminded_at FROM reconciliation_case WHERE serial = $1 AND reminded_at IS NOT NULL',
      ['S1'],
    )
    return found.rows.length > 0 && found
  })
  expect(rows).toMatchObject([{ kind: 'marketing_missing' }])
  await until(() => stage.logs.join('').includes('reconciliation cases are still open'))
  const { rows: proposals } = await sql.query(
    `INSERT INTO proposal (kind, subject, body, hash, state, maker, checker) VALUES ('case_resolution', $1, '{}', 'h', 'approved', 'a', 'b') RETURNING id`,
    [String(rows[0].id)],
  )
  await sql.query(
    `UPDATE reconciliation_case SET state = 'closed', closed_at = now(), resolution = 'accept', resolved_by = $1`,
    [proposals[0].id],
  )
  expect(await flow.result()).toMatchObject({ state: 'resolved' })
})
