import { chmodSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Environment, loadStackConfig } from '@lijian/config'
import { repositoryRoot } from './stack'

/** Where the stack's data is, for commands that only look and must not make anything. */
export function dataDirOf(env: Environment = process.env): string {
  return resolve(repositoryRoot(), loadStackConfig(env).dataDir)
}

/** From here on nobody outside of the group reads what this process and its children write: logs, payments in Temporal's file, files of money. */
export const forThisGroup = (): void => void process.umask(0o027)

/** As root the stack runs PostgreSQL under another account, which passes through the folder to its own and sees nothing else in it. */
export function makeDataDir(dataDir: string): void {
  if (mkdirSync(dataDir, { recursive: true }) !== undefined && process.getuid?.() === 0) chmodSync(dataDir, 0o751)
}
