import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { freePort } from '../core/ports'
import { makeStack } from '../core/stack'
import { Supervisor } from '../core/supervisor'
import { postgres } from './postgres'
import { temporalCluster } from './temporal-cluster'
import { internalPorts } from './temporal-cluster-config'
import { temporalSchema } from './temporal-schema'
import { temporalUi } from './temporal-ui'

const dataDir = mkdtempSync(join(tmpdir(), 'lijian-cluster-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const minutes = 60_000

const env = async () => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  LIJIAN_CACHE_DIR: process.env['LIJIAN_CACHE_DIR'],
  LIJIAN_DATA_DIR: dataDir,
  LIJIAN_POSTGRES_PORT: String(await freePort()),
  LIJIAN_TEMPORAL_PORT: String(await freePort()),
  LIJIAN_TEMPORAL_UI_PORT: String(await freePort()),
  TEMPORAL_NAMESPACE: 'shop',
})

/** The first run on a machine builds the servers from source; every later one takes them from the cache. */
test(
  'the real Temporal server runs on PostgreSQL, with its namespace and its UI, and again on the same data',
  async () => {
    const settings = await env()
    for (const round of [1, 2]) {
      const said: string[] = []
      const servers = [postgres, temporalSchema, temporalCluster, temporalUi]
      const say = (server: string, line: string) => void said.push(`${server}: ${line}`)
      const supervisor = new Supervisor(makeStack({ env: settings }), servers, say)
      await supervisor.start()
      expect(said).toContain('temporal-schema: databases temporal and temporal_visibility are up to date')
      expect(await lookAround(settings.LIJIAN_TEMPORAL_PORT)).toEqual({
        retentionSeconds: 604_800,
        workflows: round - 1,
      })
      const page = await fetch(`http://127.0.0.1:${settings.LIJIAN_TEMPORAL_UI_PORT}/api/v1/namespaces/shop`)
      expect(await page.json()).toMatchObject({ namespaceInfo: { name: 'shop' } })
      await startOne(settings.LIJIAN_TEMPORAL_PORT)
      await supervisor.stop()
    }
  },
  20 * minutes,
)

test.each`
  _case                                  | frontend  | first
  ${'the usual port'}                    | ${7_233}  | ${17_233}
  ${'the last one that goes upwards'}    | ${22_760} | ${32_760}
  ${'one more would pass the limit'}     | ${22_761} | ${12_761}
  ${'the highest port there is'}         | ${65_535} | ${15_535}
  ${'the highest result is below limit'} | ${59_999} | ${29_999}
`('the services find each other on seven ports up to 32767: $_case', ({ frontend, first }) => {
  expect(internalPorts(frontend)).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => first + i))
})

async function connected<T>(port: string, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: `127.0.0.1:${port}` })
  try {
    return await use(new Client({ connection, namespace: 'shop' }))
  } finally {
    await connection.close()
  }
}

const lookAround = (port: string) =>
  connected(port, async ({ workflowService, workflow }) => {
    const { config } = await workflowService.describeNamespace({ namespace: 'shop' })
    const { count } = await workflow.count()
    return { retentionSeconds: Number(config?.workflowExecutionRetentionTtl?.seconds), workflows: count }
  })

/** Nobody works on it; that it is kept and can be listed is what is looked at. */
const startOne = (port: string) =>
  connected(port, async ({ workflow }) => {
    await workflow.start('nobodys', { taskQueue: 'nobody', workflowId: `kept-${Date.now()}` })
    while ((await workflow.count()).count === 0) await new Promise((resolve) => setTimeout(resolve, 50))
  })
