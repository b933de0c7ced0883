/** What one look found. */
export interface Look {
  /** Number and start of the process; undefined when there is none. */
  process?: { pid: number; mark: string }
  live: boolean
  ready: boolean
  /** Whether PostgreSQL answers a connection of the watch's own; asked only of a process that lives and is not ready. */
  databaseAnswers: boolean
}

/** What is remembered between two looks, of one process. */
export interface Memory {
  process?: { pid: number; mark: string }
  firstSeenMs: number
  wasLive: boolean
  silentSinceMs?: number
  stuckSinceMs?: number
  toldMs?: number
}

export type Act = 'SIGTERM' | 'SIGKILL' | undefined

export const limits = {
  /** Live once, and silent for so long: it hangs. */
  silentMs: 60_000,
  /** Never live: a start may take long on a busy machine. */
  startMs: 300_000,
  /** Not ready for so long although PostgreSQL answers others: it holds on to something that is gone. */
  stuckMs: 120_000,
  /** From SIGTERM to SIGKILL. */
  patienceMs: 30_000,
}

/**
 * Docker starts again what ends, and leaves alone what is unhealthy. So a process that hangs, or that stays unready although PostgreSQL
 * answers, is ended here. While PostgreSQL is away it is left alone: payments go on without an offer, and a new process could not start.
 */
export function afterLook(
  before: Memory | undefined,
  look: Look,
  nowMs: number,
): { memory: Memory; act: Act; why: string } {
  const isSame = before !== undefined && sameProcess(before.process, look.process)
  const memory: Memory = isSame ? { ...before } : { process: look.process, firstSeenMs: nowMs, wasLive: false }
  if (look.live) memory.wasLive = true
  memory.silentSinceMs = look.live ? undefined : (memory.silentSinceMs ?? nowMs)
  memory.stuckSinceMs = look.live && !look.ready && look.databaseAnswers ? (memory.stuckSinceMs ?? nowMs) : undefined
  const why = reason(memory, nowMs)
  if (why === '' || look.process === undefined) return { memory: { ...memory, toldMs: undefined }, act: undefined, why }
  if (memory.toldMs === undefined) return { memory: { ...memory, toldMs: nowMs }, act: 'SIGTERM', why }
  return { memory, act: nowMs - memory.toldMs >= limits.patienceMs ? 'SIGKILL' : undefined, why }
}

function reason({ silentSinceMs, stuckSinceMs, wasLive }: Memory, nowMs: number): string {
  const silentMs = silentSinceMs === undefined ? 0 : nowMs - silentSinceMs
  if (silentMs >= (wasLive ? limits.silentMs : limits.startMs)) return `no answer for ${Math.round(silentMs / 1000)} s`
  const stuckMs = stuckSinceMs === undefined ? 0 : nowMs - stuckSinceMs
  if (stuckMs >= limits.stuckMs) return `not ready for ${Math.round(stuckMs / 1000)} s although PostgreSQL answers`
  return ''
}

const sameProcess = (a: Memory['process'], b: Memory['process']): boolean => a?.pid === b?.pid && a?.mark === b?.mark
