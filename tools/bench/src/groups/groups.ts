import { freePort } from '@lijian/stack'
import { makeKey } from '../data/keys'
import { withSql } from '../data/load'
import { Load } from '../http/load'
import type { MixName } from '../http/mixes'
import type { StreamFigures } from '../http/plan'
import { apiEnvironment } from '../parts/environment'
import type { Report } from '../parts/part'
import { startApp } from '../processes'
import { figure, ms, table } from '../report/table'
import { withBed, type Bed } from '../servers'
import { cardFile, customerFile, setFigures } from './member-files'
import { Importer } from './importer'

export interface GroupsOptions {
  members: number
  seconds: number
  clients: number
  say: (line: string) => void
}

const GROUPS = { whitelist: 'BIG-WHITE', blacklist: 'BIG-BLACK', customers: 'BIG-CUSTOMERS' }

/** An offer open to every merchant that asks about a large group first: every payment looks into it. */
function campaign(): object {
  const rule = { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] } }
  const offer = (code: string, conditions: object) => ({
    code,
    name: code,
    kind: 'amount',
    group: code,
    rule: { ...rule, conditions },
  })
  return {
    code: 'BIG',
    name: '大名单',
    timeZone: 'Asia/Shanghai',
    from: '2020-01-01',
    currency: 'CNY',
    paymentMode: 'postpay',
    funders: [{ partner: 'P0', sharePpm: 1_000_000 }],
    offers: [
      offer('BIG-W', { cardWhitelists: [GROUPS.whitelist] }),
      offer('BIG-B', { cardBlacklists: [GROUPS.blacklist], cardWhitelists: [GROUPS.whitelist] }),
      offer('BIG-C', { customerGroups: [GROUPS.customers] }),
    ],
  }
}

async function loadCampaign(bed: Bed): Promise<void> {
  await withSql(bed.databaseUrl, async (sql) => {
    await sql.query(`INSERT INTO campaign (code, live_version, latest_version) VALUES ('BIG', 1, 1)`)
    await sql.query(
      `INSERT INTO campaign_version (code, version, document, state, maker, checker, approved_at)
       VALUES ('BIG', 1, $1, 'approved', 'bench-maker', 'bench-checker', now())`,
      [JSON.stringify(campaign())],
    )
    await sql.query(`UPDATE api_key SET scopes = '{transactions,card-groups,read}'`)
  })
}

interface Phase {
  what: string
  figures: StreamFigures
  /** Seconds of each import that ended meanwhile. */
  imports: number[]
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Queries beside imports of a large card group, one import after the other, against the same queries before and after. */
async function measure(bed: Bed, options: GroupsOptions): Promise<string> {
  const { members, clients, seconds, say } = options
  const key = await makeKey(bed.databaseUrl)
  await loadCampaign(bed)
  const port = await freePort()
  const api = await startApp({
    name: 'api',
    env: apiEnvironment(bed, { port }),
    port,
    healthPort: port,
    logDir: bed.dir,
  })
  const load = new Load()
  try {
    const importer = new Importer(port, key)
    const empty = await importer.residentMiB()
    say(`groups: making files of ${figure(members)} members`)
    const files = [cardFile(0, members), cardFile(members / 2, members)]
    say('groups: three imports one after the other, nobody asks')
    const alone = [
      await importer.send('card-groups', GROUPS.whitelist, files[0]!),
      await importer.send('card-groups', GROUPS.blacklist, files[0]!),
      await importer.send('customer-groups', GROUPS.customers, customerFile(0, members)),
    ]
    const full = await importer.residentMiB()
    const phases: Phase[] = []
    let turn = 0
    const phase = async (what: string, mix: MixName, importing: boolean) => {
      say(`groups: ${what}, ${clients} clients`)
      const imports: number[] = []
      let isOver = false
      const going = (async () => {
        while (importing && !isOver)
          imports.push(await importer.send('card-groups', GROUPS.whitelist, files[++turn % 2]!))
      })()
      const streams = [{ mix, clients, run: `${mix}${phases.length}` }]
      const [figures] = await load.run({ port, key, warmupSeconds: 2, seconds, streams }).finally(() => (isOver = true))
      await going
      phases.push({ what, figures: figures!, imports })
    }
    let peak = full
    const watching = setInterval(
      () =>
        void importer.residentMiB().then(
          (now) => (peak = Math.max(peak, now)),
          () => undefined,
        ),
      500,
    )
    for (const [mix, name] of [
      ['noOffer', 'query, no offer'],
      ['hot', 'query with offer'],
    ] as const) {
      await phase(name, mix, false)
      await phase(`${name}, while files are imported`, mix, true)
      await phase(name, mix, false)
    }
    clearInterval(watching)
    const set = setFigures(members)
    return [
      `${figure(members)} members a group; imports of ${figure(members)} card numbers one after the other, each with its reload. Durable commits.`,
      phaseTable(phases),
      `Import alone: ${alone.map((one) => figure(one)).join(', ')} s (two card groups, one customer group). ` +
        `In memory ${figure(set.bytesPerMember)} bytes a member; \`has\` ${figure(set.hasUs)} µs, hash included; built at once ${figure(set.buildMs / 1_000)} s. ` +
        `Resident memory of the api: ${figure(empty)} MiB without groups, ${figure(full)} MiB after three imports, at most ${figure(peak)} MiB while they ran.`,
    ].join('\n\n')
  } finally {
    load.stop()
    await api.stop()
  }
}

function phaseTable(phases: readonly Phase[]): string {
  const rows = phases.map(({ what, figures: { perSecond, latencies }, imports }) => [
    what,
    figure(perSecond),
    ms(latencies.p50Us),
    ms(latencies.p99Us),
    ms(latencies.maxUs),
    imports.length === 0 ? '–' : `${imports.length}, ${figure(mean(imports))} s each`,
  ])
  return table(['what', 'per second', 'p50 ms', 'p99 ms', 'max ms', 'imports'], rows)
}

export async function groups(options: GroupsOptions): Promise<Report> {
  return withBed(options.say, async (bed) => ({
    title: 'Large groups: imports beside payments',
    body: await measure(bed, options),
    versions: bed.versions,
  }))
}
