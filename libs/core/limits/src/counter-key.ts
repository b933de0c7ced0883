/**
 * The grammar of counter keys, and the only place that knows it:
 *
 *     key    = owner "|" values "|" period      a limit; values are joined by commas and may be empty
 *            | owner "|" day                    a daily limit of routing
 *     owner  = campaign ["/" offer] "#" limit | campaign "/" offer "#draw." place | "@funds/" partner | "@route/" kind "/" code
 *
 * Owners and periods are codes, so they hold no "|". Values come from payments and may hold anything.
 * Keys stand in the database and in histories: what `make` once gave, it gives for ever.
 */
export interface CounterKey {
  owner: string
  /** Absent: the key of a day. */
  values?: string
  period: string
}

const SEPARATOR = '|'
const FUNDS = '@funds/'
const ROUTE = '@route/'

export const counterKey = (owner: string, values: string, period: string): string => `${owner}|${values}|${period}`
export const dayCounterKey = (owner: string, day: string): string => `${owner}|${day}`

/** Takes apart what `counterKey` or `dayCounterKey` made. */
export function parseCounterKey(key: string): CounterKey {
  const first = key.indexOf(SEPARATOR)
  if (first < 0) throw new Error(`not a counter key: ${key}`)
  const last = key.lastIndexOf(SEPARATOR)
  const [owner, period] = [key.slice(0, first), key.slice(last + 1)]
  return first === last ? { owner, period } : { owner, values: key.slice(first + 1, last), period }
}

/** What the counter counts for: the id of a limit, a partner's balance, or a part of routing. */
export const counterOwner = (key: string): string => key.slice(0, key.indexOf(SEPARATOR))

/** A partner's prepaid balance is a counter like any other (DESIGN §1.4). */
export const fundsOwner = (partner: string): string => FUNDS + partner
export const fundsKey = (partner: string): string => counterKey(fundsOwner(partner), '', 'total')
export const isFundsKey = (key: string): boolean => key.startsWith(FUNDS)

/** The partner of a balance; of other counters: undefined. */
export const fundsPartner = (key: string): string | undefined =>
  isFundsKey(key) ? counterOwner(key).slice(FUNDS.length) : undefined

export type RouteCounterKind = 'channel' | 'channel-card' | 'mid' | 'mid-card' | 'pool' | 'pool-credit' | 'pool-debit'

/** Without `-…` it is also the name under which that part of routing is suspended (`routeRef` of the contracts). */
export const routeOwner = (kind: RouteCounterKind, code: string): string => `${ROUTE}${kind}/${code}`

const DRAW = '#draw.'

/** The counter of one of a person's draws (decision 0062). */
export const drawOwner = (offer: string, place: number): string => `${offer}${DRAW}${place}`
export const isDrawKey = (key: string): boolean => counterOwner(key).includes(DRAW)

/** Kind and code of a counter of routing; takes an owner, too. */
export function routeCounter(key: string): { kind: RouteCounterKind; code: string } | undefined {
  if (!key.startsWith(ROUTE)) return undefined
  const slash = key.indexOf('/', ROUTE.length)
  const end = key.indexOf(SEPARATOR)
  const code = key.slice(slash + 1, end < 0 ? undefined : end)
  return { kind: key.slice(ROUTE.length, slash) as RouteCounterKind, code }
}
