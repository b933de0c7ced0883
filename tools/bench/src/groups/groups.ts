import { freePort } from '@lijian/stack'
import { makeCheckerKey, makeKey } from '../data/keys'
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

/** The api under load and the files that are sent to it meanwhile. */
class Run {
  readonly phases: Phase[] = []
  peakMiB = 0
  private turn = 0

  constructor(
    private readonly load: Load,
    private readonly port: number,
    private readonly key: string,
    readonly importer: Importer,
    /** Each has half of the other's members: every import changes the group. */
    readonly files: readonly [Buffer, Buffer],
    private readonly options: GroupsOptions,
  ) {}

  /** One import after the other until it is over; the seconds of each. */
  private async importing(isOver: () => boolean): Promise<number[]> {
    const seconds: number[] = []
    while (!isOver()) {
      seconds.push(await this.importer.send('card-groups', GROUPS.whitelist, this.files[++this.turn % 2]!))
      this.peakMiB = Math.max(this.peakMiB, await this.importer.residentMiB())
    }
    return seconds
  }

  async measure(what: string, mix: MixName, withImports: boolean): Promise<void> {
    const { clients, seconds, say } = this.options
    say(`groups: ${what}, ${clients} clients`)
    let isOver = false
    const imports = withImports ? this.importing(() => isOver) : Promise.resolve([])
    const streams = [{ mix, clients, run: `${mix}${this.phases.length}` }]
    const plan = { port: this.port, key: this.key, warmupSeconds: 2, seconds, streams }
    const [figures] = await this.load.run(plan).finally(() => (isOver = true))
    this.phases.push({ what, figures: figures!, imports: await imports })
  }
}

const MIXES = [
  ['noOffer', 'query, no offer'],
  ['hot', 'query with offer'],
] as const

/** Queries beside imports of a large card group, one import after the other, against the same queries before and after. */
async function measure(bed: Bed, options: GroupsOptions): Promise<string> {
  const { members, say } = options
  const key = await makeKey(bed.databaseUrl)
  await loadCampaign(bed)
  const checkerKey = await makeCheckerKey(bed.databaseUrl, ['campaigns.check', 'read'])
  const port = await freePort()
  const env = apiEnvironment(bed, { port })
  const api = await startApp({ name: 'api', env, port, logDir: bed.dir })
  const load = new Load()
  try {
    say(`groups: making files of ${figure(members)} members`)
    const importer = new Importer(port, api.internalPort!, key, checkerKey)
    const files = [cardFile(0, members), cardFile(members / 2, members)] as const
    const run = new Run(load, port, key, importer, files, options)
    const empty = await importer.residentMiB()
    say('groups: three imports one after the other, nobody asks')
    const alone = [
      await importer.send('card-groups', GROUPS.whitelist, files[0]),
      await importer.send('card-groups', GROUPS.blacklist, files[0]),
      await importer.send('customer-groups', GROUPS.customers, customerFile(0, members)),
    ]
    const full = await importer.residentMiB()
    for (const [mix, name] of MIXES) {
      await run.measure(name, mix, false)
      await run.measure(`${name}, while files are imported`, mix, true)
      await run.measure(name, mix, false)
    }
    const memory = `Resident memory of the api: ${figure(empty)} MiB without groups, ${figure(full)} MiB after three imports, at most ${figure(run.peakMiB)} MiB after those under load.`
    return [
      `${figure(members)} members a group; imports of ${figure(members)} card numbers one after the other, each with its reload. Durable commits.`,
      phaseTable(run.phases),
      `Import alone: ${alone.map(figure).join(', ')} s (two card groups, one customer group). ${setWords(members)} ${memory}`,
    ].join('\n\n')
  } finally {
    load.stop()
    await api.stop()
  }
}

function setWords(members: number): string {
  const { bytesPerMember, hasUs, buildMs } = setFigures(members)
  return `In memory ${figure(bytesPerMember)} bytes a member; \`has\` ${figure(hasUs)} µs, hash included; built at once ${figure(buildMs / 1_000)} s.`
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
