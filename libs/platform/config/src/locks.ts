import { ConfigError, type Config, type StackConfig } from './load'
import { variables } from './variables'

/** A key and the instant from which it encrypts. */
export interface DatedKey {
  key: Buffer
  fromMs: number
}

/** All keys of payloads; the single variable is of before there was a list. */
export const payloadKeysOf = ({
  payloadKeys = [],
  payloadKey,
}: Pick<StackConfig, 'payloadKeys' | 'payloadKey'>): DatedKey[] => [
  ...payloadKeys.map(({ key, from }) => ({ key, fromMs: from === undefined ? 1 : Date.parse(from) })),
  ...(payloadKey === undefined ? [] : [{ key: payloadKey, fromMs: 0 }]),
]

type Locks = Pick<Config, 'profile' | 'temporalTls' | 'codecHost'> & Partial<Config>

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

/** What keeps the worker from its work: outside development Temporal is reached by TLS, and nothing stands readable in its histories. */
export function mustBeLocked(config: Locks): void {
  const problems = lockProblems(config)
  if (problems.length > 0) throw new ConfigError(problems)
}

function lockProblems(config: Locks): string[] {
  const { profile, codecHost, codecBearers, codecJwksUrl } = config
  const problems: string[] = []
  const hasKeys = payloadKeysOf(config).length > 0
  if (profile !== 'dev' && !wantsTls(config))
    problems.push(
      `${variables.temporalTls.name}: missing; outside the profile dev Temporal is reached by TLS: set ${variables.temporalTlsCa.name}, ${variables.temporalTlsCert.name} and ${variables.temporalTlsKey.name}, or ${variables.temporalApiKey.name}`,
    )
  if (profile !== 'dev' && !hasKeys)
    problems.push(
      `${variables.payloadKeys.name}: missing; outside the profile dev payloads are encrypted; expected ${variables.payloadKeys.format.expected}`,
    )
  const mayAsk = codecBearers !== undefined || codecJwksUrl !== undefined
  if (hasKeys && !mayAsk && !isLoopback(codecHost))
    problems.push(
      `${variables.codecHost.name}: is not loopback; set ${variables.codecBearers.name} or ${variables.codecJwksUrl.name}: whoever reaches the codec server could decode`,
    )
  return problems
}

/** Whether Temporal is reached by TLS. */
export const wantsTls = ({
  temporalTls,
  temporalTlsCa: ca,
  temporalTlsCert: cert,
  temporalTlsServerName: name,
  temporalApiKey: apiKey,
}: Pick<StackConfig, 'temporalTls'> & Partial<StackConfig>): boolean =>
  temporalTls === 'true' || [ca, cert, name, apiKey].some((given) => given !== undefined)
