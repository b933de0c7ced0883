import { readFile, readdir } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import type { ReportRequest } from '@lijian/contracts/finance'
import { Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
  await stage.start()
})
afterAll(() => stage.close())

const request = (changed: Partial<ReportRequest> = {}): ReportRequest => ({
  kind: 'merchant',
  parameters: { from: '2026-11-01', to: '2026-11-02' },
  format: 'csv',
  language: 'zh',
  encoding: 'utf-8',
  ...changed,
})

test('a report that is asked for is made, and its file is what its row says', async () => {
  const run = await stage.made(request())
  expect(run).toMatchObject({ state: 'done', attempt: 1, fileName: `商户报表 2026-11-01 2026-11-02 ${run.id}.csv` })
  const bytes = await readFile(stage.files.path({ id: run.id, attempt: run.attempt }))
  expect(bytes.length).toBe(run.bytes)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(run.sha256)
  expect(bytes.toString()).toContain('业务日期')
  expect(await readdir(stage.folder)).toEqual([`${run.id}.1`])
})

test('xlsx', async () => {
  const run = await stage.made(request({ format: 'xlsx' }))
  expect([run.state, run.failure]).toEqual(['done', undefined])
})

test('pdf', async () => {
  const run = await stage.made(request({ format: 'pdf' }))
  expect([run.state, run.failure]).toEqual(['done', undefined])
  const bytes = await readFile(stage.files.path({ id: run.id, attempt: run.attempt }))
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
})
