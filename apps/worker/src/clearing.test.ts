import { NOW_SIGNAL, TICKS_QUERY, type TicksView } from '@lijian/flow-kit'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  ClearingFileAnswer,
  ClearingRunAnswer,
  ClearingRunPage,
  ClearingRunStarted,
  MerchantSettlementPage,
} from '@lijian/contracts/finance'
import type { TransactionPage } from '@lijian/contracts/marketing'
import { ACKNOWLEDGE_UPDATE, clearingWorkflowId } from '@lijian/workflow-clearing-day'
import { Client as Sql } from 'pg'
import { until } from '@lijian/testing'
import { ticksWorkflowId } from './ticks'
import { openStage, type Stage } from './testing/stage'

let stage: Stage
afterEach(async () => {
  // Flows are known by their date, and all houses share one Temporal: none is left behind, nor started again by news that is still on its way.
  await stage.worker.relay.stop()
  const { rows } = await stage.sql.query<{ date: string }>('SELECT business_date::text AS date FROM clearing_run')
  for (const { date } of rows)
    await stage.temporalClient.workflow
      .getHandle(clearingWorkflowId(date))
      .terminate()
      .catch(() => undefined)
  await stage.close()
})

const run = (date: string) => stage.finance<ClearingRunAnswer>('GET', `/v1/clearing-runs/${date}`)
/** Dates wait for each other with growing pauses: longer than one `until`. */
async function reaches(date: string, ...states: string[]): Promise<ClearingRunAnswer> {
  for (let tries = 4; ; tries--) {
    const found = await until(async () => {
      const now = await run(date)
      return states.includes(now.state) && now
    }).catch((error: unknown) => {
      if (tries === 0) throw error
    })
    if (found) return found
  }
}
jest.setTimeout(180_000)

test('payments of today are cleared once the day is over, for those who look from further east', async () => {
  // The farthest zones: what is today in one is over in the other.
  stage = await openStage({ environment: { LIJIAN_TIME_ZONE: 'Etc/GMT+12' }, workerTimeZone: 'Pacific/Kiritimati' })
  const pay = async (serial: string) => {
    await stage.http.query({ serial, merchant: 'M1', amount: 10_000, paymentMethod: 'qr' })
    return stage.http.result(serial, { outcome: 'success', paid: 8500 })
  }
  await pay('S1')
  const { businessDate: date } = await pay('S2')
  await stage.http.reversal('S2', 'V2')
  // The API thinks that the day is not over; the worker's clock decides where runs are opened by the schedule.
  const refused = await stage.finance<{ code: string; detail: string }>('POST', '/v1/clearing-runs', { date })
  expect(refused).toMatchObject({ status: 409, code: 'state_conflict', detail: expect.stringContaining('is not over') })
  await stage.temporalClient.workflow.execute('clearingDue', {
    workflowId: `clearing-due-${stage.client}`,
    taskQueue: stage.client,
    args: [],
  })
  const { files } = await reaches(date!, 'published')
  expect(files.map(({ kind, rows, received, discount }) => [kind, rows, received, discount])).toEqual([
    ['amount', 3, 10_000, 1500],
    ['fee', 0, 0, 0],
    ['rebate', 0, 0, 0],
  ])
  const text = await readFile(join(stage.config.clearingDir!, 'main', files[0]!.name), 'utf8')
  expect(text.split('\n').map((line) => line.split(',').slice(0, 5).join(','))).toEqual([
    expect.stringMatching(/^H,/),
    'event,client,serial,originalSerial,merchant',
    `capture,${stage.client},S1,,M1`,
    `capture,${stage.client},S2,,M1`,
    `reversal,${stage.client},V2,S2,M1`,
    expect.stringMatching(/^T,3,100.00,15.00/),
    '',
  ])
  // What is paid now belongs to a later date.
  expect((await pay('S3')).businessDate! > date!).toBe(true)
  for (const { id, sha256 } of files)
    expect(
      await stage.finance('POST', `/v1/clearing-files/${id}/acknowledgement`, { outcome: 'accepted', sha256 }),
    ).toMatchObject({ status: 200, state: 'acknowledged' })
  await reaches(date!, 'acknowledged', 'settled')
  // Finance finds them again, with their file.
  const { transactions } = await stage.finance<TransactionPage>(
    'GET',
    `/v1/transactions?businessDate=${date}&merchant=M1`,
  )
  const name = files[0]!.name
  expect(transactions.map(({ kind, serial, state, clearingFiles }) => [kind, serial, state, clearingFiles])).toEqual([
    ['reversal', 'V2', 'reversed', [name]],
    ['transaction', 'S2', 'reversed', [name]],
    ['transaction', 'S1', 'confirmed', [name]],
  ])
})

