import { accessSync, constants, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

const isProgram = (path: string) => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** What tools/testing/run.mjs resolved, else Temporal's CLI on PATH, else the newest that the stack launcher has built or downloaded. */
export function temporalProgram(): string | undefined {
  if (process.env.TEST_TEMPORAL_PROGRAM) return process.env.TEST_TEMPORAL_PROGRAM
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((dir) => dir !== '')
  const cache = process.env.LIJIAN_CACHE_DIR ?? join(homedir(), '.cache', 'lijian')
  return [...onPath.map((dir) => join(dir, 'temporal')), ...cached(cache)].find(isProgram)
}

function cached(dir: string): string[] {
  try {
    const names = readdirSync(dir).filter((name) => /^temporal-\d+\.\d+\.\d+$/.test(name))
    return names.sort().reverse().map((name) => join(dir, name)) // prettier-ignore
  } catch {
    return []
  }
}
