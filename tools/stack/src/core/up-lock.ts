import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Identity, identify, isAlive } from './identity'

/** Another process starts or watches the stack. */
export class AlreadyRuns extends Error {}

/**
 * Who starts and watches the stack of a data directory: one process at a time. The lock is the file with the highest number. It is free when
 * its process is gone, and whoever wants it then makes the next number, which only one can. A file is never emptied or made twice, so
 * nobody mistakes the lock of a living process for the one of a dead process.
 */
export function takeUpLock(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true })
  const own = identify(process.pid) ?? { pid: process.pid, mark: '' }
  for (;;) {
    const latest = latestOf(dataDir)
    const holder = latest === 0 ? undefined : holderIn(dataDir, latest)
    if (holder)
      throw new AlreadyRuns(`the stack in ${dataDir} is being started by process ${holder.pid}: ./lijian status`)
    const mine = latest + 1
    if (!make(dataDir, mine, own)) continue
    // Somebody may have been so slow that the number was long used and removed.
    if (latestOf(dataDir) === mine) {
      for (const older of numbersIn(dataDir).filter((number) => number < mine))
        rmSync(file(dataDir, older), { force: true })
      return { release: () => replace(dataDir, mine, { pid: 0, mark: 'released' }) }
    }
    rmSync(file(dataDir, mine), { force: true })
  }
}

/** The process that holds the lock, also before it has written what it runs. */
export function upLockHolder(dataDir: string): Identity | undefined {
  const latest = latestOf(dataDir)
  return latest === 0 ? undefined : holderIn(dataDir, latest)
}

const PREFIX = 'up.lock.'
const file = (dataDir: string, number: number) => join(dataDir, `${PREFIX}${number}`)

function numbersIn(dataDir: string): number[] {
  try {
    return readdirSync(dataDir)
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => Number(name.slice(PREFIX.length)))
      .filter(Number.isInteger)
  } catch {
    return []
  }
}

const latestOf = (dataDir: string) => Math.max(0, ...numbersIn(dataDir))

function holderIn(dataDir: string, number: number): Identity | undefined {
  try {
    const holder = JSON.parse(readFileSync(file(dataDir, number), 'utf8')) as Identity
    return isAlive(holder) ? holder : undefined
  } catch {
    return undefined
  }
}

/** The name appears with its content or not at all. */
function make(dataDir: string, number: number, holder: Identity): boolean {
  const temporary = join(dataDir, `.up.${process.pid}`)
  writeFileSync(temporary, JSON.stringify(holder))
  try {
    linkSync(temporary, file(dataDir, number))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

function replace(dataDir: string, number: number, holder: Identity): void {
  const temporary = join(dataDir, `.up.${process.pid}`)
  try {
    writeFileSync(temporary, JSON.stringify(holder))
    renameSync(temporary, file(dataDir, number))
  } catch {
    // The directory was removed, and the lock with it.
  }
}