/** Journal rows of past dates, as if payments had been made then. */
async function past(sql: Sql, date: string, serial: string): Promise<void> {
  const offers = [
    {
      campaign: 'CCB-Q4',
      version: 1,
      code: 'FOOD',
      name: '满100减15',
      kind: 'amount',
      delivery: 'instant',
      paymentMode: 'postpay',
      discountFen: 1500,
      funders: [{ partner: 'CCB', amountFen: 1500 }],
    },
  ]
  const detail = {
    amountFen: 10_000,
    payableFen: 8500,
    discountFen: 1500,
    feeOriginalFen: 0,
    feeFinalFen: 0,
    feeSavedFen: 0,
    paymentMethod: 'qr',
    at: `${date}T04:00:00.000Z`,
    offers,
  }
  await sql.query(
    `INSERT INTO journal (business_date, event, client, serial, merchant, clearing_system, detail, accounts, amounts_fen)
     VALUES ($1, 'capture', 'till', $2, 'M1', 'main', $3, '{receivable/CCB,merchant-discount/M1}', '{1500,-1500}')`,
    [date, serial, JSON.stringify(detail)],
  )
}

test('three days at once: in order, refused and replaced, acknowledged both ways, settled together with the weekend', async () => {
  stage = await openStage()
  const [friday, saturday, sunday] = ['2026-10-23', '2026-10-24', '2026-10-25']
  await past(stage.sql, friday, 'S1')
  await past(stage.sql, sunday, 'S2')
  const started = await stage.finance<ClearingRunStarted>('POST', '/v1/clearing-runs', { date: sunday })
  expect(started).toMatchObject({ status: 200, opened: [friday, saturday, sunday] })
  // The same request again says what it has opened.
  expect(await stage.finance('POST', '/v1/clearing-runs', { date: sunday })).toMatchObject({
    status: 200,
    opened: [friday, saturday, sunday],
  })
  await reaches(sunday, 'published')
  const { runs } = await stage.finance<ClearingRunPage>('GET', '/v1/clearing-runs')
  expect(runs.map(({ businessDate }) => businessDate)).toEqual([sunday, saturday, friday])
  const published = runs.map(({ publishedAt }) => publishedAt!)
  expect(published.toSorted().toReversed()).toEqual(published)

  const [first, ...others] = runs.flatMap(({ files }) => files)
  const acknowledge = (file: ClearingFileAnswer, body: object) =>
    stage.finance<ClearingFileAnswer>('POST', `/v1/clearing-files/${file.id}/acknowledgement`, body)
  const reasons = [{ row: 1, code: 'E02', message: '商户不存在' }]
  expect(await acknowledge(first!, { outcome: 'refused', reasons })).toMatchObject({
    status: 200,
    state: 'refused',
    reasons,
  })
  expect(await acknowledge(first!, { outcome: 'refused', reasons })).toMatchObject({ status: 200, state: 'refused' })
  expect(await acknowledge(first!, { outcome: 'accepted' })).toMatchObject({ status: 409, code: 'state_conflict' })
  expect(await acknowledge(others[0]!, { outcome: 'accepted', sha256: 'ab'.repeat(32) })).toMatchObject({ status: 409 })
  const replaced = () =>
    stage.finance<ClearingFileAnswer & { hash: string }>('POST', `/v1/clearing-files/${first!.id}/replacement`, {
      reason: 'E02',
    })
  const { status: waits, id: proposal, hash } = await replaced()
  expect(waits).toBe(202)
  expect((await stage.checker('POST', `/v1/proposals/${proposal}/approve`, { hash })).status).toBe(200)
  const next = await replaced()
  expect(next).toMatchObject({
    status: 200,
    version: 2,
    replaces: first!.id,
    name: 'main_amount_20261025_v2.csv',
    rows: 1,
  })
  const again = await until(async () => {
    const { files } = await run(sunday)
    return files.find(({ id, state }) => id === next.id && state === 'published')
  })
  expect(await readFile(join(stage.config.clearingDir!, 'main', again.name), 'utf8')).toContain(
    `H,2026-10-25,2026-10-26,amount,main,2,${first!.name}`,
  )
  expect(await acknowledge(first!, { outcome: 'accepted' })).toMatchObject({
    status: 409,
    detail: expect.stringContaining('was replaced'),
  })

  // The clearing system of Sunday is a Temporal client, the others speak HTTP.
  const flow = stage.temporalClient.workflow.getHandle(clearingWorkflowId(sunday))
  const argument = { outcome: 'accepted' }
  const { proof } = await stage.finance<{ proof: string }>('POST', '/v1/decision-proofs', {
    ...{ update: 'clearing-day.acknowledge', subject: again.id, argument },
  })
  const refused = flow.executeUpdate(ACKNOWLEDGE_UPDATE, { args: [{ fileId: first!.id, ...argument, proof }] })
  await expect(refused).rejects.toMatchObject({ cause: { type: 'forbidden' } })
  // A person's word over the same door waits, and the file with it.
  const decided = { update: 'clearing-day.acknowledge', subject: again.id, argument }
  const person = await stage.checker<{ proof: string }>('POST', '/v1/decision-proofs', decided)
  const byPerson = flow.executeUpdate(ACKNOWLEDGE_UPDATE, {
    args: [{ fileId: again.id, ...argument, proof: person.proof }],
  })
  expect(await byPerson).toMatchObject({ proposal: expect.any(Number) })
  expect((await run(sunday)).files.find(({ id }) => id === again.id)).toMatchObject({ state: 'published' })
  await flow.executeUpdate(ACKNOWLEDGE_UPDATE, { args: [{ fileId: again.id, ...argument, proof }] })
  for (const file of others) expect((await acknowledge(file, { outcome: 'accepted' })).status).toBe(200)
  expect(await flow.result()).toMatchObject({ state: 'settled' })
  await reaches(friday, 'settled')
  const { settlements } = await stage.finance<MerchantSettlementPage>('GET', '/v1/merchant-settlements?date=2026-10-26')
  expect(settlements).toMatchObject([{ merchant: 'M1', due: 3000, payout: 3000 }])
  const payouts = await until(() =>
    readFile(join(stage.config.clearingDir!, 'settlement', 'settlement_20261026_v1.csv'), 'utf8').catch(
      () => undefined,
    ),
  )
  expect(payouts).toContain('2026-10-26,M1,30.00,0.00,30.00,0.00\n')
})

