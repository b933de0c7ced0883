import type { z } from 'zod'
import { toldFaults, type FieldError } from '../system/errors'
import { fieldErrors } from '../system/field-errors'
import { list, object, text, whole } from '../system/loose'
import { routingShape, type RoutingDocument } from './routing'
import { isTimeZone } from '../system/time-zone'

export type ParsedRouting = { ok: true; routing: RoutingDocument } | { ok: false; errors: FieldError[] }

/** A routing document at the border: the parsed document, or its errors at once, each with its path, what was expected and what was found. */
export function parseRouting(json: unknown): ParsedRouting {
  const parsed = routingShape.safeParse(json)
  const shape: readonly z.core.$ZodIssue[] = parsed.success ? [] : parsed.error.issues
  const errors = [...fieldErrors(shape, json, { showFound: true }), ...crossErrors(object(json))]
  if (!parsed.success || errors.length > 0) return { ok: false, errors: toldFaults(errors) }
  const { $schema: _, ...routing } = parsed.data
  return { ok: true, routing }
}

type Loose = Record<string, unknown>

function crossErrors(document: Loose): FieldError[] {
  const zone = text(document.timeZone)
  const channels = list(document.channels).map(object)
  const mids = list(document.mids).map(object)
  const pools = list(document.pools).map(object)
  const merchants = list(document.merchants).map(object)
  const known = { channels: codesOf(channels), mids: codesOf(mids), pools: codesOf(pools) }
  return [
    ...(zone === undefined || isTimeZone(zone)
      ? []
      : [{ path: 'timeZone', message: `expected a time zone such as "Asia/Shanghai", found "${zone}"` }]),
    ...twice(channels, 'code', 'channels', 'channel'),
    ...twice(mids, 'code', 'mids', 'MID'),
    ...twice(pools, 'code', 'pools', 'pool'),
    ...twice(merchants, 'merchant', 'merchants', 'merchant'),
    ...channels.flatMap((one, i) => [
      ...boundErrors(one, `channels[${i}]`),
      ...cardErrors(one, `channels[${i}].cards`),
    ]),
    ...mids.flatMap((one, i) => [
      ...boundErrors(one, `mids[${i}]`),
      ...unknown(one.channel, known.channels, `mids[${i}].channel`, 'a channel of this document'),
      ...repeated(list(one.allowedMerchants), `mids[${i}].allowedMerchants`),
    ]),
    ...pools.flatMap((one, i) => poolErrors(one, `pools[${i}]`, known.mids)),
    ...merchants.flatMap((one, i) => routeErrors(list(one.routes).map(object), `merchants[${i}].routes`, known.pools)),
    ...thresholdErrors(list(object(document.cardUsage).thresholds).map(object)),
  ]
}

const codesOf = (entries: Loose[]): ReadonlySet<string> => new Set(entries.flatMap((entry) => text(entry.code) ?? []))

function twice(entries: Loose[], key: string, path: string, what: string): FieldError[] {
  const seen = new Map<string, number>()
  return entries.flatMap((entry, i) => {
    const value = text(entry[key])
    if (value === undefined) return []
    const first = seen.get(value)
    if (first === undefined) {
      seen.set(value, i)
      return []
    }
    return [
      { path: `${path}[${i}].${key}`, message: `expected each ${what} once, found ${value} at ${path}[${first}] too` },
    ]
  })
}

function unknown(value: unknown, known: ReadonlySet<string>, path: string, expected: string): FieldError[] {
  const found = text(value)
  return found === undefined || known.has(found) ? [] : [{ path, message: `expected ${expected}, found "${found}"` }]
}

function repeated(values: unknown[], path: string): FieldError[] {
  const seen = new Set<unknown>()
  return values.flatMap((value, i) => {
    if (!seen.has(value)) {
      seen.add(value)
      return []
    }
    return [{ path: `${path}[${i}]`, message: `expected each once, found ${JSON.stringify(value)} again` }]
  })
}

