import {
  REASONS,
  type Campaign,
  type Merchant,
  type Refusal,
  type TransactionAnswer,
} from '@lijian/contracts/marketing'
import type { Line } from './books'
import { shortSerial } from './examples'
import { yuanTextGrouped as yuan } from '@lijian/money'
import { textTable } from '@lijian/text-table'
import type { Played } from './types'

/** One line per payment: what it was, what Lijian gave, how it ended, and why not more. */
export function paymentTable(
  played: readonly Played[],
  merchants: readonly Merchant[],
  campaigns: readonly Campaign[],
  widthMax = WIDE,
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
    const why = final.state === 'unfunded' ? UNFUNDED : whyNot(query, payment.merchant, campaigns)
    return [
      shortSerial(payment.serial),
      nameOf.get(payment.merchant) ?? payment.merchant,
      yuan(payment.amount),
      query.offers.map(({ code }) => code).join('\n') || '–',
      final.discount === 0 ? '' : UNDONE.includes(final.state) ? `(${yuan(final.discount)})` : yuan(final.discount),
      yuan(final.payable ?? payment.amount),
      yuan((final.fee ?? query.fee)?.final ?? 0),
      final.state,
      why ? `${say}${widthMax < WIDE ? '\n' : ' '}→ ${why}` : say,
    ]
  })
  return textTable(columns, rows, { rule: true })
}

/** From here on the last column stands on one line. */
const WIDE = 180
/** States in which the discount was held and is not given: it stands in brackets. */
const UNDONE: readonly string[] = ['cancelled', 'expired', 'reversed', 'voided']
const UNFUNDED = 'budget_exhausted meanwhile: the payment stands, a case is open'
/** Another bank's campaign: the last thing a person asks about. */
const NOT_THIS_CARD = ['card_type', 'scheme', 'bin', 'not_whitelisted']
const LIMITS = ['limit_exhausted', 'budget_exhausted', 'funds_exhausted']

/**
 * Of all refusals the one that a person asks about: of the amount offers for this merchant the one that came furthest before it
 * failed. Beside a granted one only what ran out is worth a word.
 */
export function whyNot(
  { offers, reasons = [] }: TransactionAnswer,
  merchant: string,
  campaigns: readonly Campaign[],
): string {
  const here = campaigns
    .flatMap((campaign) => campaign.offers)
    .filter((offer) => offer.kind === 'amount' && (offer.merchants?.includes(merchant) ?? true))
  const granted = offers.some(({ kind }) => kind === 'amount')
  const near = reasons.filter(
    ({ reason, offer }) =>
      (offer === undefined || here.some(({ code }) => code === offer)) && (!granted || LIMITS.includes(reason)),
  )
  const distance = ({ reason }: Refusal) => (NOT_THIS_CARD.includes(reason) ? -1 : REASONS.indexOf(reason))
  const furthest = near.sort((a, b) => distance(b) - distance(a))[0]
  if (!furthest) return offers.length > 0 ? '' : 'no campaign gives money off at this merchant'
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
  return textTable(columns, rows, { rule: true })
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
  return textTable(columns, rows, { rule: true })
}
