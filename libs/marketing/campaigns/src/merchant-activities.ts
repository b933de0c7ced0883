import type {
  Merchant,
  MerchantActivity,
  MerchantActivityPage,
  MerchantActivityQuery,
  PaymentFacts,
} from '@lijian/contracts/marketing'
import { LijianError } from '@lijian/contracts/system'
import { pageOf } from '@lijian/database'
import { activityDayOf, isBound, namesPlaces, type CompiledOffer } from '@lijian/rules'
import type { Pool } from 'pg'
import type { CampaignUsages } from './usage/usage'

/** What is in the memory of the process: live campaigns, newest versions where none is live, groups. */
export interface ActivitySource {
  current(): { offers: readonly CompiledOffer[] } | undefined
}

type By = MerchantActivity['by']

/** Which activities a merchant takes part in, and what is left of them for it. */
export class MerchantActivities {
  constructor(
    private readonly pool: Pool,
    private readonly source: ActivitySource,
    private readonly usages: Pick<CampaignUsages, 'read'>,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /** By campaign and offer. Throws LijianError not_found. */
  async list(id: string, { after = '', limit, state }: MerchantActivityQuery): Promise<MerchantActivityPage> {
    const { rows } = await this.pool.query<{ document: Merchant }>('SELECT document FROM merchant WHERE id = $1', [id])
    const [row] = rows
    if (row === undefined) throw new LijianError('not_found', `There is no merchant ${id}`)
    const nowMs = this.nowMs()
    const bound = (this.source.current()?.offers ?? [])
      .flatMap((offer) => {
        const by = boundBy(offer, row.document)
        const found = { ref: `${offer.campaign.code}/${offer.code}`, offer, by: by!, state: stateOf(offer, nowMs) }
        return by === undefined || found.ref <= after || (state !== undefined && state !== found.state) ? [] : [found]
      })
      .sort((a, b) => (a.ref < b.ref ? -1 : 1))
    const page = pageOf(bound.slice(0, limit + 1), limit, ({ ref }) => ref)
    const codes = [...new Set(page.rows.map(({ offer }) => offer.campaign.code))]
    const usages = new Map(
      await Promise.all(codes.map(async (code) => [code, await this.usages.read(code, { merchant: id })] as const)),
    )
    return {
      merchant: id,
      hasLeft: row.document.status === 'left',
      asOf: new Date(nowMs).toISOString(),
      activities: page.rows.map(({ offer, by, state: now }) => {
        const limits = usages.get(offer.campaign.code)!.limits.filter(({ offers }) => offers?.includes(offer.code) ?? true) // prettier-ignore
        return { ...told(offer, id), state: now, by, limits }
      }),
      next: page.next,
    }
  }
}

/** Undefined: it never holds at this merchant. */
function boundBy(offer: CompiledOffer, { id, subMerchants = [], mcc, region, country }: Merchant): By | undefined {
  const { test } = offer
  if (test.mccs?.has(mcc ?? '') === false) return undefined
  if (test.countries?.has(country ?? '') === false || test.excludedCountries?.has(country ?? '') === true)
    return undefined
  if (test.regions?.some((prefix) => region?.startsWith(prefix)) === false) return undefined
  if (!namesPlaces(offer)) return 'everyone'
  if (test.merchants?.has(id) === true) return 'merchant'
  if (isBound(offer, { merchant: id } as PaymentFacts)) return 'group'
  return subMerchants.some((shop) => test.subMerchants?.has(shop)) ? 'sub_merchant' : undefined
}

function stateOf(offer: CompiledOffer, nowMs: number): MerchantActivity['state'] {
  if (!offer.approved) return 'waits'
  const day = activityDayOf(offer, nowMs)
  if (day > offer.test.toDay) return 'ended'
  if (offer.suspended) return 'suspended'
  return day < offer.test.fromDay ? 'not_started' : 'live'
}

function told({ campaign, offer, code, kind, test }: CompiledOffer, id: string) {
  const { window } = offer.rule
  const groups = (test.merchantGroups ?? []).filter((group) => group.has({ merchant: id } as PaymentFacts))
  return {
    campaign: campaign.code,
    campaignName: campaign.name,
    offer: code,
    offerName: offer.name,
    kind,
    from: window?.from ?? campaign.from,
    to: window?.to ?? campaign.to,
    groups: groups.length === 0 ? undefined : groups.map(({ key }) => key.slice(key.indexOf('/') + 1)),
  }
}
