import type { RoutingDocument } from '@lijian/contracts/routing'
import { unsupportedBy } from './cards'
import { compileRouting } from './compile'
import { dailyRoom } from './capacity'
import { rangesOf } from './drill'
import { within } from './hours'
import { routesOf, type RouteOf, type Usable } from './routes-of'
import type { Mid, Pool, Routing } from './types'

export const ROUTING_WARNINGS = [
  'shared_mid',
  'unreachable_mid',
  'hours_gap',
  'amount_gap',
  'no_fallback',
  'card_not_supported',
  'limits_below_last_month',
  'no_route_without_counters',
] as const
export type RoutingWarningCode = (typeof ROUTING_WARNINGS)[number]

/** What is legal and odd. `proof` is data from which the claim can be checked by itself: an amount, a time, a card, the codes compared. */
export interface RoutingWarning {
  code: RoutingWarningCode
  /** `refuse`: the live configuration is not accepted with it. */
  level: 'refuse' | 'warning' | 'info'
  path: string
  message: string
  messageZh: string
  proof: Readonly<Record<string, unknown>>
}

/** What merchants paid last month, in fen, where it is known. */
export type LastMonth = ReadonlyMap<string, number>

const DAYS = 30
/** MIDs or routes named in one warning; how many there are is told. */
const NAMED = 5

/** Warnings of a document that has been parsed, in its order, one for all merchants whose routes have the same fault. */
export function routingWarnings(document: RoutingDocument, lastMonth?: LastMonth): RoutingWarning[] {
  const routing = compileRouting(document, 0)
  const routes = routesOf(routing)
  return [
    ...sharedMids(routing),
    ...unreachable(routing, routes),
    ...together(findingsOf(routing, routes)),
    ...(lastMonth === undefined ? [] : shortPools(routing, routes, lastMonth)),
  ]
}

function sharedMids({ document, pools }: Routing): RoutingWarning[] {
  return document.pools.flatMap(({ code, shared }, i) => {
    const mids = pools.get(code)!.mids.filter(({ allowed }) => allowed === undefined)
    if (shared !== undefined || mids.length === 0) return []
    const named = mids.slice(0, NAMED).map((mid) => mid.code)
    return [
      {
        code: 'shared_mid',
        level: 'refuse',
        path: `pools[${i}].shared`,
        message: `${mids.length} MIDs of pool ${code} have no allowedMerchants (${named.join(', ')}): who has approved that they are shared? Live, "shared" is needed`,
        messageZh: `商户池 ${code} 中 ${mids.length} 个交易号没有 allowedMerchants(${named.join('、')}):共用由谁批准?上线前须填写 "shared"`,
        proof: { pool: code, mids: mids.map((mid) => mid.code) },
      },
    ]
  })
}

function unreachable({ document, mids }: Routing, routes: readonly RouteOf[]): RoutingWarning[] {
  const reached = new Set<Mid>()
  const listed = new Set<Mid>()
  /** Real-name MIDs of which some merchant of theirs has a route to a pool that holds them. */
  const meant = new Set<Mid>()
  const merchantsOf = new Map<Pool, Set<string>>()
  const looked = new Set<readonly Usable[]>()
  for (const { merchant, pools, mids: usable } of routes) {
    for (const pool of pools) {
      const merchants = merchantsOf.get(pool)
      if (merchants === undefined) merchantsOf.set(pool, new Set([merchant]))
      else merchants.add(merchant)
    }
    if (looked.has(usable)) continue
    looked.add(usable)
    for (const { mid, pool } of usable) if (!reached.has(mid) && canServe(mid, pool)) reached.add(mid)
  }
  for (const [pool, merchants] of merchantsOf)
    for (const mid of pool.mids) {
      listed.add(mid)
      for (const merchant of mid.allowed ?? []) if (merchants.has(merchant)) meant.add(mid)
    }
  return document.mids.flatMap(({ code }, i) => {
    const mid = mids.get(code)!
    if (reached.has(mid) || mid.suspended) return []
    const why = !listed.has(mid)
      ? 'no merchant has a route to a pool that holds it'
      : mid.channel.suspended
        ? `its channel ${mid.channel.code} is suspended`
        : mid.allowed !== undefined && !meant.has(mid)
          ? 'none of its allowedMerchants has a route to it'
          : 'its hours or amounts and those of its channel and pool have nothing in common'
    return [
      {
        code: 'unreachable_mid',
        level: 'warning',
        path: `mids[${i}]`,
        message: `No payment can reach MID ${code}: ${why}`,
        messageZh: `没有交易能用到交易号 ${code}:${WHY_ZH[why] ?? `通道 ${mid.channel.code} 已停用`}`,
        proof: { mid: code, channel: mid.channel.code, why },
      },
    ]
  })
}

