import { LijianError } from '@lijian/contracts/system'
import type { Admission } from './admission'
import { PerhapsCommitted } from './perhaps-committed'
import { decideParts, rowsOf, type AnswersOf, type Parts, type Why } from './prepared'

export interface InTime<P extends Parts, Told> {
  leftMs: number
  /** Before any part has taken something off it. */
  amountFen: number
  /** What the payment is told, of the answers of its parts. */
  join: (answers: AnswersOf<P>) => Told
}

/**
 * The parts decided in one batch if that comes in time, else what they answer without it; never both. What was decided too late is undone, and so is what
 * may have been committed although its answer was lost. Rejects with what a part throws, but for `unavailable`.
 */
export function decideInTime<const P extends Parts, Told>(
  admission: Admission,
  parts: P,
  { leftMs, amountFen, join }: InTime<P, Told>,
): Promise<Told> {
  return new Promise((resolve, reject) => {
    let answered = false
    const untilMs = performance.now() + leftMs
    const without = (why: Why) => {
      answered = true
      const answers = parts.map((part) => part.without(why) as unknown) as AnswersOf<P>
      if (parts.some(({ isOwed }) => isOwed)) undo(admission, parts, why)
      resolve(join(answers))
    }
    const late = () => without(admission.isAway ? 'unavailable' : 'deadline')
    // It has waited somewhere, in a process that was stopped perhaps: what nobody waits for any more is not decided.
    if (leftMs <= 0) return late()
    const timer = setTimeout(late, leftMs)
    const work = {
      ...(parts.some(({ isRepeated }) => isRepeated) ? rowsOf(parts) : {}),
      decide: (view: Parameters<typeof decideParts>[0]) => decideParts(view, parts, amountFen),
      abandoned: () => answered,
    }
    admission.run(work).then(
      (answers) => {
        clearTimeout(timer)
        // A process that was stopped may read the answer before its timer comes.
        if (!answered && performance.now() >= untilMs) late()
        if (answered) {
          if (parts.some((part, i) => part.isUndone(answers[i]))) undo(admission, parts, 'deadline')
          return
        }
        parts.forEach((part, i) => part.wasTold?.(answers[i]))
        resolve(join(answers))
      },
      (error: unknown) => {
        clearTimeout(timer)
        const isUnavailable = error instanceof LijianError && error.code === 'unavailable'
        // The statement may have been committed although its answer was lost.
        if (isUnavailable || answered) undo(admission, parts, 'unavailable', error instanceof PerhapsCommitted)
        if (answered) return
        if (isUnavailable) without('unavailable')
        else reject(error as Error)
      },
    )
  })
}

/** In one decision for all parts, tried until PostgreSQL takes it. */
function undo(admission: Admission, parts: Parts, why: Why, isLost = false): void {
  for (const part of parts) part.undoBegins?.()
  const decide = (view: Parameters<typeof decideParts>[0]) => {
    for (const part of parts) part.undo(view, why, isLost)
    return () => undefined
  }
  admission.undo(why, async () => {
    await admission.run({ ...rowsOf(parts), decide })
    for (const part of parts) part.undoEnds?.()
  })
}
