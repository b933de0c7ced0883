import type { ReportParameters } from '@lijian/contracts/finance'
import type { ReportRow } from '../definition'
import { givenBy, sumOf, type World, type WorldEvent, type WorldOffer } from './payment-world'

/** The figures of payments, counted one by one from what happened in a world: what the SQL is held against. */
const isReturn = ({ event }: WorldEvent) => event === 'void' || event === 'reversal' || event === 'refund'

interface Part {
  offer: WorldOffer
  fen: number
}
/** An event with what it gave of what is asked for. */
interface Seen extends WorldEvent {
  parts: Part[]
}

export function asked(
  { events }: World,
  { partner, campaign, offer, merchant, method, currency }: ReportParameters,
): Seen[] {
  const free = partner === undefined && campaign === undefined && offer === undefined
  return events.flatMap((event): Seen[] => {
    if (merchant !== undefined && event.merchant !== merchant) return []
    if (method !== undefined && event.method !== method) return []
    if (currency !== undefined && event.currency !== currency) return []
    const parts = event.offers
      .filter(
        (one) => (campaign === undefined || one.campaign === campaign) && (offer === undefined || one.code === offer),
      )
      .map((one) => ({
        ...one,
        funders: one.funders.filter((funder) => partner === undefined || funder.partner === partner),
      }))
      .filter(({ funders }) => funders.length > 0)
      .map((one) => ({ offer: one, fen: givenBy(one) }))
    return free || parts.length > 0 ? [{ ...event, parts }] : []
  })
}

export const inRange = ({ date }: WorldEvent, { from, to }: { from: string; to: string }): boolean =>
  date >= from && date <= to

const gives = (parts: readonly Part[], want: (offer: WorldOffer) => boolean): number =>
  sumOf(parts.filter(({ offer }) => want(offer)).map(({ fen }) => fen))
const isDiscount = ({ kind, delivery }: WorldOffer) => kind === 'amount' && delivery === 'instant'
const isRebate = ({ kind, delivery }: WorldOffer) => kind === 'amount' && delivery === 'rebate'
const isFee = ({ kind }: WorldOffer) => kind === 'fee'
const every = () => true

export function figuresOf(seen: readonly Seen[]): Record<string, number> {
  const captured = seen.filter(({ event }) => event === 'capture')
  const returned = seen.filter(isReturn)
  const failed = seen.filter(({ event }) => event === 'failed')
  const unfunded = seen.filter(({ event }) => event === 'unfunded')
  const amount = (of: readonly Seen[]) => sumOf(of.map(({ amountFen }) => amountFen))
  const given = (of: readonly Seen[], want: (offer: WorldOffer) => boolean) =>
    sumOf(of.map(({ parts }) => gives(parts, want)))
  const net = (want: (offer: WorldOffer) => boolean) => given(captured, want) - given(returned, want)
  return {
    payments: captured.length,
    amount: amount(captured),
    discount: given(captured, isDiscount),
    fee_saved: given(captured, isFee),
    rebate: given(captured, isRebate),
    undone: returned.filter(({ event }) => event !== 'refund').length,
    refunds: returned.filter(({ event }) => event === 'refund').length,
    returned: amount(returned),
    gifts_returned: given(returned, every),
    net: net(every),
    prepaid: net(({ mode }) => mode === 'prepay'),
    collectable: net(({ mode }) => mode === 'postpay'),
    failed: failed.length,
    failed_amount: amount(failed),
    unfunded: unfunded.length,
    unfunded_amount: amount(unfunded),
    unfunded_gifts: given(unfunded, every),
  }
}

/** Groups by columns of the event and of its parts; an event stands once in each group, with its parts of that group. */
export function grouped(seen: readonly Seen[], by: readonly string[]): { key: Record<string, string>; seen: Seen[] }[] {
  const found = new Map<string, { key: Record<string, string>; seen: Seen[] }>()
  for (const one of seen) {
    const ofEvent = new Map<string, { key: Record<string, string>; parts: Part[] }>()
    const ofOffers = by.some((name) => ['campaign', 'offer', 'partner'].includes(name))
    const parts: (Part & { partner?: string })[] = by.includes('partner')
      ? one.parts.flatMap(({ offer }) => offer.funders.map(({ partner, fen }) => ({ offer, fen, partner })))
      : one.parts
    for (const part of ofOffers ? parts : [undefined]) {
      const values: Record<string, string | undefined> = {
        ...{ date: one.date, merchant: one.merchant, method: one.method, currency: one.currency },
        ...{ campaign: part?.offer.campaign, offer: part?.offer.code, partner: part?.partner },
      }
      const key = Object.fromEntries(by.map((name) => [name, values[name]!]))
      const group = ofEvent.get(JSON.stringify(key)) ?? { key, parts: [] }
      group.parts.push(...(part === undefined ? one.parts : [part]))
      ofEvent.set(JSON.stringify(key), group)
    }
    for (const [name, { key, parts: its }] of ofEvent) {
      const group = found.get(name) ?? { key, seen: [] }
      group.seen.push({ ...one, parts: its })
      found.set(name, group)
    }
  }
  return [...found.values()]
}

/** Bytes decide. */
export const inOrder = (rows: readonly ReportRow[], keys: readonly string[]): ReportRow[] =>
  [...rows].sort((a, b) => {
    for (const key of keys) {
      const [x, y] = [a[key]!, b[key]!]
      if (x !== y)
        return typeof x === 'number' ? x - Number(y) : Buffer.compare(Buffer.from(String(x)), Buffer.from(String(y)))
    }
    return 0
  })

export const distinct = (values: readonly string[]): number => new Set(values).size
