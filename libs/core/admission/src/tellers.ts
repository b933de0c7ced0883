import type { Teller } from '@lijian/database'
import type { Why } from './prepared'

/** More than this many attempts at one serial are not told apart: what they hold is undone by nobody then, and ends by its own time. */
const TELLERS_MAX = 8
const ANYBODY = '*'

/**
 * An attempt that answers with what another one holds writes itself down before it tells: the undo of the other one leaves it then. Undefined: it
 * need not be written.
 */
export function withTeller(tellers: readonly Teller[], id: string): Teller[] | undefined {
  if (tellers.some((teller) => teller.withdrawn === undefined && (teller.id === id || teller.id === ANYBODY)))
    return undefined
  if (tellers.length < TELLERS_MAX) return [...tellers, { id }]
  const left = tellers.filter(({ withdrawn }) => withdrawn === undefined)
  return [...left, { id: left.length < TELLERS_MAX ? id : ANYBODY }]
}

/** An attempt has told something else. Undefined: it has held nothing here. */
export function withoutTeller(tellers: readonly Teller[], id: string, why: Why): Teller[] | undefined {
  if (!tellers.some((teller) => teller.id === id && teller.withdrawn === undefined)) return undefined
  return tellers.map((teller) => (teller.id === id ? { id, withdrawn: why } : teller))
}

/** Nobody has told of it, and nobody will. */
export const isUntold = (tellers: readonly Teller[]): boolean =>
  tellers.every(({ withdrawn }) => withdrawn !== undefined)