function poolErrors(pool: Loose, at: string, mids: ReadonlySet<string>): FieldError[] {
  const success = object(pool.minSuccess)
  const [window, samples] = [whole(success.window), whole(success.minSamples)]
  return [
    ...boundErrors(pool, at),
    ...list(pool.mids).flatMap((mid, i) => unknown(mid, mids, `${at}.mids[${i}]`, 'a MID of this document')),
    ...repeated(list(pool.mids), `${at}.mids`),
    ...(window !== undefined && samples !== undefined && samples > window
      ? [{ path: `${at}.minSuccess.minSamples`, message: `expected at most window (${window}), found ${samples}` }]
      : []),
    ...('ratioFrom' in pool && !('maxCreditPpm' in pool)
      ? [{ path: `${at}.ratioFrom`, message: 'expected only beside maxCreditPpm' }]
      : []),
  ]
}

function routeErrors(routes: Loose[], at: string, pools: ReadonlySet<string>): FieldError[] {
  const seen = new Map<string, number>()
  return routes.flatMap((route, i) => {
    const key = `${text(route.method)} ${text(route.type)}`
    const first = seen.get(key)
    if (first === undefined) seen.set(key, i)
    return [
      ...(first === undefined
        ? []
        : [
            { path: `${at}[${i}]`, message: `expected each method and type once, found ${key} at ${at}[${first}] too` },
          ]),
      ...list(route.pools).flatMap((pool, n) =>
        unknown(pool, pools, `${at}[${i}].pools[${n}]`, 'a pool of this document'),
      ),
      ...repeated(list(route.pools), `${at}[${i}].pools`),
    ]
  })
}

function boundErrors(entry: Loose, at: string): FieldError[] {
  const range = object(entry.perTransaction)
  const [min, max] = [whole(range.min), whole(range.max)]
  return [
    ...(min !== undefined && max !== undefined && min > max
      ? [{ path: `${at}.perTransaction.max`, message: `expected at least min (${min}), found ${max}` }]
      : []),
    ...hourErrors(list(entry.serviceHours), `${at}.serviceHours`),
  ]
}

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** A range that ends before it starts passes midnight; no minute may stand in two ranges, and none may be empty. */
function hourErrors(ranges: unknown[], at: string): FieldError[] {
  // Index of the range that has a minute, -1: none. One range alone meets no other.
  const owner = ranges.length > 1 ? new Int8Array(1440).fill(-1) : undefined
  return ranges.flatMap((range, i) => {
    const [start, end] = list(range).map(text)
    if (start === undefined || end === undefined || !/^\d\d:\d\d$/.test(start) || !/^\d\d:\d\d$/.test(end)) return []
    if (start === end || start === '24:00')
      return [{ path: `${at}[${i}]`, message: `expected an end after the start, found ${start} to ${end}` }]
    if (owner === undefined) return []
    let other: number | undefined
    const [from, to] = [minutes(start), minutes(end)]
    for (let minute = from; minute < (to > from ? to : to + 1440); minute++) {
      const of = owner[minute % 1440]!
      if (of >= 0) other ??= of
      else owner[minute % 1440] = i
    }
    return other === undefined
      ? []
      : [{ path: `${at}[${i}]`, message: `expected ranges that do not overlap, found one that meets ${at}[${other}]` }]
  })
}

function cardErrors(channel: Loose, at: string): FieldError[] {
  const seen = new Map<string, number>()
  return list(channel.cards).flatMap((card, i) => {
    const row = object(card)
    const key = JSON.stringify([row.issuer, row.cardType, row.scheme])
    const first = seen.get(key)
    if (first === undefined) seen.set(key, i)
    const [min, max] = [whole(row.costMin), whole(row.costMax)]
    return [
      ...(first === undefined
        ? []
        : [
            {
              path: `${at}[${i}]`,
              message: `expected each issuer, card type and scheme once, found those of ${at}[${first}]`,
            },
          ]),
      ...(min !== undefined && max !== undefined && min > max
        ? [{ path: `${at}[${i}].costMax`, message: `expected at least costMin (${min}), found ${max}` }]
        : []),
    ]
  })
}

function thresholdErrors(thresholds: Loose[]): FieldError[] {
  const seen = new Map<unknown, number>()
  return thresholds.flatMap(({ scheme, month, day }, i) => {
    const path = `cardUsage.thresholds[${i}]`
    const first = seen.get(scheme)
    if (first === undefined) seen.set(scheme, i)
    return [
      ...(first === undefined
        ? []
        : [{ path, message: `expected each scheme once, found that of cardUsage.thresholds[${first}]` }]),
      ...(month === undefined && day === undefined ? [{ path, message: 'expected "month", "day" or both' }] : []),
    ]
  })
}
