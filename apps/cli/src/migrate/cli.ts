import { grantAppLogin, LIMITS, migrate, steadyClient } from '@lijian/database'
import { migrateQueue } from '@lijian/job-queue'

/**
 * `node dist/migrate/cli.js` with DATABASE_URL: brings the database up to date and says what it did. With LIJIAN_APP_DATABASE_URL: that login is what
 * api and worker run as.
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
  const applied = await migrate(url)
  await withOwner(url, (owner) => migrateQueue(owner, 'lijian_app'))
  const appUrl = process.env.LIJIAN_APP_DATABASE_URL
  if (appUrl) await grantAppLogin(url, appUrl)
  console.log(applied.length === 0 ? 'database is up to date' : `applied ${applied.join(', ')}`)
}

async function withOwner(url: string, work: (owner: ReturnType<typeof steadyClient>) => Promise<void>): Promise<void> {
  const owner = steadyClient(url, { name: 'lijian-queue-migrations' }, LIMITS.work)
  await owner.connect()
  await work(owner).finally(() => owner.end())
}

main().catch((error: unknown) => {
  console.error(`migration failed: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
})
