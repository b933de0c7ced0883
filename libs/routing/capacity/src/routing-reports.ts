import { isoDate, zoneClock } from '@lijian/calendar'
import { LijianError } from '@lijian/contracts/system'
import type { ComplianceAnswer, ComplianceQuery, DrillAnswer, DrillQuery } from '@lijian/contracts/routing'
import { readable } from '@lijian/contracts/text'
import { Drill, type Routing } from '@lijian/selection'
import type { Pool } from 'pg'
import { codeOf } from './capacity-limits'
import { CURVE_DAYS } from './capacity-looks'
import type { DocumentThread, LiveRouting, RoutingDocuments } from '@lijian/documents'

/** Merchants between two breaks, in which this process serves others. */
const MERCHANTS_AT_ONCE = 20

/** What operations and auditors ask of the live configuration: the same pure functions as on the command line. */
export class RoutingReports {
  constructor(
    private readonly pool: Pool,
    private readonly live: Pick<LiveRouting, 'current' | 'isSuspended'>,
    private readonly documents: Pick<RoutingDocuments, 'read' | 'versions'>,
    private readonly thread: DocumentThread,
    private readonly now: () => number = Date.now,
  ) {}

  /** Merchants that cannot pay at some hours if the channel stops, by code. Throws LijianError not_found. */
  async drill({ channel, after = '', limit }: DrillQuery): Promise<DrillAnswer> {
    const routing = this.routing()
    if (!routing.channels.has(channel))
      throw new LijianError(
        'not_found',
        `The routing document has no channel ${channel}; it has ${[...routing.channels.keys()].slice(0, 20).join(', ')}${routing.channels.size > 20 ? ', …' : ''}`,
      )
    const drill = new Drill(routing, channel, this.live.isSuspended)
    const all = routing.document.merchants
      .filter(({ merchant }) => merchant > after)
      .sort((a, b) => (a.merchant < b.merchant ? -1 : 1))
    const merchants: DrillAnswer['merchants'] = []
    for (const [i, { merchant, routes }] of all.entries()) {
      if (i % MERCHANTS_AT_ONCE === 0 && i > 0) await new Promise((resolve) => setImmediate(resolve))
      const lines = routes.flatMap(({ method, type }) => drill.of(merchant, method, type))
      if (lines.length === 0) continue
      if (merchants.length === limit)
        return { version: routing.version, channel, merchants, looked: i, next: merchants.at(-1)!.merchant }
      merchants.push({ merchant, routes: lines.map(({ method, type, gaps }) => ({ method, type, gaps })) })
    }
    return { version: routing.version, channel, merchants, looked: all.length }
  }

  /** Throws LijianError not_found without a document. */
  async compliance({ list, after, limit }: ComplianceQuery): Promise<ComplianceAnswer> {
    const routing = this.routing()
    const { day } = zoneClock(routing.timeZone).at(this.now())
    const since = isoDate(day - CURVE_DAYS + 1)
    const taken = await this.taken(isoDate(day))
    const registered = [...new Set([...routing.mids.values()].flatMap(({ allowed }) => [...(allowed ?? [])]))]
    const merchants = await this.merchants(registered)
    const from = after === undefined ? 0 : Number(after)
    const question = { version: routing.version, merchants, taken, list, from, limit }
    const lists =
      (await this.thread.complianceLists(question)) ??
      (await this.thread.complianceLists({
        ...question,
        text: (await this.documents.read(routing.version)).documentText,
      }))
    return {
      version: routing.version,
      since,
      ...lists,
      unknownMerchants: registered.length - merchants.size,
      ...(list === undefined || list === 'versions'
        ? { versions: await this.versions(routing.version, from, limit) }
        : {}),
    }
  }

  private routing(): Routing {
    const routing = this.live.current()
    if (routing === undefined) throw new LijianError('not_found', 'No routing document is stored')
    return routing
  }

  /** What each MID's daily counter took on the days that are kept, today included. */
  private async taken(today: string): Promise<Map<string, { amountFen: number }>> {
    const { rows } = await this.pool.query<{ ref: string; fen: number }>(
      `SELECT c.ref, (c.earlier_fen + coalesce(k.held_fen + k.used_fen + k.over_fen, 0))::float8 AS fen
       FROM route_capacity c LEFT JOIN counter k ON k.key = c.ref || '|' || $1 WHERE c.part = 'mids'`,
      [today],
    )
    return new Map(rows.map(({ ref, fen }) => [codeOf(ref), { amountFen: fen }]))
  }

  private async merchants(ids: readonly string[]): Promise<Map<string, { mcc?: string; region?: string }>> {
    const { rows } = await this.pool.query<{ id: string; mcc: string | null; region: string | null }>(
      `SELECT id, ${readable('document')} ->> 'mcc' AS mcc, ${readable('document')} ->> 'region' AS region FROM merchant WHERE id = ANY ($1::text[])`,
      [ids],
    )
    return new Map(
      rows.map(({ id, mcc, region }) => [
        id,
        { ...(mcc === null ? {} : { mcc }), ...(region === null ? {} : { region }) },
      ]),
    )
  }

  /** Newest first; versions count from 1 without a gap. */
  private async versions(newest: number, from: number, limit: number): Promise<ComplianceAnswer['versions']> {
    const { versions } = await this.documents.versions({ after: String(newest - from + 1), limit })
    const next = from + versions.length < newest ? { next: String(from + versions.length) } : {}
    return { total: newest, items: versions, ...next }
  }
}