const WHY_ZH: Readonly<Record<string, string>> = {
  'no merchant has a route to a pool that holds it': '没有商户的路由指向它所在的商户池',
  'none of its allowedMerchants has a route to it': '其 allowedMerchants 中没有商户的路由指向它',
  'its hours or amounts and those of its channel and pool have nothing in common':
    '它与通道、商户池的服务时间或金额范围没有交集',
}

function canServe(mid: Mid, pool: Pool): boolean {
  const hours = within(mid.bothHours, pool.hours)
  const [from, to] = rangeOf(mid, pool)
  // No payment is greater than what a whole day may carry.
  const mostFen = Math.min(...[mid, mid.channel, pool].map(({ dailyFen }) => dailyFen ?? Infinity))
  return (hours === undefined || hours.includes(1)) && from <= Math.min(to, mostFen)
}

/** Amounts per payment that both take, [from, to]. */
const rangeOf = (mid: Mid, pool: Pool): readonly [number, number] => [
  Math.max(mid.lowestFen, pool.minFen, 1),
  Math.min(mid.highestFen, pool.maxFen),
]

type Finding = Omit<RoutingWarning, 'message' | 'messageZh'> & {
  say: string
  sayZh: string
  merchant: string
  route: string
}

function findingsOf({ document }: Routing, routes: readonly RouteOf[]): Finding[] {
  const known = new Map<string, Finding[]>()
  const cards = unsupportedBy(document)
  return routes.flatMap((route) => {
    const { merchant, name, path, shared } = route
    const same = shared === undefined ? undefined : known.get(shared)
    if (same !== undefined) return same.map((finding) => ({ ...finding, merchant, path, route: name }))
    const findings = ofRoute(route, cards)
    if (shared !== undefined) known.set(shared, findings)
    return findings
  })
}

function ofRoute(route: RouteOf, unsupported: ReturnType<typeof unsupportedBy>): Finding[] {
  const findings: Finding[] = []
  const { merchant, path } = route
  const add = (code: RoutingWarningCode, level: 'warning' | 'info', say: string, sayZh: string, proof: object) =>
    findings.push({ code, level, path, say, sayZh, merchant, route: route.name, proof: { ...proof } })
  const serving = route.mids.filter(({ mid, pool }) => canServe(mid, pool))
  const gaps = hourGaps(serving)
  if (gaps.length > 0) {
    const text = gaps.map(([from, to]) => `${from}–${to}`).join(', ')
    add('hours_gap', 'warning', `nobody serves at ${text}`, `以下时段无可用交易号:${text}`, { gaps })
  }
  const amounts = amountGaps(serving)
  if (amounts.length > 0) {
    const text = amounts
      .map(({ fromFen, toFen }) => (toFen === null ? `from ${fromFen} fen on` : `${fromFen} to ${toFen} fen`))
      .join(', ')
    const zh = amounts
      .map(({ fromFen, toFen }) => (toFen === null ? `${fromFen} 分以上` : `${fromFen} 至 ${toFen} 分`))
      .join('、')
    // That there is a greatest amount may be meant.
    add(
      'amount_gap',
      amounts.some(({ toFen }) => toFen !== null) ? 'warning' : 'info',
      `no MID takes ${text}`,
      `没有交易号受理 ${zh}`,
      { gaps: amounts, exampleFen: amounts[0]!.fromFen },
    )
  }
  const channels = new Set(serving.map(({ mid }) => mid.channel))
  const [only] = channels
  if (only !== undefined && channels.size === 1)
    add(
      'no_fallback',
      'warning',
      `everything goes through channel ${only.code}`,
      `全部依赖通道 ${only.code},没有备用`,
      { channel: only.code },
    )
  const cards = unsupported([...channels])
  if (cards.length > 0) {
    const text = cards.map(({ issuer = 'any other bank', cardType }) => `${issuer} ${cardType}`).join(', ')
    add('card_not_supported', 'warning', `no channel takes ${text}`, `没有通道受理:${text}`, { cards })
  }
  const free = serving.some(
    ({ mid, pool }) =>
      [mid, mid.channel, pool].every(({ key }) => key === undefined) &&
      mid.cardDailyCount === undefined &&
      mid.channel.cardDailyCount === undefined,
  )
  if (serving.length > 0 && !free)
    add(
      'no_route_without_counters',
      'info',
      'every MID has a limit of its own, of its pool or of its channel: while PostgreSQL is away there is no route',
      '所有交易号均受限额约束:数据库不可用时无路由',
      {},
    )
  return findings
}

