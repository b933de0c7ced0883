import 'reflect-metadata'
import { types } from 'pg'
import { DataSource } from 'typeorm'
import { auditTables } from './audited-tables'
import * as entities from './entities'
import { LOCKS } from './locks'
import { LIMITS, settingsOf, type Limits } from './limits'
import { migrations } from './migrations'
import { steadyClientClass } from './steady-client'

// bigint columns are fen and counts: safe integers by contract (AMOUNT_FEN_MAX), so they are read as numbers, not strings.
types.setTypeParser(20, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of the safe range: ${text}`)
  return value
})
// A date is a calendar day without a zone; a JavaScript Date would give it one.
types.setTypeParser(1082, (text) => text)

export interface DataSourceOptions {
  poolSize?: number
  name?: string
  limits?: Limits
}

/** Entities and migrations over one database; the caller initialises and destroys it. */
export function dataSource(url: string, options: DataSourceOptions = {}): DataSource {
  const { poolSize = 10, name = 'lijian', limits = LIMITS.work } = options
  return new DataSource({
    type: 'postgres',
    url,
    entities: Object.values(entities),
    migrations,
    poolSize,
    extra: { ...settingsOf(url, limits), application_name: name, Client: steadyClientClass(limits) },
  })
}

/** Brings a database up to date; safe to call from several processes at once (advisory lock). Returns the names applied. */
export async function migrate(url: string): Promise<string[]> {
  const source = dataSource(url, { poolSize: 2, limits: LIMITS.whole })
  await source.initialize()
  const lock = source.createQueryRunner()
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [LOCKS.migrations])
    const applied = await source.runMigrations({ transaction: 'each' })
    for (const { sql, values } of auditTables()) await lock.query(sql, values)
    return applied.map((migration) => migration.name)
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [LOCKS.migrations]).catch(() => undefined)
    await lock.release()
    await source.destroy()
  }
}
