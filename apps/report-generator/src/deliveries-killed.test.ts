import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReportRequest } from '@lijian/contracts/finance'
import { until } from '@lijian/testing'
import { GeneratorProcess } from './testing/generators'
import { Stage } from './testing/stage'

jest.setTimeout(180_000)

let stage: Stage
let folder: string
let server: Server
let isSilent = false
const told: string[] = []
const processes: GeneratorProcess[] = []
beforeAll(async () => {
  stage = await Stage.open()
  folder = await mkdtemp(join(tmpdir(), 'lijian-killed-'))
  server = createServer((request, response) => {
    told.push(String(request.headers['webhook-id'] ?? request.headers['x-lijian-id'] ?? ''))
    request.resume().on('end', () => isSilent || response.writeHead(200).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  await writeFile(
    join(folder, 'targets.json'),
    JSON.stringify({ archive: { kind: 'folder' }, told: { kind: 'webhook', url, secret: 'whsec_0123456789abcdef' } }),
  )
})
afterEach(() => Promise.all(processes.splice(0).map((one) => one.kill())))
afterAll(async () => {
  await stage.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

async function generator(): Promise<GeneratorProcess> {
  const one = await GeneratorProcess.fork(stage.appUrl, stage.folder, undefined, {
    LIJIAN_REPORT_TARGETS: join(folder, 'targets.json'),
    LIJIAN_REPORT_DELIVERY_DIR: join(folder, 'deliveries'),
  })
  processes.push(one)
  await one.ready()
  return one
}

let days = 0
const request = (): ReportRequest => {
  const date = new Date(Date.UTC(2026, 0, ++days)).toISOString().slice(0, 10)
  const parameters = { from: date, to: date, client: '20000', source: '0' }
  return { kind: 'campaign-effect', parameters, format: 'csv', language: 'zh', encoding: 'utf-8' }
}
const deliveryOf = async (id: number, target: string) =>
  (await stage.runs.read(id)).deliveries?.find((one) => one.target === target)
/** The minute after which a silent delivery is another's. */
const aMinuteLater = (id: number) =>
  pool(`UPDATE report_delivery SET due_at = now() WHERE run = $1 AND delivered_at IS NULL`, id)
const pool = (sql: string, id: number) => stage.pool.query<{ actor: string }>(sql, [id])

test('kill -9 while a webhook waits for its answer: another process tells it again, and it is recorded once', async () => {
  isSilent = true
  const one = await generator()
  const { id } = await stage.runs.request(request(), { actor: 'k-finance', deliverTo: ['told'] })
  await until(async () => told.length === 1 || undefined)
  await one.kill()
  expect(await deliveryOf(id, 'told')).toMatchObject({ attempts: 1 })
  expect(await deliveryOf(id, 'told')).not.toHaveProperty('deliveredAt')
  isSilent = false
  await generator()
  await aMinuteLater(id)
  const delivery = await until(async () => {
    const there = await deliveryOf(id, 'told')
    return there?.deliveredAt ? there : undefined
  })
  expect(delivery).toMatchObject({ attempts: 2 })
  expect(told).toHaveLength(2)
  const { rows } = await pool(`SELECT actor FROM report_access WHERE run = $1 AND act = 'deliver'`, id)
  expect(rows.map(({ actor }) => actor)).toEqual(['@target/told'])
})

test('kill -9 in the middle of deliveries to a folder: each file is there whole and once', async () => {
  let one = await generator()
  const ids: number[] = []
  for (let turn = 0; turn < 4; turn++) {
    const { id } = await stage.runs.request(request(), { actor: 'k-finance', deliverTo: ['archive'] })
    ids.push(id)
    await until(async () => (await deliveryOf(id, 'archive'))?.attempts === 1 || undefined)
    await one.kill()
    one = await generator()
    await aMinuteLater(id)
  }
  for (const id of ids) {
    // A kill of a later turn may have met it once more.
    await aMinuteLater(id)
    await until(async () => (await deliveryOf(id, 'archive'))?.deliveredAt, 120_000)
    const run = await stage.runs.read(id)
    const bytes = await readFile(join(folder, 'deliveries', 'archive', run.fileName!))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(run.sha256)
    const { rows } = await pool(`SELECT actor FROM report_access WHERE run = $1 AND act = 'deliver'`, id)
    expect(rows).toHaveLength(1)
  }
  const names = await Promise.all(ids.map(async (id) => (await stage.runs.read(id)).fileName!))
  expect((await readdir(join(folder, 'deliveries', 'archive'))).sort()).toEqual(names.sort())
})
