import { isDeepStrictEqual } from 'node:util'
import { eventLine, paymentLine, type AnyOutputLine, type OutputLine } from '@lijian/contracts/marketing'
import type { Evaluator } from '@lijian/evaluator'

/** What a case changes of the file's payment; or a refund, void or reversal of an earlier one (`of`: its serial). */
export interface Change {
  /** The person: customer, device and phone of that name; default: somebody new. */
  who?: string
  /** The card; default: the person's first; null: unknown before payment. */
  card?: string | null
  bin?: string
  /** As often, each with a serial of its own and, without `who`, somebody new. */
  repeat?: number
  event?: 'refund' | 'void' | 'reversal' | 'used'
  of?: string
  /** With `used`: so many uses or fen stand on this counter from here on; the end of a long queue without the queue. */
  counter?: string
  [key: string]: unknown
}

/** A discount in fen; null where nothing is answered; a reason, also with its offer ("OFFER: reason") or of a refused refund ("refused: reason"); or what is named. */
export type Expectation =
  | null
  | number
  | string
  | {
      between?: [number, number]
      rebate?: number
      rebateBetween?: [number, number]
      saved?: number
      payable?: number
      payer?: number
      discount?: number
      /** What each partner bears of it. */
      funders?: Record<string, number>
    }

export type Case = [say: string, change: Change, expected: Expectation]
export interface CaseFile {
  payment: Change
  cases: Case[]
}

/** Runs the cases in order and says of each that differs what was found. */
export function runCases(evaluator: Evaluator, { payment, cases }: CaseFile): string[] {
  let n = 0
  const wrong: string[] = []
  for (const [say, change, expected] of cases) {
    if (change.event === 'used') {
      stand(evaluator, change)
      continue
    }
    for (let i = 0; i < (change.repeat ?? 1); i++) {
      n += 1
      const answer = evaluator.line(change.event === undefined ? payLine(payment, change, n) : undoLine(change, n))
      const found = differs(answer, expected)
      if (found !== undefined) wrong.push(`${say}: expected ${JSON.stringify(expected)}, found ${found}`)
    }
  }
  return wrong
}

function stand({ book }: Evaluator, change: Change): void {
  const { counter, count, amount } = change as { counter: string; count?: number; amount?: number }
  const now = book.state({ key: counter, fen: 0, count: 0, limitFen: null, limitCount: null, version: 0, shared: true })
  book.move(counter, {
    usedCount: count === undefined ? 0 : count - now.usedCount,
    usedFen: amount === undefined ? 0 : amount - now.usedFen,
  })
}

function payLine(payment: Change, change: Change, n: number) {
  const { who = `new-${n}`, card = who, bin, identities, repeat: _, ...rest } = { ...payment, ...change }
  const named = { device: `device-${who}`, phone: `phone-${who}` }
  return paymentLine.parse({
    serial: `S${n}`,
    customer: who,
    identities: { ...named, ...(identities as object | undefined) },
    ...(card === null ? {} : { card: { token: `card-${card}-of-the-tests`, ...(bin === undefined ? {} : { bin }) } }),
    ...rest,
  })
}

function undoLine({ of, ...rest }: Change, n: number) {
  return eventLine.parse({ originalSerial: of, serial: `R${n}`, ...rest })
}

function differs(answer: AnyOutputLine, expected: Expectation): string | undefined {
  const found = JSON.stringify(answer)
  if (expected === null) return found
  if (typeof expected === 'string') return isRefused(answer, expected) ? undefined : found
  if (answer.state === 'refused' || answer.state === 'error' || !('discount' in answer)) return found
  const wanted = typeof expected === 'number' ? { discount: expected } : expected
  return holds(answer, wanted) ? undefined : found
}

function holds(answer: OutputLine, wanted: Exclude<Expectation, number | string | null>): boolean {
  const { discount, payable, rebate = 0, fee } = answer
  const within = (value: number, [min, max]: [number, number]) => value >= min && value <= max
  const is = (value: number, of: number | undefined) => of === undefined || value === of
  return (
    answer.state !== 'no_offer' &&
    is(discount, wanted.discount) &&
    is(payable, wanted.payable) &&
    is(payable, wanted.payer) &&
    is(rebate, wanted.rebate) &&
    is(fee.saved, wanted.saved) &&
    (wanted.funders === undefined || isDeepStrictEqual(sharesOf(answer), wanted.funders)) &&
    (wanted.between === undefined || within(discount, wanted.between)) &&
    (wanted.rebateBetween === undefined || within(rebate, wanted.rebateBetween))
  )
}

function sharesOf({ offers }: OutputLine): Record<string, number> {
  const shares: Record<string, number> = {}
  for (const { partner, amount } of offers.flatMap(({ funders }) => funders))
    shares[partner] = (shares[partner] ?? 0) + amount
  return shares
}

function isRefused(answer: AnyOutputLine, expected: string): boolean {
  const [where, reason] = expected.includes(': ') ? expected.split(': ') : [undefined, expected]
  if (where === 'refused') return answer.state === 'refused' && 'reason' in answer && answer.reason === reason
  return (
    answer.state === 'no_offer' &&
    answer.reasons.some((refusal) => refusal.reason === reason && (where === undefined || refusal.offer === where))
  )
}
