import type { Bed } from '../servers'

/** Keys of a bench's own; nothing is kept. */
const KEYS = {
  LIJIAN_TOKEN_KEY: Buffer.alloc(32, 5),
  LIJIAN_DRAW_KEY: Buffer.alloc(32, 7),
  LIJIAN_ACCOUNT_KEY: Buffer.alloc(32, 9),
}

const keyText = (key: Buffer): string => key.toString('hex')

export interface AppEnvironment {
  port: number
  temporalAddress?: string
  relayStartDelayMs?: number
}

export function apiEnvironment(
  bed: Bed,
  { port, temporalAddress = '127.0.0.1:1', relayStartDelayMs }: AppEnvironment,
): Record<string, string> {
  return {
    DATABASE_URL: bed.databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    LIJIAN_API_PORT: String(port),
    LIJIAN_METRICS_PORT: String(port),
    LIJIAN_RATE_LIMIT_PER_SECOND: '10000000',
    LIJIAN_TOKEN_KEY: keyText(KEYS.LIJIAN_TOKEN_KEY),
    LIJIAN_DRAW_KEY: keyText(KEYS.LIJIAN_DRAW_KEY),
    LIJIAN_ACCOUNT_KEY: keyText(KEYS.LIJIAN_ACCOUNT_KEY),
    ...(relayStartDelayMs === undefined ? {} : { LIJIAN_RELAY_START_DELAY_MS: String(relayStartDelayMs) }),
  }
}
