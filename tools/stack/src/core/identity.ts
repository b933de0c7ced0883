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
    if (process.platform === 'linux') {
      // The name stands in brackets and may hold spaces, so fields are counted after it: state is the first, start time the 20th.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? undefined : fields[19]
    }
    const line = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return line === '' ? undefined : line
  } catch {
    return undefined
  }
}
