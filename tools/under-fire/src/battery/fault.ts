import { setTimeout as sleep } from 'node:timers/promises'
import type { Ground } from './ground'
import { isHeld } from './kept'
import type { Load, LoadOptions } from './load'

/** What a fault tries; `planted.ts` has for each a mechanism that is broken. */
export type Kind = 'clock' | 'process' | 'postgres' | 'road' | 'rows' | 'twice' | 'crowd'

/** Where a fault strikes. */
export interface Scene {
  ground: Ground
  load: Load
}

export interface Fault {
  name: string
  kind: Kind
  /** Begins the fault, waits as long as it lasts, and ends it. May say what the table adds to its name. */
  strike(scene: Scene): Promise<string | void>
  load?: Partial<LoadOptions>
  /** Whoever would undo what came too late may have ended before. */
  endsProcesses?: boolean
}

export const STEADY_PER_SECOND = 25
export const LASTS_MS = 2000
/** Nothing may stay away; the machine is shared. */
export const BACK_WITHIN_MS = 60_000

export const cables = ({ ground }: Scene) => ground.tills.map(({ cable }) => cable)

export async function forAWhile(begin: () => void, end: () => void): Promise<void> {
  begin()
  await sleep(LASTS_MS)
  end()
}

/** PostgreSQL can be asked, slow as it may be, so payments get offers while the fault lasts. */
export async function payingAllTheSame({ load }: Scene): Promise<void> {
  const beganMs = performance.now()
  const isLater = ({ atMs, tookMs }: { atMs: number; tookMs: number }) => atMs - tookMs > beganMs
  while (!load.queries.some((query) => isHeld(query) && isLater(query))) {
    if (performance.now() > beganMs + BACK_WITHIN_MS) throw new Error('PostgreSQL answers, and payments get no offer')
    await sleep(50)
  }
}
