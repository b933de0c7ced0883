/** Days of UTC: a rough place in time, before zones are asked. */
export const DAY_MS = 86_400_000
