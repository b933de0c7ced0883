import type { Config } from '@lijian/config'
import type { SlowLimits } from './slow-bodies'

/** The settings that the API reads. */
export type ApiConfig = Pick<
  Config,
  | 'databaseUrl'
  | 'tokenKeys'
  | 'drawKey'
  | 'accountKeys'
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
  | 'peopleRatePerSecond'
  | 'refusalsPerSecond'
  | 'trustedProxies'
  | 'decisionLog'
  | 'drawKeysOld'
  | 'reconciliationBufferDays'
  | 'staleAfterSeconds'
  | 'dataDir'
  | 'reportDir'
  | 'reportTargets'
  | 'profile'
  | 'breachedPasswords'
> & {
  /** Only tests have others. */
  slowLimits?: SlowLimits
}
