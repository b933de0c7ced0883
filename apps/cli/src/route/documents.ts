import { fieldErrors, inChinese } from '@lijian/contracts/system'
import {
  parseRouting,
  routeLine,
  routePaymentLine,
  type RouteLine,
  type RoutingDocument,
} from '@lijian/contracts/routing'
import type { Merchant } from '@lijian/contracts/marketing'
import { compileRouting, type Outcome, type ReplayPayment, type Routing } from '@lijian/selection'
import { readJson } from '../documents'
import { BadInput } from '../fail'
import { jsonAt } from '../text-of'

/** A routing document that is valid; else every error, a line each. */
export function readRouting(file: string): RoutingDocument {
  const parsed = parseRouting(readJson(file))
  if (parsed.ok) return parsed.routing
  throw new BadInput(
    parsed.errors
      .map(({ path, message }) => `${file}: ${path === '' ? '' : `${path}: `}${message} (${inChinese(message)})`)
      .join('\nlijian: '),
  )
}

export const readCompiled = (file: string): Routing => compileRouting(readRouting(file), 1)

/** One line of a file of payments to be routed. Throws BadInput with `where`, what is wrong and what was expected; values are not repeated. */
export function parseRouteLine(text: string, where: () => string): RouteLine {
  const json = jsonAt(text, where)
  const isEvent = typeof json === 'object' && json !== null && 'event' in json
  const parsed = (isEvent ? routeLine : routePaymentLine).safeParse(json)
  if (parsed.success) return parsed.data
  const errors = fieldErrors(parsed.error.issues, json, { showFound: false })
  throw new BadInput(
    `${where()}: ${errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')}`,
  )
}

/** Absent: it went well; a failure without a word is the channel's. */
export const outcomeOf = ({ outcome, failure }: Pick<RouteLine, 'outcome' | 'failure'>): Outcome =>
  outcome === 'failure' ? { outcome, failure: failure ?? 'channel_error' } : { outcome: 'success' }

/** What a payment's own line says of its end; undefined: nothing. */
export const toldOutcome = (line: Pick<RouteLine, 'outcome' | 'failure'>): Outcome | undefined =>
  line.outcome === undefined && line.failure === undefined ? undefined : outcomeOf(line)

type PaymentLine = Exclude<RouteLine, { event: 'result' }>
export const isPayment = (line: RouteLine): line is PaymentLine => !('event' in line)

/** Region and industry are the merchant's unless the line says otherwise. */
export function paymentOf(line: PaymentLine, merchants: ReadonlyMap<string, Merchant>): ReplayPayment {
  const { amount, at, outcome: _, failure: __, ...rest } = line
  const merchant = merchants.get(line.merchant)
  return {
    ...rest,
    amountFen: amount,
    atMs: Date.parse(at),
    region: line.region ?? merchant?.region,
    industry: line.industry ?? merchant?.mcc,
  }
}
