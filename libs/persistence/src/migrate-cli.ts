import { migrate } from './data-source'

/** `node dist/migrate-cli.js` with DATABASE_URL: brings the database up to date and says what it did. */
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
  console.log(applied.length === 0 ? 'database is up to date' : `applied ${applied.join(', ')}`)
}

main().catch((error: unknown) => {
  console.error(`migration failed: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
})
