import type { BatchView, Finish } from './batch-view'
import type { Work } from './work'

/** Why there is no decision in time. */
export type Why = 'deadline' | 'unavailable'

export type Rows = Pick<Work<unknown>, 'transactions' | 'routes' | 'reverses'>

/** One part of a payment (its offer, its route …), made ready once. Deciding it again gives the same unless the counters differ. */
export interface Prepared<Answer> {
  /** Where its decisions stand. */
  readonly rows: Rows
  /** Something stands there already: read it before deciding, instead of finding out. */
  readonly isRepeated?: boolean
  /** `payableFen`: what the parts before it leave to pay. Throws LijianError before it has changed anything. */
  weigh(view: BatchView, payableFen: number): Weighed<Answer>
  /** Its answer when another part ends the payment. */
  none(): Answer
  /** Its answer when there is no decision in time. */
  without(why: Why): Answer
  /** What `without` has told stands: it is written down at once. */
  readonly isOwed?: boolean
  /** The decision was told in time. */
  wasTold?(answer: Answer): void
  /** The decision came after something else had been told; whether it has left anything to undo. */
  isUndone(answer: Answer): boolean
  /**
   * Undoes what this attempt has made and nobody was told of; it must accept that there is nothing to undo. `isLost`: its statement may still be
   * committed, and must meet a row that has changed since.
   */
  undo(view: BatchView, why: Why, isLost?: boolean): void
  /** An undo begins, and PostgreSQL has taken it. */
  undoBegins?(): void
  undoEnds?(): void
}

/** A part decided against the view. Until `put` it has only taken counters. */
export interface Weighed<Answer> {
  /** Made once the batch is committed. */
  answer: Finish<Answer>
  /** What this part leaves to pay. */
  payableFen: number
  /** Writes what was decided. */
  put(): void
  /** Gives back what this decision has just taken; what an earlier one holds stays. */
  giveBack(): void
  /** Without this part there is no payment: the others hold nothing. */
  endsPayment?: boolean
}

// Each part has an answer of its own; what they have in common is their order.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Parts = readonly Prepared<any>[]
export type AnswersOf<P extends Parts> = { [I in keyof P]: P[I] extends Prepared<infer Answer> ? Answer : never }

export const nothing = (): void => undefined

/** Decides the parts in order, each on what those before it leave to pay. Nothing is written unless every part has been weighed. */
export function decideParts<P extends Parts>(view: BatchView, parts: P, amountFen: number): Finish<AnswersOf<P>> {
  const weighed: Weighed<unknown>[] = []
  let payableFen = amountFen
  try {
    for (const part of parts) {
      const one = part.weigh(view, payableFen)
      if (one.endsPayment) return endPayment(parts, weighed, one)
      weighed.push(one)
      payableFen = one.payableFen
    }
  } catch (refusal) {
    for (const one of weighed) one.giveBack()
    throw refusal
  }
  for (const one of weighed) one.put()
  return (businessDate, usages) => weighed.map(({ answer }) => answer(businessDate, usages)) as AnswersOf<P>
}

function endPayment<P extends Parts>(
  parts: P,
  before: readonly Weighed<unknown>[],
  last: Weighed<unknown>,
): Finish<AnswersOf<P>> {
  for (const one of before) one.giveBack()
  last.put()
  return (businessDate, usages) =>
    parts.map((part, i) =>
      i === before.length ? last.answer(businessDate, usages) : (part.none() as unknown),
    ) as AnswersOf<P>
}

/** The rows of all parts. */
export function rowsOf(parts: Parts): Rows {
  const all = (kind: keyof Rows) => parts.flatMap(({ rows }) => rows[kind] ?? [])
  return { transactions: all('transactions'), routes: all('routes'), reverses: all('reverses') }
}
