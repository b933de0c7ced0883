import { REASONS, type Campaign, type Merchant, type Refusal } from '@lijian/contracts'
import type { Line } from './books'
import { shortSerial } from './examples'
import { yuan } from './money'
import { tableOf } from './table'
import type { Played } from './types'

/** One line per payment: what it was, what Lijian gave, how it ended, and why not more. */
export function paymentTable(
  played: readonly Played[],
  merchants: readonly Merchant[],
  campaigns: readonly Campaign[],
): string[] {
  const nameOf = new Map(merchants.map(({ id, name }) => [id, name]))
  const columns = [
    { head: 'no.' },
    { head: 'merchant' },
    { head: 'amount', right: true as const },
    { head: 'offer' },
    { head: 'discount', right: true as const },
    { head: 'payable', right: true as const },
    { head: 'fee', right: true as const },
    { head: 'state' },
    { head: 'what it shows → why not' },
  ]
  const rows = played.map(({ example, query, final }) => {
    const { payment, say } = example
    const why = whyNot(query.reasons ?? [], query.offers.length > 0, campaigns)
    return [
      shortSerial(payment.serial),
      nameOf.get(payment.merchant) ?? payment.merchant,
      yuan(payment.amount),
      query.offers.map(({ code }) => code).join('\n') || '–',
      final.discount === 0 ? '' : yuan(final.discount),
      yuan(final.payable ?? payment.amount),
      yuan((final.fee ?? query.fee)?.final ?? 0),
      final.state,
      why ? `${say} → ${why}` : say,
    ]
  })
  return tableOf(columns, rows)
}

const LIMITS = ['limit_exhausted', 'budget_exhausted', 'funds_exhausted']

/**
 * Of all refusals the one that a person asks about: the offer that came furthest before it failed. Beside a granted offer only what
 * ran out is worth a word.
 */
export function whyNot(refusals: readonly Refusal[], granted: boolean, campaigns: readonly Campaign[]): string {
  const kinds = new Map(campaigns.flatMap(({ offers }) => offers.map(({ code, kind }) => [code, kind] as const)))
  const near = refusals.filter(
    ({ reason, offer }) =>
      !['merchant_not_bound', 'not_best'].includes(reason) &&
      (offer === undefined || kinds.get(offer) === 'amount') &&
      (!granted || LIMITS.includes(reason)),
  )
  const furthest = near.sort((a, b) => REASONS.indexOf(b.reason) - REASONS.indexOf(a.reason))[0]
  if (!furthest) return granted ? '' : 'no_offer for this merchant'
  return [furthest.offer, furthest.reason, limitWords(furthest)].filter(Boolean).join(' ')
}

function limitWords({
  limit,
  limitAmount,
  limitCount,
  usedAmount = 0,
  heldAmount = 0,
  usedCount = 0,
  heldCount = 0,
}: Refusal): string {
  if (limit === undefined) return ''
  const name = limit.startsWith('@') ? limit : limit.slice(limit.indexOf('#') + 1)
  const counts = limitCount === undefined ? [] : [`${usedCount + heldCount} of ${limitCount} uses`]
  const amounts = limitAmount === undefined ? [] : [`${yuan(usedAmount + heldAmount)} of ${yuan(limitAmount)}`]
  return `(${name}: ${[...counts, ...amounts].join(', ')})`
}

/** What each campaign gave in this run, and who pays it. */
export function campaignTable(played: readonly Played[], campaigns: readonly Campaign[]): string[] {
  const columns = [
    { head: 'campaign' },
    { head: 'name' },
    { head: 'uses', right: true as const },
    { head: 'given', right: true as const },
    { head: 'paid by' },
  ]
  const rows = campaigns.map(({ code, name }) => {
    const granted = played
      .filter(({ final }) => final.state === 'confirmed')
      .flatMap(({ final }) => final.offers.filter(({ campaign }) => campaign === code))
    const shares = new Map<string, number>()
    for (const { partner, amount } of granted.flatMap(({ funders }) => funders))
      shares.set(partner, (shares.get(partner) ?? 0) + amount)
    const given = granted.reduce((sum, { discount }) => sum + discount, 0)
    const payers = [...shares].filter(([, fen]) => fen > 0).map(([partner, fen]) => `${partner} ${yuan(fen)}`)
    return [code, name, String(granted.length), yuan(given), payers.join(', ')]
  })
  return tableOf(columns, rows)
}

/** The same figures from four places that do not know each other. */
export function booksTable(lines: readonly Line[]): string[] {
  const heads = ['counters', 'holds', 'workflows', 'table']
  const columns = [{ head: 'campaign' }, ...heads.map((head) => ({ head, right: true as const })), { head: '' }]
  const rows = lines.map(({ campaign, sources, agree }) => [
    campaign.code,
    ...sources.map(({ fen, uses }) => `${uses} × ${yuan(fen)}`),
    agree ? 'agree' : 'DIFFER',
  ])
  return tableOf(columns, rows)
}
