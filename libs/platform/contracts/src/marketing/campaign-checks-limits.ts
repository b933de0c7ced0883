import { DIMENSIONS, LIMITS_MAX } from './campaign'
import { amountOrCountErrors, duplicateErrors } from './campaign-checks-shared'
import type { FieldError } from '../system/errors'
import { list, object, text } from '../system/loose'

type Loose = Record<string, unknown>

/** `offers`: those that the limits concern, one for an offer's own, all for a campaign's. */
export function limitErrors(limits: unknown, at: string, offers: readonly Loose[]): FieldError[] {
  // The schema refuses the others.
  const entries = list(limits).slice(0, LIMITS_MAX).map(object)
  const codes = new Set(offers.map(({ code }) => code))
  return [
    ...entries.flatMap((limit, i) => [
      ...amountOrCountErrors(limit, `${at}[${i}]`),
      ...duplicateErrors(list(limit.per).map(text), (j) => `${at}[${i}].per[${j}]`),
      ...offerErrors(limit, `${at}[${i}]`, codes),
      ...clipErrors(limit, `${at}[${i}]`, offers),
    ]),
    ...duplicateErrors(entries.map(nameOf), (i) => `${at}[${i}]`),
  ]
}

/** A limit is known by its id, else by its owner, per, period, measure and offers; the order of lists says nothing. */
function nameOf(limit: Loose): string | undefined {
  if ('id' in limit) return typeof limit.id === 'string' ? `id ${limit.id}` : undefined
  if (!Array.isArray(limit.per) || typeof limit.period !== 'string') return undefined
  const per = list(limit.per)
  return [
    `per ${DIMENSIONS.filter((dimension) => per.includes(dimension)).join(' + ') || 'all'}`,
    limit.period,
    ...(limit.measure === 'gross' ? ['gross'] : []),
    ...(Array.isArray(limit.offers) ? [`offers ${limit.offers.map(String).sort().join(' + ')}`] : []),
  ].join(', ')
}

function offerErrors(limit: Loose, at: string, codes: ReadonlySet<unknown>): FieldError[] {
  return list(limit.offers).flatMap((code, i) =>
    typeof code !== 'string' || codes.has(code)
      ? []
      : [{ path: `${at}.offers[${i}]`, message: `expected an offer of this campaign, found "${code}"` }],
  )
}

/** Clipping cuts an amount; of a gross amount only a fee offer can give a part (DESIGN §3, "limits"). */
function clipErrors(limit: Loose, at: string, offers: readonly Loose[]): FieldError[] {
  if (limit.onShort !== 'clip') return []
  if (!('amount' in limit))
    return [{ path: `${at}.onShort`, message: 'expected "amount" beside "clip", found a count alone' }]
  if (limit.measure !== 'gross') return []
  const named = Array.isArray(limit.offers) ? new Set<unknown>(limit.offers) : undefined
  const concerned = offers.filter(({ code }) => named === undefined || named.has(code))
  return concerned.some(({ kind }) => kind === 'amount')
    ? [
        {
          path: `${at}.onShort`,
          message: 'expected "clip" with measure "gross" on fee offers only, found an amount offer',
        },
      ]
    : []
}
