import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

const LOWEST = constants.priority.PRIORITY_LOW

/**
 * This process, with all its threads: Linux keeps a priority for each, and V8 collects garbage and zlib packs on threads of their own. Threads that
 * begin later inherit it. Its session stays as it is: on a busy machine one that is lowered may not even start, nor answer whether it is well.
 */
export function lowerThisProcess(): void {
  for (const thread of threadsOf('self')) lower(thread)
}

/** A process of one thread, such as a backend of PostgreSQL. Not ours to lower, or ended meanwhile: it stays as it is. */
export function lowerProcess(pid: number): void {
  lower(pid)
  if (leadsItsSession(pid)) lowerGroup(pid)
}

function lower(thread: number): void {
  try {
    setPriority(thread, LOWEST)
  } catch {
    // It has ended, or another system counts threads otherwise.
  }
}

/**
 * Linux shares processors between sessions first (sched_autogroup_enabled), and looks at niceness only within one. Each backend of PostgreSQL and
 * each program of `./lijian up` is a session of its own, so niceness alone would change nothing.
 */
function lowerGroup(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(LOWEST))
  } catch {
    // A kernel without such groups: niceness is all.
  }
}

/** Whoever leads none shares it with others, and those are not to be lowered. */
function leadsItsSession(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name before may hold spaces and brackets.
    const session = stat.slice(stat.lastIndexOf(') ') + 2).split(' ')[3]
    return stat.slice(0, stat.indexOf(' ')) === session
  } catch {
    return false
  }
}

function threadsOf(pid: 'self'): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number)
  } catch {
    return [process.pid]
  }
}
