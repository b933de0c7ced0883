import { isoDate } from '@lijian/calendar'
import type { Campaign, Offer } from '@lijian/contracts/marketing'
import { containsBenefit } from './contains-benefit'
import { containsConditions, type Contained } from './contains-conditions'
import { daysOf, inOneDay, isOpen, lastToLook, minutesOf, passesMidnight } from './days'
import { campaignLimits, concerns, ownLimits } from './limits'
import { info, warning, type Reviewed, type Warning } from './warning'

interface Shadowing {
  wide: Offer
  wideAt: string
  narrow: Offer
  narrowAt: string
}

/** Offers with their places, those of the highest priority first. */
export type Ranked = readonly { offer: Offer; at: string }[]

export const rankedOffers = (campaign: Campaign): Ranked =>
  campaign.offers
    .map((offer, i) => ({ offer, at: `offers[${i}]` }))
    .sort((a, b) => priorityOf(b.offer) - priorityOf(a.offer))

/** An offer that another one of its group, with a higher priority, always comes before; named with the highest that does. */
export function shadowWarnings({ campaign, offer: narrow, at: narrowAt }: Reviewed, ranked: Ranked): Warning[] {
  for (const { offer: wide, at: wideAt } of ranked) {
    if (priorityOf(wide) <= priorityOf(narrow)) break
    if (!sameGroup(wide, narrow)) continue
    const shadowing = { wide, wideAt, narrow, narrowAt }
    const contained = containment(campaign, shadowing)
    if (contained !== undefined) return [shadowed(campaign, shadowing, contained)]
  }
  return []
}

const priorityOf = ({ priority = 0 }: Offer): number => priority
const sameGroup = (a: Offer, b: Offer): boolean => a.kind === b.kind && (a.group ?? a.kind) === (b.group ?? b.kind)

/** Key by key, why the wide offer is a candidate wherever the narrow one is; undefined where that is not proven. */
function containment(campaign: Campaign, { wide, narrow }: Shadowing): Contained[] | undefined {
  // An exclusive offer steps back behind an earlier group, and the other would get its place.
  if (wide.kind === 'amount' && wide.exclusive === true && narrow.exclusive !== true) return undefined
  const benefit = containsBenefit(wide, narrow)
  const conditions = benefit === undefined ? undefined : containsConditions(wide, narrow)
  const window = conditions === undefined ? undefined : containsWindow(campaign, wide, narrow)
  if (benefit === undefined || conditions === undefined || window === undefined) return undefined
  return [...window, ...conditions, { key: 'benefit', because: benefit }]
}

function containsWindow(campaign: Campaign, wide: Offer, narrow: Offer): Contained[] | undefined {
  const hours = containsHours(wide.rule.window?.daily, narrow.rule.window?.daily)
  if (hours === undefined) return undefined
  const [w, n] = [daysOf(campaign, wide), daysOf(campaign, narrow)]
  if (n.to > w.to) return undefined
  const last = lastToLook(n.from, n, w)
  if (last === undefined) return undefined
  let open = 0
  for (let day = n.from; day <= last; day++) {
    if (!isOpen(n, day)) continue
    if (!isOpen(w, day)) return undefined
    open++
  }
  if (open === 0) return undefined
  const because = `all ${open} open days from ${isoDate(n.from)} to ${isoDate(last)} are open${n.to > last ? ', and so every week after' : ''}`
  return [{ key: 'window days', because }, ...(hours === '' ? [] : [{ key: 'window daily', because: hours }])]
}

type Daily = readonly (readonly [string, string])[]

/** Past midnight the activity day hangs on the ranges: there only the same ranges prove anything. */
function containsHours(wide: Daily | undefined, narrow: Daily | undefined): string | undefined {
  const [w, n] = [wide?.map(minutesOf), narrow?.map(minutesOf)]
  if (JSON.stringify(w) === JSON.stringify(n)) return w === undefined ? '' : 'the same ranges'
  if ([...(w ?? []), ...(n ?? [])].some(passesMidnight)) return undefined
  if (w === undefined) return ''
  const open = new Set(w.flatMap(inOneDay).flatMap(({ from, to }) => minutesFrom(from, to)))
  const asked = (n ?? [{ from: 0, to: 1440 }]).flatMap(({ from, to }) => minutesFrom(from, to))
  return asked.every((minute) => open.has(minute)) ? 'every minute of it is open' : undefined
}

const minutesFrom = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

/** What may close the wide offer while the narrow one is still open: its own limits, and what a smaller discount may still fit into. */
function unlessOf(campaign: Campaign, { wide, wideAt, narrow }: Shadowing): { own: string[]; shared: string[] } {
  const shared = campaignLimits(campaign).filter((placed) => concerns(placed, wide))
  const own = [...ownLimits(wide, wideAt), ...shared.filter((placed) => !concerns(placed, narrow))].map(
    ({ path }) => path,
  )
  if (wide.rule.refund?.block !== undefined) own.push(`${wideAt}.rule.refund.block`)
  const rest = shared.filter((placed) => concerns(placed, narrow) && placed.limit.amount !== undefined)
  const prepaid = campaign.paymentMode === 'prepay'
  if (prepaid && fundersOf(campaign, wide) !== fundersOf(campaign, narrow)) own.push(`${wideAt}.funders`)
  return { own, shared: [...rest.map(({ path }) => path), ...(prepaid ? ['paymentMode'] : [])] }
}

const fundersOf = (campaign: Campaign, { funders = campaign.funders }: Offer): string => JSON.stringify(funders)

function shadowed(campaign: Campaign, shadowing: Shadowing, contained: Contained[]): Warning {
  const { wide, narrow, narrowAt } = shadowing
  const { own, shared } = unlessOf(campaign, shadowing)
  const proof = {
    offer: narrow.code,
    priority: priorityOf(narrow),
    behind: wide.code,
    behindPriority: priorityOf(wide),
    contained,
    unless: [...own, ...shared],
  }
  if (own.length > 0) {
    const said = {
      message: `Wherever ${narrow.code} applies, ${wide.code} comes first: it is granted only where ${own.join(', ')} has refused ${wide.code}. Nothing to do if it is meant as the fallback.`,
      messageZh: `凡 ${narrow.code} 适用之处 ${wide.code} 都优先:只有 ${own.join('、')} 拒绝 ${wide.code} 后才轮到它。若本意是兜底则无需处理。`,
    }
    return info('offer_is_fallback', narrowAt, said, proof)
  }
  const left = shared.length > 0
  const said = {
    message: `Wherever ${narrow.code} applies, ${wide.code} comes first: it is never granted${left ? `, except from what ${shared.join(', ')} has left for a smaller discount` : ''}. Raise its priority, narrow ${wide.code}, or drop it.`,
    messageZh: `凡 ${narrow.code} 适用之处 ${wide.code} 都优先,它永远得不到${left ? `(除非 ${shared.join('、')} 的余额只够更小的优惠)` : ''}:请提高其优先级、缩小 ${wide.code} 的条件或删除它。`,
  }
  return warning('offer_shadowed', narrowAt, said, proof)
}
