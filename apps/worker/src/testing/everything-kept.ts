import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Stage } from './stage'

/** What something is called, and its bytes one by one as letters. */
export interface Kept {
  name: string
  text: string
}

/** Every row of every table, and what PostgreSQL's statistics remember of them. Packed lines are unpacked; bytes of pages are hexadecimal. */
export async function keptRows({ sql }: Stage): Promise<Kept[]> {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND (n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') OR c.relname = 'pg_statistic')`,
  )
  const found: Kept[] = []
  for (const { name } of rows) {
    const all = await sql.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)
    found.push(...all.rows.map(({ row }) => ({ name, text: row })))
  }
  const packed = await sql.query<{ lines: Buffer }>('SELECT lines FROM backtest_lines')
  for (const { lines } of packed.rows) found.push({ name: 'public.backtest_lines', text: String(gunzipSync(lines)) })
  return found
}

/** Every run that Temporal has of this house, closed ones too: history, search attributes, memo, and what its details say. */
export async function keptFlows({ temporal, config }: Stage): Promise<Kept[]> {
  const found: Kept[] = []
  for await (const { workflowId, runId } of temporal.client.workflow.list({
    query: `TaskQueue = '${config.taskQueue}'`,
  })) {
    const flow = temporal.client.workflow.getHandle(workflowId, runId)
    // One that is removed between the list and here is none.
    const [history, about] = await Promise.all([flow.fetchHistory(), flow.describe()]).catch(() => [])
    if (history !== undefined) found.push({ name: workflowId, text: textsOf([history, about!.raw]).join('\n') })
  }
  return found
}

function textsOf(value: unknown): string[] {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')]
  if (typeof value !== 'object' || value === null) return [String(value)]
  return Object.entries(value).flatMap(([name, inside]) => [name, ...textsOf(inside)])
}

export async function keptFiles(folder: string): Promise<Kept[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const found: Kept[] = []
  for (const entry of entries) {
    const name = join(entry.parentPath, entry.name)
    const text = entry.isFile() ? await readFile(name, 'latin1').catch(() => undefined) : undefined
    if (text !== undefined) found.push({ name, text })
  }
  return found
}

/** The files of the house's own database, as the guide leaves them: written anew, with new statistics. */
export async function databaseFiles({ sql }: Stage): Promise<Kept[]> {
  await sql.query('VACUUM (FULL, ANALYZE)')
  await sql.query('VACUUM FULL pg_statistic')
  await sql.query('CHECKPOINT')
  const { rows } = await sql.query<{ folder: string }>(
    `SELECT current_setting('data_directory') || '/base/' || oid AS folder FROM pg_database WHERE datname = current_database()`,
  )
  return keptFiles(rows[0]!.folder)
}
