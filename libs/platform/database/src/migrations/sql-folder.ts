import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Package root from src/migrations or dist/migrations alike: SQL files are read where they are written. */
const packageRoot = join(__dirname, '..', '..')

/**
 * A migration is a folder (`up.sql`, `notes.md`); functions live in one current file each (`sql/<name>.sql`) and a migration
 * names those it brings up to date. There is no down: the way back is in the notes.
 */
export function sqlFolderMigration(folder: string, functions: string[] = []) {
  return class implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(readFileSync(join(packageRoot, 'src', 'migrations', folder, 'up.sql'), 'utf8'))
      for (const name of functions) await runner.query(readFileSync(join(packageRoot, 'sql', `${name}.sql`), 'utf8'))
    }
    down(): Promise<void> {
      return Promise.reject(new Error(`${folder} has no way down by program: read its notes.md`))
    }
  }
}
