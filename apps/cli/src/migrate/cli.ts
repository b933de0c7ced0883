import { loadStackConfig } from '@lijian/config'
import { grantAppLogin, keepInstallationSettings, LIMITS, migrate, steadyClient } from '@lijian/database'
import { migrateQueue } from '@lijian/job-queue'

/**
 * `node dist/migrate/cli.js` with DATABASE_URL: brings the database up to date and says what it did. With LIJIAN_APP_DATABASE_URL: that login is what
 * api and worker run as. How long the audit and the decision log are kept is what LIJIAN_AUDIT_DAYS and LIJIAN_DECISION_LOG_DAYS say here, and
 * LIJIAN_OIDC_ROLES here says which roles an identity provider gives.
 */
async function main(): Promise<void> {
  const url = process.env.DATABASE_URL
  if (!url) {
    console.error(
      'DATABASE_URL is not set: give the database to migrate, e.g. postgres://user:password@host:5432/lijian',
    )
    process.exitCode = 2
    return
  }
  const settings = loadStackConfig(settingsOf(process.env))
  const applied = await migrate(url)
  const providedRoles = [...new Set((settings.oidcRoles ?? []).map(({ role }) => role))]
  await keepInstallationSettings(url, { ...settings, providedRoles })
  await withOwner(url, (owner) => migrateQueue(owner, 'lijian_app'))
  const appUrl = process.env.LIJIAN_APP_DATABASE_URL
  if (appUrl) await grantAppLogin(url, appUrl)
  console.log(applied.length === 0 ? 'database is up to date' : `applied ${applied.join(', ')}`)
}

/** Nothing else of the environment is the migration's business. */
const settingsOf = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(
    [
      ...['LIJIAN_AUDIT_DAYS', 'LIJIAN_DECISION_LOG_DAYS', 'LIJIAN_TIME_ZONE', 'LIJIAN_CUT_OFF'],
      'LIJIAN_OIDC_ROLES',
    ].map((name) => [name, env[name]]),
  )

async function withOwner(url: string, work: (owner: ReturnType<typeof steadyClient>) => Promise<void>): Promise<void> {
  const owner = steadyClient(url, { name: 'lijian-queue-migrations' }, LIMITS.work)
  await owner.connect()
  await work(owner).finally(() => owner.end())
}

main().catch((error: unknown) => {
  console.error(`migration failed: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
})
