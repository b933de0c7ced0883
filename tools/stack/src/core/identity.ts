import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process, told apart from a later one that got the same number. */
export interface Identity {
  pid: number
  mark: string
}

export function identify(pid: number): Identity | undefined {
  const mark = startMark(pid)
  return mark === undefined ? undefined : { pid, mark }
}

export function isAlive({ pid, mark }: Identity): boolean {
  return startMark(pid) === mark
}

/** When the process started, as the system writes it; undefined when there is none, or only its remains. */
function startMark(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return markOf(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    const line = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return line === '' ? undefined : line
  } catch {
    return undefined
  }
}

/**
 * Of a line of /proc/<pid>/stat (proc_pid_stat(5)). A killed process is a zombie as soon as its first thread is gone; while others of its
 * threads are left, its ports and files are still open.
 */
export function markOf(stat: string): string | undefined {
  // The name stands in brackets and may hold spaces, so fields are counted after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, threads, startTime] = [fields[0], fields[17], fields[19]]
  return state === 'Z' && Number(threads) <= 1 ? undefined : startTime
}