function hourGaps(serving: RouteOf['mids']): [string, string][] {
  const closed = new Uint8Array(1440).fill(1)
  // What MIDs have in common is one object.
  for (const hours of new Set(serving.map(({ mid, pool }) => within(mid.bothHours, pool.hours)))) {
    if (hours === undefined) return []
    for (let minute = 0; minute < 1440; minute++) if (hours[minute] === 1) closed[minute] = 0
  }
  return rangesOf(closed)
}

/** Amounts from 1 fen on that no range has; toFen null: without end. */
function amountGaps(serving: RouteOf['mids']): { fromFen: number; toFen: number | null }[] {
  const ranges = serving.map(({ mid, pool }) => rangeOf(mid, pool)).sort((a, b) => a[0] - b[0])
  const gaps: { fromFen: number; toFen: number | null }[] = []
  let next = 1
  for (const [from, to] of ranges) {
    if (from > next) gaps.push({ fromFen: next, toFen: from - 1 })
    next = Math.max(next, to + 1)
  }
  if (ranges.length > 0 && next !== Infinity) gaps.push({ fromFen: next, toFen: null })
  return gaps
}

/** The same finding of many routes is one warning, at the first of them. */
function together(findings: readonly Finding[]): RoutingWarning[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.code, finding.proof])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [finding])
    else group.push(finding)
  }
  return [...groups.values()].map((group) => {
    const { say, sayZh, merchant, route, proof, ...first } = group[0]!
    const more = group.length - 1
    return {
      ...first,
      message: `${merchant} ${route}${more > 0 ? ` and ${more} more routes` : ''}: ${say}`,
      messageZh: `${merchant} ${route}${more > 0 ? ` 等 ${group.length} 条路由` : ''}:${sayZh}`,
      proof: {
        ...proof,
        routes: group.slice(0, NAMED).map((one) => `${one.merchant} ${one.route}`),
        routeCount: group.length,
      },
    }
  })
}

function shortPools({ document, pools }: Routing, routes: readonly RouteOf[], lastMonth: LastMonth): RoutingWarning[] {
  const firstAt = new Map<Pool, Set<string>>()
  for (const { merchant, pools: order } of routes)
    firstAt.set(order[0]!, (firstAt.get(order[0]!) ?? new Set()).add(merchant))
  return document.pools.flatMap(({ code }, i) => {
    const pool = pools.get(code)!
    const merchants = [...(firstAt.get(pool) ?? [])]
    const monthFen = merchants.reduce((sum, merchant) => sum + (lastMonth.get(merchant) ?? 0), 0)
    const dayFen = dailyRoom(pool)
    if (dayFen === Infinity || dayFen * DAYS >= monthFen) return []
    return [
      {
        code: 'limits_below_last_month',
        level: 'warning',
        path: `pools[${i}]`,
        message: `Pool ${code} can carry ${dayFen} fen a day, ${dayFen * DAYS} in ${DAYS} days; the ${merchants.length} merchants that come to it first had ${monthFen} last month`,
        messageZh: `商户池 ${code} 每日最多 ${dayFen} 分,${DAYS} 天 ${dayFen * DAYS} 分;首选它的 ${merchants.length} 家商户上月交易 ${monthFen} 分`,
        proof: { pool: code, dayFen, days: DAYS, monthFen, merchantCount: merchants.length },
      },
    ]
  })
}
