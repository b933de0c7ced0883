import type { Config } from '@lijian/config'

/** The settings that the API reads. */
export type ApiConfig = Pick<
  Config,
  | 'databaseUrl'
  | 'tokenKey'
  | 'drawKey'
  | 'accountKey'
  | 'timeZone'
  | 'cutOff'
  | 'earlyClose'
  | 'relayStartDelayMs'
  | 'batchMax'
  | 'waitingMax'
  | 'queryDeadlineMs'
  | 'holdSeconds'
  | 'holdSecondsByMethod'
  | 'groups'
  | 'clockSkewSeconds'
  | 'bodyLimitBytes'
  | 'apiConnectionsMax'
  | 'rateLimitPerSecond'
  | 'decisionLog'
  | 'drawKeysOld'
  | 'reconciliationBufferDays'
  | 'staleAfterSeconds'
>
