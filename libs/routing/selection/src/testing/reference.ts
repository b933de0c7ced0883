import type { RoutingDocument } from '@lijian/contracts/routing'
import { codeHash, isProbe, paymentSeed, placeOf } from '../seed'
import type { PoolHealth, RoutePayment } from '../types'

export const KEY = Buffer.alloc(32, 7)

/**
 * DESIGN §5 once more, written plainly and slowly: documents as they are, sums in one record, every MID looked at. What it shares with the code under test is
 * only the draw (seed.ts).
 */
export class Reference {
  readonly sums = new Map<string, { fen: number; count: number }>()
  constructor(private readonly document: RoutingDocument) {}

  private sum = (key: string) => this.sums.get(key) ?? { fen: 0, count: 0 }
  private add(key: string, fen: number): void {
    const { fen: before, count } = this.sum(key)
    this.sums.set(key, { fen: before + fen, count: count + 1 })
  }

  private open(hours: readonly (readonly [string, string])[] | undefined, clock: string): boolean {
    if (hours === undefined) return true
    return hours.some(([from, to]) => (from < to ? from <= clock && clock < to : clock >= from || clock < to))
  }

  private cost(channelCode: string, { issuer, cardType, scheme, amountFen }: RoutePayment): number | undefined {
    const { cards } = this.document.channels.find(({ code }) => code === channelCode)!
    if (cards === undefined) return 0
    const fits = cards.filter(
      (row) =>
        (row.issuer === undefined || row.issuer === issuer) &&
        (row.cardType === undefined || row.cardType === cardType) &&
        (row.scheme === undefined || row.scheme === scheme),
    )
    const score = (row: (typeof cards)[number]) => (row.issuer ? 4 : 0) + (row.cardType ? 2 : 0) + (row.scheme ? 1 : 0)
    const best = fits.sort((a, b) => score(b) - score(a))[0]
    if (best === undefined) return undefined
    const fen = Math.max(Math.floor((amountFen * best.costPpm + 500_000) / 1_000_000), best.costMin ?? 0)
    return best.costMax === undefined ? fen : Math.min(fen, best.costMax)
  }

  route(
    payment: RoutePayment,
    health: (pool: string) => PoolHealth | undefined,
    isOff: (ref: string) => boolean,
  ): { pool: string; mid: string; costFen: number; probe: boolean } | undefined {
    const { document } = this
    const local = new Date(payment.atMs + (document.timeZone === 'UTC' ? 0 : 8 * 3_600_000)).toISOString()
    const [day, clock] = [local.slice(0, 10), local.slice(11, 16)]
    const { amountFen } = payment
    const seed = paymentSeed(KEY, payment.client, payment.serial)
    const fits = (
      kind: 'channel' | 'mid' | 'pool',
      b: RoutingDocument['channels'][number] | RoutingDocument['mids'][number] | RoutingDocument['pools'][number],
    ) =>
      b.status === 'active' &&
      !isOff(`@route/${kind}/${b.code}`) &&
      this.open(b.serviceHours, clock) &&
      amountFen >= (b.perTransaction?.min ?? 0) &&
      amountFen <= (b.perTransaction?.max ?? Infinity)
    const roomIn = (key: string, b: { dailyAmount?: number | undefined; dailyCount?: number | undefined }) =>
      this.sum(key).fen + amountFen <= (b.dailyAmount ?? Infinity) &&
      this.sum(key).count + 1 <= (b.dailyCount ?? Infinity)
    const cardRoom = (key: string, limit: number | undefined) =>
      payment.cardToken === undefined || limit === undefined || this.sum(key).count + 1 <= limit
    const serve = (poolCode: string, probe: boolean) => {
      const pool = document.pools.find(({ code }) => code === poolCode)!
      if (!roomIn(`${day} pool ${poolCode}`, pool)) return undefined
      const mids = pool.mids
        .map((code) => document.mids.find((mid) => mid.code === code)!)
        .filter((mid) => {
          const channel = document.channels.find(({ code }) => code === mid.channel)!
          const region = mid.region?.replace(/(00)+$/, '')
          return (
            fits('mid', mid) &&
            fits('channel', channel) &&
            payment.exclude?.includes(mid.code) !== true &&
            (mid.allowedMerchants?.includes(payment.merchant) ?? true) &&
            (region === undefined || payment.region?.startsWith(region) === true) &&
            (mid.industry === undefined || mid.industry === payment.industry) &&
            this.cost(mid.channel, payment) !== undefined &&
            roomIn(`${day} mid ${mid.code}`, mid) &&
            roomIn(`${day} channel ${mid.channel}`, channel) &&
            cardRoom(`${day} mid ${mid.code} ${payment.cardToken}`, mid.cardDailyCount) &&
            cardRoom(`${day} channel ${mid.channel} ${payment.cardToken}`, channel.cardDailyCount)
          )
        })
      const key = (mid: (typeof mids)[number]) =>
        pool.order === 'random' ? 0 : pool.order === 'cost' ? this.cost(mid.channel, payment)! : -mid.priority
      const best = mids.sort(
        (a, b) => key(a) - key(b) || placeOf(seed, codeHash(a.code)) - placeOf(seed, codeHash(b.code)),
      )[0]
      if (best === undefined) return undefined
      for (const owner of [`pool ${poolCode}`, `mid ${best.code}`, `channel ${best.channel}`])
        this.add(`${day} ${owner}`, amountFen)
      if (payment.cardToken !== undefined)
        for (const owner of [`mid ${best.code}`, `channel ${best.channel}`])
          this.add(`${day} ${owner} ${payment.cardToken}`, 0)
      if (payment.cardType === 'credit' || payment.cardType === 'debit')
        this.add(`${day} ${payment.cardType} ${poolCode}`, amountFen)
      return { pool: poolCode, mid: best.code, costFen: this.cost(best.channel, payment)!, probe }
    }
    const late: string[] = []
    const pools = document.merchants.find(({ merchant }) => merchant === payment.merchant)?.routes[0]!.pools ?? []
    for (const code of pools) {
      const pool = document.pools.find((one) => one.code === code)!
      if (!fits('pool', pool)) continue
      const [credit, debit] = [this.sum(`${day} credit ${code}`).fen, this.sum(`${day} debit ${code}`).fen]
      if (payment.cardType === 'debit' && credit - debit - amountFen < (pool.minCreditMinusDebit ?? -Infinity)) continue
      const sum = credit + debit + amountFen
      if (payment.cardType === 'credit' && pool.maxCreditPpm !== undefined && sum >= (pool.ratioFrom ?? 0))
        if ((credit + amountFen) * 1_000_000 > pool.maxCreditPpm * sum) continue
      const isOut = pool.minSuccess !== undefined && health(code)?.out === true
      if (isOut && !isProbe(seed, codeHash(code))) {
        late.push(code)
        continue
      }
      const found = serve(code, isOut)
      if (found !== undefined) return found
    }
    for (const code of late) {
      const found = serve(code, false)
      if (found !== undefined) return found
    }
    return undefined
  }
}
