import { ATTACKS } from './attacks'
import type { Field } from './wire'

export type Place = Pick<Field, 'port' | 'internalPort' | 'keys'>
/** Ends an attack, and answers how often its attacker was told what. */
export type End = () => Promise<Record<string, number>>

export function begin(name: string, place: Place): End {
  let isOver = false
  const answers: Record<string, number> = {}
  const note = (what: string) => (answers[what] = (answers[what] ?? 0) + 1)
  const ended = ATTACKS[name]!({ ...place, isOver: () => isOver, note })
  // Told by `End`.
  ended.catch(() => undefined)
  return async () => {
    isOver = true
    await ended
    return answers
  }
}
