import { regionPrefix } from '@lijian/contracts/marketing'
import type { ChannelCards, RoutingChannel, RoutingDocument, RoutingMid, RoutingPool } from '@lijian/contracts/routing'
import { routeOwner } from '@lijian/limits'
import { DEFAULT_CARD_USAGE } from './card-usage'
import { HoursBook, within } from './hours'
import { codeHash } from './seed'
import { DayKey, type Bounds, type CardSupport, type Channel, type Mid, type Pool, type Routing } from './types'

type BoundsDocument = Pick<
  RoutingChannel,
  'code' | 'status' | 'dailyAmount' | 'dailyCount' | 'perTransaction' | 'serviceHours'
>

/** Once per version of the document, which has been parsed. `version` counts for the limits of its counters: a newer one wins. */
export function compileRouting(document: RoutingDocument, version: number): Routing {
  const hours = new HoursBook()
  const channels = new Map(document.channels.map((channel, i) => [channel.code, channelOf(channel, i, hours)]))
  const mids = new Map(document.mids.map((mid) => [mid.code, midOf(mid, channels.get(mid.channel)!, hours)]))
  const pools = new Map(
    document.pools.map((pool) => [
      pool.code,
      poolOf(
        pool,
        pool.mids.map((code) => mids.get(code)!),
        hours,
      ),
    ]),
  )
  const routes = new Map(
    document.merchants.map(({ merchant, routes: list }) => [
      merchant,
      list.map(({ method, type, pools: codes }) => ({ method, type, pools: codes.map((code) => pools.get(code)!) })),
    ]),
  )
  const { timeZone } = document
  return {
    version,
    document,
    timeZone,
    channels,
    mids,
    pools,
    cardUsage: document.cardUsage ?? DEFAULT_CARD_USAGE,
    // A merchant has a handful: looking through them is quicker than putting a key together.
    poolsOf: (merchant, method, type) =>
      routes.get(merchant)?.find((route) => route.method === method && route.type === type)?.pools,
  }
}

function boundsOf(kind: 'channel' | 'mid' | 'pool', entry: BoundsDocument, hours: HoursBook): Bounds {
  const { code, status, dailyAmount, dailyCount, perTransaction, serviceHours } = entry
  const ref = routeOwner(kind, code)
  const counted = dailyAmount !== undefined || dailyCount !== undefined
  return {
    code,
    suspended: status === 'suspended',
    ref,
    minFen: perTransaction?.min ?? 0,
    maxFen: perTransaction?.max ?? Infinity,
    hours: serviceHours && hours.of(serviceHours),
    dailyFen: dailyAmount ?? null,
    dailyCount: dailyCount ?? null,
    key: counted ? new DayKey(ref) : undefined,
  }
}

const channelOf = (channel: RoutingChannel, index: number, hours: HoursBook): Channel => ({
  ...boundsOf('channel', channel, hours),
  index,
  cards: channel.cards?.map(supportOf),
  cardDailyCount: channel.cardDailyCount,
})

const supportOf = ({ issuer, cardType, scheme, costPpm, costMin, costMax }: ChannelCards): CardSupport => ({
  issuer,
  cardType,
  scheme,
  costPpm,
  costMinFen: costMin ?? 0,
  costMaxFen: costMax ?? Infinity,
})

/** Written out: with a spread, one of two hundred thousand MIDs costs several times as much. */
function midOf(mid: RoutingMid, channel: Channel, hours: HoursBook): Mid {
  const { code, suspended, ref, minFen, maxFen, hours: own, dailyFen, dailyCount, key } = boundsOf('mid', mid, hours)
  return {
    code,
    suspended,
    ref,
    minFen,
    maxFen,
    hours: own,
    dailyFen,
    dailyCount,
    key,
    channel,
    secretRef: mid.secretRef,
    region: mid.region === undefined ? undefined : regionPrefix(mid.region),
    industry: mid.industry,
    allowed: mid.allowedMerchants && new Set(mid.allowedMerchants),
    cardDailyCount: mid.cardDailyCount,
    priority: mid.priority,
    hash: codeHash(mid.code),
    lowestFen: Math.max(minFen, channel.minFen),
    highestFen: Math.min(maxFen, channel.maxFen),
    bothHours: within(own, channel.hours),
  }
}

function poolOf(pool: RoutingPool, mids: Mid[], hours: HoursBook): Pool {
  const { code, order, minSuccess, minCreditMinusDebit, maxCreditPpm, ratioFrom } = pool
  return {
    ...boundsOf('pool', pool, hours),
    // Greater priority first; within one priority the draw decides.
    mids: order === 'priority' ? mids.toSorted((a, b) => b.priority - a.priority) : mids,
    order,
    minSuccess,
    minCreditMinusDebitFen: minCreditMinusDebit,
    maxCreditPpm,
    ratioFromFen: ratioFrom ?? 0,
    creditKey: new DayKey(routeOwner('pool-credit', code)),
    debitKey: new DayKey(routeOwner('pool-debit', code)),
    hash: codeHash(code),
    byMerchant: new Map(),
  }
}
