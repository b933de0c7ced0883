import { resolve } from 'node:path'
import { type Environment, loadStackConfig } from '@lijian/config'
import { repositoryRoot } from './stack'

/** Where the stack's data is, for commands that only look and must not make anything. */
export function dataDirOf(env: Environment = process.env): string {
  return resolve(repositoryRoot(), loadStackConfig(env).dataDir)
}
