import type { Campaign } from '@lijian/contracts/marketing'
import { migrate } from '@lijian/database'
import { Client } from 'pg'
import { documents, merchant, MERCHANT_COUNT } from './documents'

const PAGE = 10_000

export async function withSql<T>(url: string, use: (sql: Client) => Promise<T>): Promise<T> {
  const sql = new Client({ connectionString: url })
  await sql.connect()
  try {
    return await use(sql)
  } finally {
    await sql.end()
  }
}

/** A migrated database with 1,000 live offers and 100,000 merchants, straight into the tables: loading is not what is measured. */
export async function loadDocuments(url: string): Promise<void> {
  await migrate(url)
  await withSql(url, async (sql) => {
    const { campaigns, cardGroups } = documents()
    for (const document of campaigns) await insertCampaign(sql, document)
    for (const { code, bins } of cardGroups)
      await sql.query(`INSERT INTO card_group (code, bins, updated_by) VALUES ($1, $2, 'bench-maker')`, [code, bins])
    for (let from = 0; from < MERCHANT_COUNT; from += PAGE) {
      const page = Array.from({ length: PAGE }, (_, i) => merchant(from + i))
      await sql.query(
        `INSERT INTO merchant (id, document, updated_by) SELECT m ->> 'id', m, 'bench-maker' FROM jsonb_array_elements($1::jsonb) m`,
        [JSON.stringify(page)],
      )
    }
    await sql.query('VACUUM ANALYZE')
  })
}

async function insertCampaign(sql: Client, document: Campaign): Promise<void> {
  const { code } = document
  await sql.query('INSERT INTO campaign (code, live_version, latest_version) VALUES ($1, 1, 1)', [code])
  await sql.query(
    `INSERT INTO campaign_version (code, version, document, state, maker, checker, approved_at)
     VALUES ($1, 1, $2, 'approved', 'bench-maker', 'bench-checker', now())`,
    [code, JSON.stringify(document)],
  )
}

/** One more live campaign; before the API starts. */
export const loadCampaign = (url: string, document: Campaign): Promise<void> =>
  withSql(url, (sql) => insertCampaign(sql, document))

/** Counters of other cards, as months of business leave them. */
export async function loadCounters(url: string, count: number): Promise<void> {
  await withSql(url, async (sql) => {
    await sql.query(
      `INSERT INTO counter (key, limit_fen, limit_count, limit_version, used_count)
       SELECT 'B000/B000-HOT#card.month|cd_' || md5(n::text) || '_old|2026-10-01', NULL, 5, 1, 1
       FROM generate_series(1, $1::bigint) n`,
      [count],
    )
    await sql.query('VACUUM ANALYZE counter')
    await sql.query('CHECKPOINT')
  })
}

export async function postgresVersion(url: string): Promise<string> {
  return withSql(url, async (sql) => {
    const { rows } = await sql.query<{ server_version: string }>('SHOW server_version')
    return rows[0]?.server_version ?? 'unknown'
  })
}
