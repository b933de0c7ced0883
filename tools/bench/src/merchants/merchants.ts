import { freePort } from '@lijian/stack'
import { makeKey } from '../data/keys'
import { withSql } from '../data/load'
import { Importer } from '../groups/importer'
import { Load } from '../http/load'
import type { StreamFigures } from '../http/plan'
import { apiEnvironment } from '../parts/environment'
import type { Report } from '../parts/part'
import { startApp } from '../processes'
import { figure, ms, table } from '../report/table'
import { withBed, type Bed } from '../servers'
import { evaluation, idOf } from './evaluation'

export interface MerchantsOptions {
  merchants: number
  seconds: number
  clients: number
  say: (line: string) => void
}

const BOUND = 100_000

/** The payment system's list; `turn` makes each say something else. */
const fileOf = (merchants: number, turn: number): Buffer =>
  Buffer.from(
    Array.from({ length: merchants }, (_, n) =>
      JSON.stringify({
        id: idOf(n),
        name: `商户 ${n} ${turn}`,
        mcc: String(5000 + (n % 300)),
        region: String(440300 + (n % 9)),
      }),
    ).join('\n'),
  )

async function measure(bed: Bed, options: MerchantsOptions): Promise<string> {
  const { merchants, clients, seconds, say } = options
  const key = await makeKey(bed.databaseUrl)
  await withSql(bed.databaseUrl, (sql) =>
    sql.query(`UPDATE api_key SET scopes = '{transactions,merchants,card-groups,read}'`),
  )
  const port = await freePort()
  const api = await startApp({ name: 'api', env: apiEnvironment(bed, { port }), port, logDir: bed.dir })
  const load = new Load()
  try {
    const importer = new Importer(port, api.internalPort!, key)
    const before = await importer.residentMiB()
    say(`merchants: a file of ${figure(merchants)}, nobody asks`)
    const first = await importer.merchants(fileOf(merchants, 0))
    const full = await importer.residentMiB()
    const again = await importer.merchants(fileOf(merchants, 0))
    const phases: { what: string; figures: StreamFigures; imports: string }[] = []
    let peakMiB = full
    for (const [what, withImport] of [
      ['query with offer', false],
      ['query with offer, while a file is imported', true],
      ['query with offer', false],
    ] as const) {
      say(`merchants: ${what}, ${clients} clients`)
      const file = withImport ? fileOf(merchants, 1) : undefined
      const importing = file && importer.merchants(file)
      const streams = [{ mix: 'hot' as const, clients, run: `hot${phases.length}` }]
      const [figures] = await load.run({ port, key, warmupSeconds: 2, seconds, streams })
      peakMiB = Math.max(peakMiB, await importer.residentMiB())
      phases.push({ what, figures: figures!, imports: importing ? `${figure(await importing)} s` : '–' })
    }
    const [alone, beside, after] = phases.map(({ figures }) => figures.latencies.p99Us)
    const ratio = beside! / ((alone! + after!) / 2)
    return [
      `${figure(merchants)} merchants a file. Alone ${figure(first)} s; the same file again, which changes nothing, ${figure(again)} s. Resident memory of the api: ${figure(before)} MiB before, ${figure(full)} MiB with all of them in memory, ${figure(peakMiB)} MiB at most.`,
      table(
        ['what', 'per second', 'p50 ms', 'p99 ms', 'max ms', 'import'],
        phases.map(({ what, figures: { perSecond, latencies }, imports }) => [
          ...[what, figure(perSecond), ms(latencies.p50Us), ms(latencies.p99Us), ms(latencies.maxUs), imports],
        ]),
      ),
      `p99 beside an import: ${figure(ratio)} times as long.`,
    ].join('\n\n')
  } finally {
    load.stop()
    await api.stop()
  }
}

export async function merchants(options: MerchantsOptions): Promise<Report> {
  const { namedUs, groupedUs } = evaluation(BOUND)
  const words = `${figure(BOUND)} merchants bound by 10 offers: ${figure(namedUs)} µs a payment where documents name them, ${figure(groupedUs)} µs where groups have them; ratio ${figure(namedUs / groupedUs)}.`
  options.say(words)
  return withBed(options.say, async (bed) => ({
    title: 'Merchants: a list of a million, and groups in offers',
    body: [words, await measure(bed, options)].join('\n\n'),
    versions: bed.versions,
  }))
}
