import type { BatchView } from '@lijian/admission'
import type { CardUsageAnswer } from '@lijian/contracts/routing'
import { zoneClock } from '@lijian/calendar'
import type { OverRule, RouteAttempt, RouteRow } from '@lijian/database'
import { usageAnswer, usagePlaces, type Routing, type UsagePlace } from '@lijian/selection'
import type { Pool } from 'pg'

/** Parents of a merchant, nearest first. */
export type ParentsOf = (merchant: string) => string[]

/** Deeper than any institution's tree, and an end for documents that name each other. */
const PARENTS_MAX = 8

/** Follows `parent` of merchants' documents upwards; each once. */
export function parentsOf(merchant: (id: string) => { parent?: string } | undefined): ParentsOf {
  return (id) => {
    const parents: string[] = []
    for (let at = merchant(id)?.parent; at !== undefined && parents.length < PARENTS_MAX; at = merchant(at)?.parent) {
      if (at === id || parents.includes(at)) break
      parents.push(at)
    }
    return parents
  }
}

/** One card at one merchant on the day of a payment. */
export interface CardAt {
  merchant: string
  parents: string[]
  scheme: string | undefined
  cardToken: string
  /** Under earlier token keys: their counts of a period go on. */
  earlier?: readonly string[] | undefined
  day: string
}

/** The card of a payment; undefined: unknown. */
export function cardAt(
  { merchant, record: { facts, learnt } }: { merchant: string; record: Pick<RouteRow['record'], 'facts' | 'learnt'> },
  atMs: number,
  routing: Routing,
  parents: ParentsOf,
): CardAt | undefined {
  const cardToken = facts.cardToken ?? learnt?.cardToken
  if (cardToken === undefined) return undefined
  return {
    merchant,
    parents: parents(merchant),
    cardToken,
    earlier: facts.cardToken === undefined ? learnt?.earlier : facts.earlier,
    scheme: facts.scheme ?? learnt?.scheme,
    day: zoneClock(routing.timeZone).at(atMs).date,
  }
}

/** What an answer says of a card's payments, once its batch is committed. */
export type UsageAnswered = (usages: readonly number[]) => CardUsageAnswer
const NOTHING_TO_SAY: UsageAnswered = () => ({})

/** Asks in the same round trip how often this card has paid. */
export const askUsage = (view: BatchView, routing: Routing, card: CardAt | undefined): UsageAnswered =>
  card === undefined ? NOTHING_TO_SAY : through(view, routing, card, 0)

/** A payment of this card has succeeded. Above the threshold the statement itself stops the merchant's method (sql/count_card_usage.sql). */
export const countUsage = (view: BatchView, routing: Routing, card: CardAt, method: string): UsageAnswered =>
  through(view, routing, card, 1, method)

const tokensOf = ({ cardToken, earlier = [] }: CardAt): string[] => [cardToken, ...earlier]

function through(view: BatchView, routing: Routing, card: CardAt, add: number, method?: string): UsageAnswered {
  const { cardUsage: policy } = routing
  const places = usagePlaces(policy, card)
  const seen = places.map((place) => {
    const { of: kind, code: holder, period } = place
    const over = method === undefined ? undefined : overRule(routing, card, place, method)
    const tokens = tokensOf(card)
    // The oldest one has counted the whole period: by it alone the card goes over, once.
    const counts = tokens.map((cardToken, i) =>
      view.countUsage({ kind, holder, period, cardToken, add, ...(over && i === tokens.length - 1 && { over }) }),
    )
    return (usages: readonly number[]) => Math.max(...counts.map((count) => count(usages)))
  })
  return (usages) =>
    usageAnswer(
      policy,
      places,
      seen.map((count) => count(usages)),
    )
}

/** Only at the merchant itself: a parent has no method that could be stopped. */
function overRule(
  { cardUsage: { cardsOver, remindHours } }: Routing,
  { parents, scheme }: CardAt,
  { of, threshold }: UsagePlace,
  method: string,
): OverRule | undefined {
  if (of !== 'merchant' || threshold === undefined) return undefined
  return { threshold, cardsOver, remindHours, ...(scheme === undefined ? {} : { scheme }), methods: [method], parents }
}

/** How often the card of a stored payment has paid by now. */
export async function readUsage(
  pool: Pick<Pool, 'query'>,
  row: RouteRow,
  routing: Routing | undefined,
  parents: ParentsOf,
): Promise<CardUsageAnswer> {
  const card = routing && cardAt(row, lastAtMs(row.attempts, row.createdAt), routing, parents)
  if (card === undefined) return {}
  const places = usagePlaces(routing!.cardUsage, card)
  const { rows } = await pool.query<{ count: number }>(
    `SELECT coalesce((
       SELECT max(u.count) FROM card_usage u
       WHERE u.kind = a.kind AND u.holder = a.holder AND u.period = a.period AND u.card_token = ANY ($4::text[])), 0) AS count
     FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS a (kind, holder, period, n)
     ORDER BY a.n`,
    [places.map(({ of }) => of), places.map(({ code }) => code), places.map(({ period }) => period), tokensOf(card)],
  )
  return usageAnswer(
    routing!.cardUsage,
    places,
    rows.map(({ count }) => count),
  )
}

const lastAtMs = (attempts: readonly RouteAttempt[], createdAt: string): number =>
  Date.parse(attempts.at(-1)?.at ?? createdAt)
