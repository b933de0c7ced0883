import type { Config } from '@lijian/config'
import { temporalNamespaceUrl } from '@lijian/contracts/shown'
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
> &
  Partial<
    Pick<
      Config,
      | 'publicUrl'
      | 'temporalUiUrl'
      | 'temporalUiPort'
      | 'temporalNamespace'
      | 'localSignIn'
      | 'oidcIssuer'
      | 'oidcClientId'
      | 'oidcClientSecret'
      | 'oidcScope'
      | 'oidcLoginClaim'
      | 'oidcGroupsClaim'
      | 'oidcBranchClaim'
      | 'oidcRoles'
      | 'oidcStrongAcr'
      | 'oidcStrongAmr'
    >
  > & {
    /** Only tests have others. */
    slowLimits?: SlowLimits
  }

/** Where people's browsers find the flows; `./lijian up` knows its own. */
export function temporalUiOf(config: ApiConfig): string | undefined {
  const { temporalUiUrl, temporalUiPort, temporalNamespace, profile } = config
  const own = profile === 'dev' && temporalUiPort !== undefined ? `http://127.0.0.1:${temporalUiPort}` : undefined
  const url = temporalUiUrl ?? own
  return url === undefined || temporalNamespace === undefined ? undefined : temporalNamespaceUrl(url, temporalNamespace)
}
