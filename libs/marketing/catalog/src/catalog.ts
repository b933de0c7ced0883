import type { Campaign, FeeSchedule } from '@lijian/contracts/marketing'
import {
  CampaignEntity,
  CampaignVersionEntity,
  dataSource,
  LIMITS,
  steadyClient,
  SuspensionEntity,
  type NewestVersion,
} from '@lijian/database'
import {
  compileCatalog,
  joinOffers,
  type Catalog,
  type CatalogCampaign,
  type CompiledOffer,
  type MerchantGroups,
} from '@lijian/rules'
import { ReadingAgain } from '@lijian/live-config'
import type { Client } from 'pg'
import type { DataSource } from 'typeorm'
import { ClientBounds } from './client-bounds'
import { LiveGroups, type ChangedGroup } from './live-groups'
import { LiveMerchants, type LiveMerchant } from './live-merchants'
import { keepSnapshot, snapshotOf } from './snapshot'

export interface CatalogOptions {
  databaseUrl: string
  drawKey: Buffer
  /** Setting `groups`: the order of amount groups. */
  groupOrder?: readonly string[]
  onError?: (error: unknown) => void
}

const POLL_MS = 1000
/** The members of a large group take a while. */
const READ_WITHIN_MS = 120_000
const LISTENER_MS = 5000

/**
 * The documents in memory: campaigns compiled, merchants, card and customer groups. Read at the start, then again when `config_change` grows
 * (NOTIFY lijian_config, and a poll each second in case a notice was lost). A suspension does not wait for it: admission looks itself.
 */
export class CatalogService {
  private catalog: Catalog | undefined
  private snapshot = ''
  private readonly merchants = new LiveMerchants()
  private readonly groups = new LiveGroups()
  private offers = new Map<string, CompiledOffer>()
  private source: DataSource | undefined
  private listener: Client | undefined
  private lastChange = 0
  private listening: Promise<void> | undefined
  private timer: NodeJS.Timeout | undefined
  private stopped = false
  private readonly reading: ReadingAgain
  /** At which merchants the payments of each client are, and how many offers it may hold. */
  readonly bounds: ClientBounds

  constructor(private readonly options: CatalogOptions) {
    const { onError } = options
    const query: ConstructorParameters<typeof ClientBounds>[0]['query'] = (sql) => this.source!.query(sql)
    this.bounds = new ClientBounds({ query, groups: this.groups.merchants, onError })
    const read = (isCurrent: () => boolean) => this.readChanges(isCurrent)
    this.reading = new ReadingAgain({ read, everyMs: POLL_MS, limitMs: READ_WITHIN_MS, onError })
  }

  /** Since what is in memory was right. */
  get ageMs(): number {
    return this.reading.ageMs
  }

  get isLoaded(): boolean {
    return this.catalog !== undefined
  }

  /** Groups of merchants as they are now. */
  get merchantGroups(): MerchantGroups {
    return this.groups.merchants
  }

  /** Undefined until the first load. */
  current(): Catalog | undefined {
    return this.catalog
  }

  /** Id of the stored snapshot that says what `current()` was made from. */
  get snapshotId(): string {
    return this.snapshot
  }

  merchant(id: string): LiveMerchant | undefined {
    return this.merchants.get(id)
  }

  fees(merchant: string): FeeSchedule | undefined {
    return this.merchants.get(merchant)?.fees
  }

  offer(campaign: string, version: number, code: string): CompiledOffer | undefined {
    return this.offers.get(`${campaign}@${version}/${code}`)
  }

  /**
   * The offers of these documents, approved and not suspended, beside the live ones of other campaigns (`only`: alone). For a dry run: what
   * is in memory stays as it is. Undefined until the first load.
   */
  offersWith(documents: readonly NewestVersion[], only: boolean): readonly CompiledOffer[] | undefined {
    if (this.catalog === undefined) return undefined
    if (documents.length === 0 && !only) return this.catalog.offers
    const compiled = compileCatalog({
      campaigns: documents.map((given) => ({ ...given, approved: true, suspended: false, suspendedOffers: [] })),
      ...this.groupsOf(documents.map(({ document }) => document)),
      drawKey: this.options.drawKey,
    })
    const codes = new Set(documents.map(({ code }) => code))
    const others = only ? [] : this.catalog.offers.filter(({ campaign }) => !codes.has(campaign.code))
    return joinOffers([...others, ...compiled.offers], this.options.groupOrder)
  }

  async start(): Promise<void> {
    this.source = await dataSource(this.options.databaseUrl, { poolSize: 2, limits: LIMITS.reading }).initialize()
    await this.reading.start()
    await this.bounds.start()
    await this.keepListening()
    this.timer = setInterval(() => void this.keepListening(), LISTENER_MS)
    this.timer.unref()
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearInterval(this.timer)
    await this.listener?.end().catch(() => undefined)
    await this.reading.stop()
    await this.bounds.stop()
    await this.source?.destroy()
  }

  /** Reads what has changed since the last time; after it returns, everything committed before the call is in memory. */
  refresh(): Promise<void> {
    return this.reading.refresh()
  }