test('a round of the flow of every day opens every date that is over', async () => {
  stage = await openStage({ environment: { LIJIAN_CLEARING_AFTER_MINUTES: '30', LIJIAN_CUT_OFF: '23:00' } })
  const ticks = stage.temporalClient.workflow.getHandle(ticksWorkflowId('clearing', stage.client))
  const { next } = await until(async () => {
    const view = await ticks.query<TicksView>(TICKS_QUERY)
    return view.next !== null && { next: view.next }
  })
  // 23:30 of the institution.
  expect(next).toMatch(/T15:30:00\.000Z$/)
  const { rows } = await stage.sql.query<{ date: string }>(
    `SELECT (((clock_timestamp() AT TIME ZONE 'Asia/Shanghai') + interval '1 hour')::date - n)::text AS date FROM generate_series(3, 1, -1) n`,
  )
  const dates = rows.map(({ date }) => date)
  await past(stage.sql, dates[0]!, 'S1')
  await ticks.signal(NOW_SIGNAL)
  await reaches(dates[2]!, 'published')
  const { runs } = await stage.finance<ClearingRunPage>('GET', '/v1/clearing-runs')
  expect(runs.map(({ businessDate, requestedBy }) => [businessDate, requestedBy])).toEqual(
    dates.toReversed().map((date) => [date, '@schedule']),
  )
})
