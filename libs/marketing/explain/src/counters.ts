import type { ExplainedCounter, Refusal, Said } from '@lijian/contracts/marketing'
import { asSeen, counterOwner, parseCounterKey, type SeenCounters } from '@lijian/limits'
import type { Charge, PaymentFacts } from '@lijian/rules'
import { list, localTime, money, say } from './said'

type Use = Pick<
  ExplainedCounter,
  'limitAmount' | 'usedAmount' | 'heldAmount' | 'limitCount' | 'usedCount' | 'heldCount' | 'until'
>

/** Of the limit's campaign. */
type Shown = { timeZone: string; currency: string }

/** Limit, used, held and until when. */
export function saidOfUse(use: Use, { timeZone, currency }: Shown): { found: string; expected: string; text: Said } {
  const found: string[] = []
  const expected: string[] = []
  const en: string[] = []
  const zh: string[] = []
  if (use.limitCount !== undefined) {
    const { usedCount = 0, heldCount = 0, limitCount } = use
    found.push(`${usedCount + heldCount}`)
    expected.push(`< ${limitCount}`)
    en.push(`${usedCount} used and ${heldCount} held of ${limitCount} uses`)
    zh.push(`${limitCount} 次中已用 ${usedCount} 次、占用 ${heldCount} 次`)
  }
  if (use.limitAmount !== undefined) {
    const { usedAmount = 0, heldAmount = 0, limitAmount } = use
    found.push(money(usedAmount + heldAmount, currency))
    expected.push(`≤ ${money(limitAmount, currency)}`)
    en.push(
      `${money(usedAmount, currency)} used and ${money(heldAmount, currency)} held of ${money(limitAmount, currency)}`,
    )
    zh.push(
      `${money(limitAmount, currency)} 中已用 ${money(usedAmount, currency)}、占用 ${money(heldAmount, currency)}`,
    )
  }
  if (use.until !== undefined) {
    const until = localTime(Date.parse(use.until), timeZone)
    en.push(`until ${until}`)
    zh.push(`至 ${until}`)
  }
  return { found: found.join('; '), expected: expected.join('; '), text: say(en.join(', '), zh.join(',')) }
}

/** What one granted offer took from one counter, and what stood there before. */
export function counterOf(charge: Charge, seen: SeenCounters | undefined): ExplainedCounter {
  const state = asSeen(seen)(charge.key)
  // A limit kept with the counter is not the document's: a newer version's, or a balance's own.
  const own = state?.limitVersion === Infinity
  const limitFen = own ? state.limitFen : charge.limitFen
  const limitCount = own ? state.limitCount : charge.limitCount
  return {
    limit: charge.limitId,
    kind: charge.kind === 'block' || charge.kind === 'draw' ? 'limit' : charge.kind,
    ...identityIn(charge.key),
    measure: charge.measure,
    known: state !== undefined,
    ...(limitFen === null ? {} : { limitAmount: limitFen }),
    ...(limitCount === null ? {} : { limitCount }),
    ...(state === undefined || limitFen === null ? {} : { usedAmount: state.usedFen, heldAmount: state.heldFen }),
    ...(state === undefined || limitCount === null ? {} : { usedCount: state.usedCount, heldCount: state.heldCount }),
    takesAmount: charge.fen,
    takesCount: charge.count,
    ...(charge.until === undefined ? {} : { until: charge.until }),
  }
}

export function saidOfCounter(counter: ExplainedCounter, shown: Shown): Said {
  const { en, 'zh-CN': zh } = saidOfUse(counter, shown).text
  const takes = money(counter.takesAmount ?? 0, shown.currency)
  const by = counter.identity === undefined ? ['', ''] : [` (by ${counter.identity})`, `(按 ${counter.identity})`]
  if (!counter.known) {
    // What stood on it is not known, and not said; what it allows is.
    const allows = list([
      ...(counter.limitCount === undefined ? [] : [`${counter.limitCount} ×`]),
      ...(counter.limitAmount === undefined ? [] : [money(counter.limitAmount, shown.currency)]),
      ...(counter.until === undefined ? [] : [`→ ${localTime(Date.parse(counter.until), shown.timeZone)}`]),
    ])
    return say(
      `limit ${counter.limit}${by[0]} (${allows}): it took ${takes}; not looked up before, the database found room for it`,
      `限额 ${counter.limit}${by[1]}(${allows}):本次占用 ${takes};事先未查询,由数据库在写入时确认余量`,
    )
  }
  return say(
    `limit ${counter.limit}${by[0]}: ${en === '' ? 'unlimited' : en}; it took ${takes}`,
    `限额 ${counter.limit}${by[1]}:${zh === '' ? '不限' : zh};本次占用 ${takes}`,
  )
}

const IDENTITY = /(?:^|,)(device|phone|bankPhone|idNumber|account|card):[^,]*$/

/** The kind of identity that a counter of a limit per user counts by; never the token itself. */
function identityIn(key: string): { identity?: string } {
  const kind = IDENTITY.exec(parseCounterKey(key).values ?? '')?.[1]
  return kind === undefined ? {} : { identity: kind }
}

/** Of the counters of a limit per user: the identity of the one that refused. */
export function fullCounter(
  refusal: Refusal,
  seen: SeenCounters | undefined,
  { identities, cardToken, customerToken }: PaymentFacts,
): string | undefined {
  if (identities === undefined && cardToken === undefined && customerToken === undefined) return undefined
  const look = asSeen(seen)
  for (const key of Object.keys(seen ?? {})) {
    if (counterOwner(key) !== refusal.limit) continue
    const state = look(key)!
    const same =
      (refusal.usedCount === undefined ||
        (refusal.usedCount === state.usedCount && refusal.heldCount === state.heldCount)) &&
      (refusal.usedAmount === undefined ||
        (refusal.usedAmount === state.usedFen && refusal.heldAmount === state.heldFen))
    if (same) return identityIn(key).identity
  }
  return undefined
}
