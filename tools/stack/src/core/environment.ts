import type { Stack } from './stack'

/** What the project's own programs are started with: our variables and nothing of the terminal. */
export function projectEnvironment({ env, secrets }: Stack): Record<string, string> {
  const ours = {
    ...env,
    LIJIAN_TOKEN_KEY: secrets.tokenKey,
    LIJIAN_DRAW_KEY: secrets.drawKey,
    LIJIAN_ACCOUNT_KEY: secrets.accountKey,
    // What is started here is one machine's: Temporal without TLS, over loopback, also the real server of the profile cluster.
    LIJIAN_PROFILE: 'dev',
    LIJIAN_EARLY_CLOSE: env['LIJIAN_EARLY_CLOSE'] || 'on',
  }
  const isOurs = ([name, value]: [string, string | undefined]) =>
    value && /^(LIJIAN_|DATABASE_URL$|TEMPORAL_)/.test(name)
  return Object.fromEntries(Object.entries(ours).filter(isOurs)) as Record<string, string>
}
