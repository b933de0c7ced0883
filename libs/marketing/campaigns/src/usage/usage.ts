import type { Campaign, CampaignUsage, LimitUsage, UsageQuery } from '@lijian/contracts/marketing'
import { counterKey } from '@lijian/limits'
import type { Pool } from 'pg'
import { noCampaign } from '../campaign-rows'
import { countersOf, keyCountsOf, nextHolds, NOTHING, type KeyCounts, type Taken } from './counters'
import { Shared } from './shared'
import { usagePlan, type PlannedLimit, type UsagePlan } from './usage-plan'

/** A hold lives for minutes; keys of a limit are many. */
const HOLDS_KEPT_MS = 5000
const KEYS_KEPT_MS = 60_000
const PLANS_KEPT_MS = 3_600_000

interface Version {
  version: number
  isLive: boolean
}

type Counted = KeyCounts & { asOf: string }

/** What a campaign's limits and budgets have left. Twenty consoles ask every five seconds: an answer is two reads by primary key. */
export class CampaignUsages {
  private readonly plans: Shared<UsagePlan>
  private readonly holds: Shared<Map<string, string>>
  private readonly keys: Shared<Counted>

  constructor(
    private readonly pool: Pool,
    private readonly nowMs: () => number = Date.now,
  ) {
    this.plans = new Shared(PLANS_KEPT_MS, nowMs, 100)
    this.holds = new Shared(HOLDS_KEPT_MS, nowMs)
    this.keys = new Shared(KEYS_KEPT_MS, nowMs)
  }

  /** Throws LijianError not_found. */
  async read(campaign: string, { merchant }: UsageQuery = {}): Promise<CampaignUsage> {
    const { version, isLive } = await this.versionOf(campaign)
    const plan = await this.plans.of(`${campaign}|${version}`, () => this.planOf(campaign, version))
    const nowMs = this.nowMs()
    const places = plan.limits.map((planned) => placeOf(planned, nowMs, merchant))
    const counters = await countersOf(
      this.pool,
      places.flatMap(({ key }) => key ?? []),
    )
    const isHeld = [...counters.values()].some(({ heldCount }) => heldCount > 0)
    const holds = isHeld ? await this.holds.of('', () => nextHolds(this.pool)) : undefined
    const limits: LimitUsage[] = []
    for (const place of places) {
      const taken = place.key === undefined ? undefined : (counters.get(place.key) ?? NOTHING)
      const ends = taken !== undefined && taken.heldCount > 0 ? holds?.get(place.key!) : undefined
      const keys = isPerSomething(place.planned) ? await this.keysOf(place) : undefined
      limits.push({
        ...shown(plan, place),
        ...(taken && measures(place.planned, taken)),
        ...(ends === undefined ? {} : { nextHoldEndsAt: ends }),
        ...(keys && { keys }),
      })
    }
    const { name, currency } = plan
    return { campaign, name, version, live: isLive, currency, asOf: new Date(nowMs).toISOString(), limits }
  }

  private async versionOf(code: string): Promise<Version> {
    const { rows } = await this.pool.query<{ live: number | null; latest: number }>(
      'SELECT live_version AS live, latest_version AS latest FROM campaign WHERE code = $1',
      [code],
    )
    const [row] = rows
    if (row === undefined) throw noCampaign(code)
    return { version: row.live ?? row.latest, isLive: row.live !== null }
  }

  private async planOf(code: string, version: number): Promise<UsagePlan> {
    const { rows } = await this.pool.query<{ document: Campaign }>(
      'SELECT document FROM campaign_version WHERE code = $1 AND version = $2',
      [code, version],
    )
    return usagePlan(rows[0]!.document, version)
  }

  private keysOf({ planned: { limit }, from }: Place): Promise<Counted> {
    const { limitId, limitFen, limitCount } = limit
    return this.keys.of(`${limitId}|${from}|${limitFen}|${limitCount}`, async () => ({
      ...(await keyCountsOf(this.pool, { limitId, period: from, limitFen, limitCount })),
      asOf: new Date(this.nowMs()).toISOString(),
    }))
  }
}

interface Place {
  planned: PlannedLimit
  /** The name of the period in keys. */
  from: string
  until?: string | undefined
  /** Absent: the limit has many counters, and none was asked for. */
  key?: string
}

const isPerSomething = ({ limit }: PlannedLimit): boolean => limit.per.length > 0 || limit.user

function placeOf(planned: PlannedLimit, nowMs: number, merchant: string | undefined): Place {
  const { limit, clock } = planned
  const { start, until } = clock.startOfPeriod(nowMs, limit.period)
  const values = isPerSomething(planned) ? (isPerMerchant(planned) ? merchant : undefined) : ''
  return {
    planned,
    from: start,
    until,
    ...(values === undefined ? {} : { key: counterKey(limit.limitId, values, start) }),
  }
}

const isPerMerchant = ({ limit: { per, user } }: PlannedLimit): boolean =>
  !user && per.length === 1 && per[0] === 'merchant'

const shown = (plan: UsagePlan, { planned: { limit, offers }, from, until }: Place): LimitUsage => ({
  limit: limit.limitId,
  kind: limit.kind,
  ...(offers.length === plan.offers ? {} : { offers }),
  per: limit.user ? [...limit.per, 'user'] : [...limit.per],
  period: limit.period,
  ...(until === undefined ? {} : { from, until }),
  measure: limit.measure,
})

const measures = ({ limit }: PlannedLimit, taken: Taken): Pick<LimitUsage, 'amount' | 'count'> => ({
  amount: measure(limit.limitFen, taken.usedFen, taken.heldFen, taken.overFen),
  count: measure(limit.limitCount, taken.usedCount, taken.heldCount, taken.overCount),
})

const measure = (limit: number | null, used: number, held: number, over: number) => ({
  ...(limit === null ? {} : { limit }),
  ...{ used, held, over },
  ...(limit === null ? {} : { left: Math.max(0, limit - used - held - over) }),
})
