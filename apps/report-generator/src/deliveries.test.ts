import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReportRequest } from '@lijian/contracts/finance'
import { until } from '@lijian/testing'
import { Stage } from './testing/stage'

let stage: Stage
let folder: string
let server: Server
let statuses: number[] = []
let told = 0
const secret = 'whsec_0123456789abcdef'
beforeAll(async () => {
  stage = await Stage.open()
  folder = await mkdtemp(join(tmpdir(), 'lijian-deliveries-'))
  server = createServer((request, response) => {
    told++
    request.resume().on('end', () => response.writeHead(statuses.shift() ?? 200).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const reportTargets = join(folder, 'targets.json')
  await writeFile(
    reportTargets,
    JSON.stringify({ archive: { kind: 'folder' }, told: { kind: 'webhook', url, secret } }),
  )
  const reportDeliveryDir = join(folder, 'deliveries')
  await stage.start({ reportTargets, reportDeliveryDir })
  await stage.start({ reportTargets, reportDeliveryDir })
})
afterAll(async () => {
  await stage.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

const request: ReportRequest = {
  kind: 'merchant',
  parameters: { from: '2026-11-01', to: '2026-11-02' },
  format: 'csv',
  language: 'zh',
  encoding: 'utf-8',
}

test('two generators bring a run to each target once; what fails says why and comes again', async () => {
  statuses = [503]
  const asked = { actor: 'k-finance', schedule: 'DAILY', deliverTo: ['archive', 'told', 'gone'] }
  const { id } = await stage.runs.request(request, asked)
  expect((await stage.runs.request(request, asked)).id).toBe(id)
  const failed = await until(async () => {
    const { deliveries } = await stage.runs.read(id)
    return deliveries?.find(({ target, lastError }) => target === 'told' && lastError) && deliveries
  })
  expect(failed.find(({ target }) => target === 'told')).toMatchObject({ lastError: 'the receiver answered 503' })
  const run = await until(async () => {
    const now = await stage.runs.read(id)
    return now.deliveries!.filter(({ deliveredAt }) => deliveredAt).length === 2 ? now : undefined
  })
  expect(run.deliveries).toMatchObject([
    { target: 'archive', attempts: 1 },
    { target: 'gone', lastError: 'LIJIAN_REPORT_TARGETS has no target gone' },
    { target: 'told', attempts: 2 },
  ])
  expect(told).toBe(2)
  expect(await readdir(join(folder, 'deliveries', 'archive'))).toEqual([run.fileName])
  const { rows } = await stage.pool.query<{ actor: string }>(
    `SELECT actor FROM report_access WHERE run = $1 AND act = 'deliver' ORDER BY actor`,
    [id],
  )
  expect(rows.map(({ actor }) => actor)).toEqual(['@target/archive', '@target/told'])
  expect(stage.logs.join('')).not.toContain(secret)
})

test('a delivery whose process died is taken up by another one', async () => {
  const { id } = await stage.made({ ...request, language: 'en' })
  await stage.pool.query(
    `INSERT INTO report_delivery (run, target, document, attempts, due_at) VALUES ($1, 'archive', '{}', 1, now() + interval '3 s')`,
    [id],
  )
  const run = await until(async () => {
    const now = await stage.runs.read(id)
    return now.deliveries?.[0]?.deliveredAt ? now : undefined
  })
  expect(run.deliveries).toMatchObject([{ target: 'archive', attempts: 2 }])
})

test('a file of targets that is wrong ends the start with each place, and without a value', async () => {
  const reportTargets = join(folder, 'wrong.json')
  const wrong = { a: { kind: 's3', bucket: 'b', secretAccessKey: 'value-of-ours' }, '../b': { kind: 'folder' } }
  await writeFile(reportTargets, JSON.stringify(wrong))
  const message = await stage.start({ reportTargets }).then(
    () => '',
    (error: Error) => error.message,
  )
  expect(message).toMatch(/a\.bucket: expected the name of a bucket/)
  expect(message).toMatch(/a\.accessKeyId/)
  expect(message).toMatch(/\.\.\/b/)
  expect(message).not.toContain('value-of-ours')
})
