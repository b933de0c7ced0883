/** An unknown original is remembered for a day, so that a query that arrives after its reversal is answered no_offer (DESIGN §4). */
export const REMEMBER_UNKNOWN_MS = 24 * 3_600_000
