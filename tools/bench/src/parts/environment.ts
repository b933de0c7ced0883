import { hash } from 'node:crypto'
import type { Bed } from '../servers'

/** Keys of a bench's own; nothing is kept. */
const KEYS = {
  LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
  LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
  LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
}
export const TOKEN_KEY = Buffer.from(KEYS.LIJIAN_TOKEN_KEY, 'hex')

export interface AppEnvironment {
  port: number
  temporalAddress?: string
  relayStartDelayMs?: number
}

export function apiEnvironment(
  bed: Pick<Bed, 'databaseUrl'>,
  { port, temporalAddress = '127.0.0.1:1', relayStartDelayMs }: AppEnvironment,
): Record<string, string> {
  return {
    DATABASE_URL: bed.databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    LIJIAN_API_PORT: String(port),
    LIJIAN_METRICS_PORT: String(port),
    LIJIAN_RATE_LIMIT_PER_SECOND: '10000000',
    ...KEYS,
    ...(relayStartDelayMs === undefined ? {} : { LIJIAN_RELAY_START_DELAY_MS: String(relayStartDelayMs) }),
  }
}