  /** An older version of a campaign, for a transaction that it decided; kept until the next change of that campaign. */
  async loadVersion(campaign: string, version: number): Promise<void> {
    const row = await this.source!.getRepository(CampaignVersionEntity).findOneByOrFail({ code: campaign, version })
    const compiled = compileCatalog({
      campaigns: [{ document: row.document, version, approved: true, suspended: false, suspendedOffers: [] }],
      ...this.groupsOf([row.document]),
      drawKey: this.options.drawKey,
    })
    for (const offer of compiled.offers) this.offers.set(`${campaign}@${version}/${offer.code}`, offer)
  }

  /** Listens, and asks the listener for a sign of life: one that is dead would be deaf for ever. The look each second does not need it. */
  private keepListening(): Promise<void> {
    const { onError } = this.options
    const keep = () => (this.listener ? this.listener.query('SELECT 1').then(() => undefined) : this.listen())
    return (this.listening ??= keep()
      .catch((error: unknown) => onError?.(error))
      .finally(() => (this.listening = undefined)))
  }

  private async listen(): Promise<void> {
    const listener = steadyClient(this.options.databaseUrl, { name: 'lijian-config' }, LIMITS.polls)
    listener.on('error', () => {
      this.listener = undefined
    })
    listener.on('notification', () => void this.refresh().catch((error: unknown) => this.options.onError?.(error)))
    await listener.connect()
    await listener.query('LISTEN lijian_config')
    if (this.stopped) await listener.end()
    else this.listener = listener
  }

  private async readChanges(isCurrent: () => boolean): Promise<void> {
    const source = this.source!
    const changes = await source.query<{ id: number; kind: string; code: string }[]>(
      'SELECT id, kind, code FROM config_change WHERE id > $1 ORDER BY id',
      [this.lastChange],
    )
    const first = this.catalog === undefined
    if (!first && changes.length === 0) return
    const kinds = new Set(changes.map(({ kind }) => kind))
    await this.merchants.read(source, first ? undefined : changes)
    const groups = await this.readGroups(first, changes)
    if (!isCurrent()) return
    if (first || kinds.has('campaign') || groups?.mustCompile === true)
      await this.compile(isCurrent, () => groups?.apply())
    else groups?.apply()
    if (!isCurrent()) return
    this.lastChange = changes.at(-1)?.id ?? this.lastChange
  }

  private async readGroups(first: boolean, changes: { kind: string; code: string }[]) {
    if (first) return this.groups.read(this.source!)
    const isGroup = (change: { kind: string; code: string }): change is ChangedGroup =>
      change.kind === 'card_group' || change.kind === 'customer_group' || change.kind === 'merchant_group'
    const changed = changes.filter(isGroup)
    return changed.length === 0 ? undefined : this.groups.read(this.source!, changed)
  }

  private groupsOf(documents: readonly Campaign[]) {
    const conditions = documents.flatMap(({ offers }) => offers.map(({ rule }) => rule.conditions ?? {}))
    const tested = conditions.flatMap((c) => [...(c.cardBlacklists ?? []), ...(c.cardWhitelists ?? [])])
    const indexed = conditions.flatMap((c) => c.binGroups ?? [])
    return {
      cardGroups: this.groups.cardGroups({ tested, indexed }),
      customerGroups: this.groups.customerGroups(conditions.flatMap((c) => c.customerGroups ?? [])),
      merchantGroups: this.groups.merchants,
    }
  }

  /** The live version of each campaign, or its newest one (not approved) where none is live, so that "why not" can be answered. */
  private async compile(isCurrent: () => boolean, applyGroups: () => void): Promise<void> {
    const source = this.source!
    const campaigns = await source.getRepository(CampaignEntity).find()
    const versions = await source
      .getRepository(CampaignVersionEntity)
      .createQueryBuilder('v')
      .innerJoin(CampaignEntity, 'c', 'c.code = v.code AND v.version = coalesce(c.live_version, c.latest_version)')
      .getMany()
    const suspended = new Set((await source.getRepository(SuspensionEntity).find()).map(({ ref }) => ref))
    const live = new Map(campaigns.map(({ code, liveVersion }) => [code, liveVersion]))
    const inForce = versions.map(({ code, version, document }): CatalogCampaign => ({
      document,
      version,
      approved: live.get(code) === version,
      suspended: suspended.has(code),
      suspendedOffers: document.offers.map((offer) => offer.code).filter((offer) => suspended.has(`${code}/${offer}`)),
    }))
    const snapshot = snapshotOf(inForce, this.options.groupOrder ?? [], this.options.drawKey)
    if (snapshot.id !== this.snapshot) await keepSnapshot(source, snapshot)
    if (!isCurrent()) return
    // From here on nothing is waited for: groups and offers change together.
    this.snapshot = snapshot.id
    applyGroups()
    this.catalog = compileCatalog({
      campaigns: inForce,
      ...this.groupsOf(versions.map(({ document }) => document)),
      groupOrder: this.options.groupOrder,
      drawKey: this.options.drawKey,
    })
    this.offers = new Map(
      this.catalog.offers.map((offer) => [`${offer.campaign.code}@${offer.version}/${offer.code}`, offer]),
    )
  }
}
