import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Identity, identify, isAlive } from './identity'

/** Who holds the data that the lock file stands for; a holder that is gone counts for nothing. */
export function lockHolder(file: string): Identity | undefined {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Identity
    return isAlive(holder) ? holder : undefined
  } catch {
    return undefined
  }
}

export function takeLock(file: string, pid: number): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(identify(pid) ?? { pid, mark: '' }))
}

export function dropLock(file: string): void {
  rmSync(file, { force: true })
}
