import type { Stack } from './stack'

/** What any program needs of the terminal to run at all. Everything else there, tokens of other systems above all, stays there. */
const PASSED = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR'],
  ...['LD_LIBRARY_PATH', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
])

/** The environment of a server, before its own variables. */
export const passedThrough = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== undefined && (PASSED.has(name) || name.startsWith('LC_'))),
  ) as Record<string, string>

/** What the project's own programs are started with: our variables and nothing of the terminal. */
export function projectEnvironment({ env, secrets, devKeys }: Stack): Record<string, string> {
  const ours = {
    ...env,
    LIJIAN_TOKEN_KEY: secrets.tokenKey,
    LIJIAN_DRAW_KEY: secrets.drawKey,
    LIJIAN_ACCOUNT_KEY: secrets.accountKey,
    // What is started here is one machine's: Temporal without TLS, over loopback, also the real server of the profile cluster.
    LIJIAN_PROFILE: 'dev',
    LIJIAN_CLEARING_SIGN_KEY: secrets.clearingSignKey,
    LIJIAN_EARLY_CLOSE: env['LIJIAN_EARLY_CLOSE'] || (devKeys ? 'on' : 'off'),
  }
  const isOurs = ([name, value]: [string, string | undefined]) =>
    value && /^(LIJIAN_|DATABASE_URL$|TEMPORAL_)/.test(name)
  return Object.fromEntries(Object.entries(ours).filter(isOurs)) as Record<string, string>
}
