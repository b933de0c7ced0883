import { ERASURE_PLACES, type ErasureAnswer } from '@lijian/contracts/people'
import type { PlaceDone } from '@lijian/workflow-erasure'
import type { Payment } from './books'

export interface Row {
  id: number
  state: ErasureAnswer['state']
  legalBasis: string
  namedBy: string[]
  heldBack: ErasureAnswer['heldBack']
  tokens: string[] | null
  payments: Payment[] | null
  places: Record<string, PlaceDone | undefined>
  certificate: { text: string; sha256: string } | null
  requestedBy: string
  requestedAt: Date
  endedAt: Date | null
  proposal: string | null
}

export const COLUMNS = `id, state, legal_basis AS "legalBasis", named_by AS "namedBy", held_back AS "heldBack", tokens, payments, places, certificate,
  requested_by AS "requestedBy", requested_at AS "requestedAt", ended_at AS "endedAt",
  (SELECT max(p.id) FROM proposal p WHERE p.kind = 'erasure' AND p.subject = 'erasure-' || e.id) AS proposal`

export function answerOf(row: Row): ErasureAnswer {
  const { state, legalBasis, namedBy, heldBack, places, requestedBy, requestedAt, endedAt, certificate } = row
  return {
    id: Number(row.id),
    state,
    ...(row.proposal === null ? {} : { proposal: Number(row.proposal) }),
    legalBasis,
    namedBy,
    heldBack,
    places: ERASURE_PLACES.flatMap((place) => {
      const found = places[place]
      return found === undefined ? [] : [{ ...found, place }]
    }),
    requestedBy,
    requestedAt: requestedAt.toISOString(),
    ...(endedAt === null ? {} : { endedAt: endedAt.toISOString() }),
    ...(certificate === null ? {} : { certificate }),
  }
}
