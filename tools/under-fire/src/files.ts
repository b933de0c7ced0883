import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LayoutReader, type FileRow } from '@lijian/clearing-files'
import { ClearingRuns } from '@lijian/clearing'
import type { ClearingLayout } from '@lijian/contracts/finance'
import { Pool } from 'pg'
import type { Stage } from './stage'

interface Published {
  id: string
  kind: string
  clearingSystem: string
  businessDate: string
  name: string
  sha256: string
  state: string
  layout: ClearingLayout
}

export const published = (stage: Stage): Promise<Published[]> =>
  stage.sql<Published>(
    `SELECT id, kind, clearing_system AS "clearingSystem", business_date::text AS "businessDate", name, sha256, state, layout
     FROM clearing_file WHERE state NOT IN ('created', 'replaced') ORDER BY id`,
  )

const bytesOf = (stage: Stage, { kind, clearingSystem, name }: Published): Promise<Buffer> =>
  readFile(join(stage.clearingDir, kind === 'settlement' ? 'settlement' : clearingSystem, name))

/** The rows of a published file, read back by its layout. */
export async function rowsOf(stage: Stage, file: Published): Promise<FileRow[]> {
  const rows: FileRow[] = []
  const reader = new LayoutReader(file.layout, (row) => rows.push(row))
  reader.push(await bytesOf(stage, file))
  reader.end()
  return rows
}

/** What is not in exactly one date's file, or in another than the date that was answered; empty: all of it is where it belongs. */
export function misplaced(told: ReadonlyMap<string, { businessDate: string }>, files: Map<string, string[]>): string[] {
  const found = new Map<string, string[]>()
  for (const [date, serials] of files)
    for (const serial of serials) found.set(serial, [...(found.get(serial) ?? []), date])
  const wrong: string[] = []
  for (const [serial, { businessDate }] of told) {
    const dates = found.get(serial) ?? []
    if (dates.length !== 1 || dates[0] !== businessDate)
      wrong.push(`${serial} of ${businessDate} is in the files of ${dates.join(', ') || 'no date'}`)
  }
  for (const serial of found.keys()) if (!told.has(serial)) wrong.push(`${serial} was never told to be confirmed`)
  return wrong
}

/** Files that are not, made again from nothing, the bytes that were published. */
export async function notIdentical(stage: Stage): Promise<string[]> {
  const files = await published(stage)
  const dir = await mkdtemp(join(tmpdir(), 'lijian-again-'))
  const pool = new Pool({ connectionString: stage.databaseUrl })
  const runs = new ClearingRuns({ pool, dir, ...stage.rule })
  const wrong: string[] = []
  try {
    for (const file of files) {
      await pool.query(`UPDATE clearing_file SET state = 'created' WHERE id = $1`, [file.id])
      await runs.write(Number(file.id)).catch(() => wrong.push(`${file.name}: made again it is another file`))
      await pool.query('UPDATE clearing_file SET state = $2 WHERE id = $1', [file.id, file.state])
      const hash = createHash('sha256')
        .update(await bytesOf(stage, file))
        .digest('hex')
      if (hash !== file.sha256) wrong.push(`${file.name}: what is published is not what was written`)
    }
    return wrong
  } finally {
    await pool.end()
    await rm(dir, { recursive: true, force: true })
  }
}
