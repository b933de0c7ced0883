import { startPostgres } from '@lijian/stack'
import { rmSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadDocuments, postgresVersion } from './data/load'

export interface Bed {
  databaseUrl: string
  dir: string
  versions: Readonly<Record<string, string>>
}

/** A PostgreSQL of its own in a temporary directory, with the documents loaded; both are gone afterwards, whatever happens. */
export async function withBed<T>(
  say: (line: string) => void,
  use: (bed: Bed) => Promise<T>,
  load: (url: string) => Promise<void> = loadDocuments,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'lijian-bench-'))
  // As root the server runs as another user, who must be able to pass through.
  await chmod(dir, 0o755)
  // Interrupted: the servers end with this process, their data goes with them.
  const abandon = () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
  process.once('exit', abandon)
  try {
    say('starting a PostgreSQL of its own')
    const postgres = await startPostgres({ dataDir: dir })
    try {
      say('loading documents')
      await load(postgres.url)
      const versions = { PostgreSQL: await postgresVersion(postgres.url) }
      return await use({ databaseUrl: postgres.url, dir, versions })
    } finally {
      await postgres.stop()
    }
  } finally {
    process.removeListener('exit', abandon)
    await rm(dir, { recursive: true, force: true })
  }
}
