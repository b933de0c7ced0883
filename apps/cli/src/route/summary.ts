import { clock, KINDS, type Kind, type Load, type RouteReplay, type Routing } from '@lijian/selection'
import { zoneClock } from '@lijian/calendar'
import { amount, count } from '../figures'
import { table } from '../table'

const TOP = 20

/** What a replay came to, as data: amounts in fen, shares in ppm, instants in ISO form. */
export function summaryOf(replay: RouteReplay, routed: number): object {
  const loads = (kind: Kind) =>
    Object.fromEntries(
      [...replay.loads(kind)].map(([code, { amountFen, count: times, costFen, sharePpm, firstFullMs }]) => [
        code,
        {
          amount: amountFen,
          count: times,
          cost: costFen,
          shareOfLimitPpm: sharePpm,
          firstFull: firstFullMs === null ? null : new Date(firstFullMs).toISOString(),
        },
      ]),
    )
  return {
    routed,
    refused: replay.refused,
    refusedBy: Object.fromEntries(replay.refusedBy),
    channels: loads('channel'),
    mids: loads('mid'),
    pools: loads('pool'),
  }
}

const percent = (ppm: number | null): string => (ppm === null ? '-' : `${Math.floor(ppm / 1000) / 10} %`)

/** The same as tables for a terminal; amounts in yuan, the busiest first. */
export function summaryTables(replay: RouteReplay, routing: Routing): string {
  const when = (ms: number | null): string => {
    if (ms === null) return '-'
    const { date, minute } = zoneClock(routing.timeZone).at(ms)
    return `${date} ${clock(minute)}`
  }
  const tables = KINDS.map((kind) => {
    const loads = [...replay.loads(kind)].sort(([, a], [, b]) => b.amountFen - a.amountFen)
    const rows = loads
      .slice(0, TOP)
      .map(([code, load]: [string, Load]) => [
        ...[code, amount(load.amountFen), count(load.count), amount(load.costFen)],
        ...[percent(load.sharePpm), when(load.firstFullMs)],
      ])
    const more = loads.length > TOP ? `\n… and ${loads.length - TOP} more` : ''
    return `${table([kind, '>amount', '>payments', '>cost', '>of its limit', 'first full'], rows)}${more}`
  })
  const refused = [...replay.refusedBy].sort(([, a], [, b]) => b - a).map(([reason, times]) => [reason, count(times)])
  if (refused.length > 0) tables.push(`${table(['payments refused by', '>payments'], refused)}`)
  return `${tables.join('\n\n')}\n`
}
