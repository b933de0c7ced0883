import { readFile, readdir, symlink } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import type { ReportRequest } from '@lijian/contracts/finance'
import { testRedis, until, type TestRedis } from '@lijian/testing'
import { Stage } from './testing/stage'

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis.stop())

const request = (changed: Partial<ReportRequest> = {}): ReportRequest => ({
  kind: 'merchant',
  parameters: { from: '2026-11-01', to: '2026-11-02' },
  format: 'csv',
  language: 'zh',
  encoding: 'utf-8',
  ...changed,
})
/** The report of testing/slow-report.ts; each date is another one. */
const rows = (date: string, about: Partial<ReportRequest['parameters']> = {}) =>
  request({ kind: 'campaign-effect', parameters: { from: date, to: date, client: '300', ...about } })

describe.each([['PostgreSQL'], ['Redis or Valkey']])('queue on %s', (place) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await Stage.open()
    const queue = place === 'PostgreSQL' ? {} : { queueUrl: redis.url }
    const tuning = { tidyEveryMs: 300 }
    await Promise.all([stage.start(queue, tuning), stage.start(queue, tuning)])
  })
  afterAll(() => stage.close())
  const filesOf = async (id: number) => (await readdir(stage.folder)).filter((name) => name.startsWith(`${id}.`))

  test('a report that is asked for is made, and its file is what its row says', async () => {
    const run = await stage.made(request())
    expect(run).toMatchObject({ state: 'done', attempt: 1, fileName: `商户报表 2026-11-01 2026-11-02 ${run.id}.csv` })
    const bytes = await readFile(stage.files.path(run))
    expect(bytes.length).toBe(run.bytes)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(run.sha256)
    expect(bytes.toString()).toContain('业务日期')
    expect(await filesOf(run.id)).toEqual([`${run.id}.1`])
  })

  test('xlsx and pdf', async () => {
    const [xlsx, pdf] = await Promise.all([
      stage.made(request({ format: 'xlsx' })),
      stage.made(request({ format: 'pdf' })),
    ])
    expect([xlsx.failure, pdf.failure]).toEqual([undefined, undefined])
    expect((await readFile(stage.files.path(xlsx))).subarray(0, 2).toString()).toBe('PK')
    expect((await readFile(stage.files.path(pdf))).subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('a storm of requests at two processes: each report is made once', async () => {
    const dates = Array.from({ length: 12 }, (_, i) => `2026-03-${String(i + 1).padStart(2, '0')}`)
    const asked = await Promise.all(
      [...dates, ...dates, ...dates].map((date) => stage.runs.request(rows(date), { actor: 'k-finance' })),
    )
    const ids = [...new Set(asked.map(({ id }) => id))]
    expect(ids).toHaveLength(dates.length)
    for (const id of ids) {
      expect(await stage.ended(id)).toMatchObject({ state: 'done', attempt: 1, rows: 300 })
      expect(await filesOf(id)).toEqual([`${id}.1`])
    }
  })

  test('figures that differ from the ledger become one case, and no file', async () => {
    const run = await stage.made(rows('2026-04-01', { currency: 'XXX' }))
    expect(run).toMatchObject({ state: 'failed', failure: 'report_disagrees: discount: 1500, in the ledger 1501' })
    const { rows: cases } = await stage.pool.query('SELECT kind FROM reconciliation_case WHERE serial = $1', [
      `run-${run.id}`,
    ])
    expect(cases).toEqual([{ kind: 'report_disagrees' }])
    expect(await filesOf(run.id)).toEqual([])
  })

  test('a file whose time is over goes, its row and SHA-256 stay; asked for again, sealed dates give the same bytes', async () => {
    const date = '2026-04-02'
    await stage.pool.query(`SELECT freeze_business_day('${date}', 'Asia/Shanghai', '24:00')`)
    await stage.pool.query(`SELECT seal_business_day('${date}')`)
    const run = await stage.made(rows(date))
    await stage.pool.query(`UPDATE report_run SET expires_at = now() WHERE id = $1`, [run.id])
    await until(async () => (await filesOf(run.id)).length === 0)
    expect(await stage.runs.read(run.id)).toMatchObject({ state: 'expired', sha256: run.sha256, rows: 300 })
    const again = await stage.made(rows(date))
    expect(again.id).not.toBe(run.id)
    expect(again.sha256).toBe(run.sha256)
    expect(again.snapshot).toBe(run.snapshot)
  })
})

test('a full disk fails the report, says so, and leaves nothing', async () => {
  const stage = await Stage.open()
  await stage.start()
  // The first look has swept, and the next one is a minute away.
  const { id } = await stage.made(rows('2026-04-03'))
  // The kernel refuses every byte that is written there.
  const next = { id: id + 1, attempt: 1 }
  await symlink('/dev/full', `${stage.files.path(next)}.part`)
  const run = await stage.made(rows('2026-04-04', { client: '30000' }))
  expect(run).toMatchObject({ ...next, state: 'failed' })
  expect(run.failure).toContain('LIJIAN_REPORT_DIR: ENOSPC, the disk is full')
  expect(await readdir(stage.folder)).toEqual([`${id}.1`])
  await stage.close()
})
