import type { Format } from './formats'
import { keyProblems } from './key-problems'
import type { NamedKey } from './key-texts'
import { variables } from './variables'

type Variables = typeof variables
type Key = keyof Variables
type ValueOf<K extends Key> = Variables[K]['format'] extends Format<infer Value> ? Value : never

type WithoutDefault =
  | 'databaseUrl'
  | 'appDatabaseUrl'
  | 'temporalAddress'
  | 'tokenKeys'
  | 'drawKey'
  | 'drawKeysOld'
  | 'accountKeys'
  | 'payloadKey'
  | 'payloadKeys'
  | 'plainPayloadsUntil'
  | 'temporalTlsCa'
  | 'temporalTlsCert'
  | 'temporalTlsKey'
  | 'temporalTlsServerName'
  | 'temporalApiKey'
  | 'codecBearers'
  | 'codecJwksUrl'
  | 'codecIssuer'
  | 'codecAudience'
  | 'codecOrigins'
  | 'holdSecondsByMethod'
  | 'groups'
  | 'trustedProxies'
  | 'clearingDir'
  | 'reportDir'
  | 'reportTargets'
  | 'reportDeliveryDir'
  | 'readingDatabaseUrl'
  | 'queueUrl'
  | 'noticeUrl'
  | 'noticeSecret'
  | 'breachedPasswords'
  | 'publicUrl'
  | 'oidcIssuer'
  | 'oidcClientId'
  | 'oidcClientSecret'
  | 'oidcBranchClaim'
  | 'oidcRoles'
  | 'oidcStrongAcr'
  | 'oidcStrongAmr'

/** What the launcher reads: it finds or makes what is missing. */
export type StackConfig = Readonly<
  { [K in Exclude<Key, WithoutDefault>]: ValueOf<K> } & { [K in WithoutDefault]?: ValueOf<K> }
>

/** What the api and the worker read. */
export type Config = Readonly<
  Omit<StackConfig, 'databaseUrl' | 'temporalAddress' | 'tokenKeys' | 'drawKey' | 'accountKeys'> & {
    databaseUrl: string
    temporalAddress: string
    tokenKeys: readonly NamedKey[]
    drawKey: Buffer
    accountKeys: readonly NamedKey[]
  }
>

export type Environment = Readonly<Record<string, string | undefined>>

/** All problems at once: a person repairs a deployment in one go. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(['configuration:', ...problems].join('\n  '))
    this.name = 'ConfigError'
  }
}

/** Throws ConfigError, which names each variable, what was found and what is expected. */
export function loadConfig(env: Environment = process.env): Config {
  return load(env, true) as Config
}

export function loadStackConfig(env: Environment = process.env): StackConfig {
  return load(env, false) as StackConfig
}

function load(env: Environment, apps: boolean): Record<string, unknown> {
  const problems = unknownNames(env).map((name) => `${name}: unknown variable; \`./lijian config\` lists them all`)
  const values: Record<string, unknown> = {}
  for (const [key, variable] of Object.entries(variables)) {
    // Compose files pass an unset variable as an empty text.
    const found = env[variable.name] || variable.default
    if (found === undefined) {
      if (variable.required && apps) problems.push(`${variable.name}: missing; expected ${variable.format.expected}`)
      continue
    }
    const parsed = variable.format.schema.safeParse(found)
    if (parsed.success) values[key] = parsed.data
    else {
      const shown = variable.secret ? `a text of ${found.length} characters` : JSON.stringify(found)
      problems.push(`${variable.name}: found ${shown}; expected ${variable.format.expected}`)
    }
  }
  if (values['noticeUrl'] !== undefined && values['noticeSecret'] === undefined)
    problems.push(`${variables.noticeUrl.name}: needs ${variables.noticeSecret.name}, which signs what is sent there`)
  problems.push(...codecProblems(values), ...peopleProblems(values), ...keyProblems(values))
  if (problems.length > 0) throw new ConfigError(problems)
  return values
}

/** What only together makes sense. */
function codecProblems(values: Record<string, unknown>): string[] {
  const problems: string[] = []
  const has = (key: Key) => values[key] !== undefined
  if (has('temporalTlsCert') !== has('temporalTlsKey'))
    problems.push(
      `${variables.temporalTlsCert.name}: needs ${variables.temporalTlsKey.name} beside it, and the other way`,
    )
  if (has('codecJwksUrl') && !(has('codecIssuer') && has('codecAudience')))
    problems.push(
      `${variables.codecJwksUrl.name}: needs ${variables.codecIssuer.name} and ${variables.codecAudience.name}, or tokens of other services would decode`,
    )
  return problems
}

/** How people sign in. */
function peopleProblems(values: Record<string, unknown>): string[] {
  const problems: string[] = []
  if (values['oidcIssuer'] !== undefined)
    for (const key of ['oidcClientId', 'oidcRoles', 'publicUrl'] as const)
      if (values[key] === undefined)
        problems.push(`${variables.oidcIssuer.name}: needs ${variables[key].name} beside it`)
  if (values['localSignIn'] === 'off' && values['oidcIssuer'] === undefined)
    problems.push(`${variables.localSignIn.name}: off needs ${variables.oidcIssuer.name}, or nobody could sign in`)
  return problems
}

function unknownNames(env: Environment): string[] {
  const known = new Set<string>(Object.values(variables).map(({ name }) => name))
  return Object.keys(env)
    .filter((name) => name.startsWith('LIJIAN_') && !known.has(name))
    .sort()
}
