const STATE = /"state":"([a-z_]+)"/
const ROUTE = /"route":(?:null|\{"mid":"([^"]+)")/
const PAYABLE = /"payable":(\d+)/
const LATE = /"reason":"(deadline|unavailable)"/

export interface Told {
  /** The state that the answer tells, or what was wrong: the status where that is not 200, deadline or unavailable. */
  name: string
  /** What a later result needs; undefined: nothing is held. */
  held?: { mid?: string; payableFen?: number }
}

/** What an answer says, without parsing it: an offer's state, or whether there is a route. */
export function told(status: number, body: string): Told {
  if (status !== 200) return { name: String(status) }
  const state = STATE.exec(body)?.[1]
  const route = state === undefined ? ROUTE.exec(body) : null
  const mid = route?.[1]
  if (mid !== undefined) return { name: 'routed', held: { mid } }
  const name = state ?? (route === null ? 'unclear' : 'no_route')
  if (name === 'held') return { name, held: { payableFen: Number(PAYABLE.exec(body)?.[1]) } }
  return { name: name === 'no_offer' || name === 'no_route' ? (LATE.exec(body)?.[1] ?? name) : name }
}
