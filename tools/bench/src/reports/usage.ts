import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second. */
const TICKS_PER_SECOND = 100
const MIB = 1024

/** Processor seconds of a process and of those that it started, also of those that have ended. */
export function cpuSeconds(pid: number): number {
  const children = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && fieldsOf(Number(name))?.[1] === String(pid),
  )
  const own = fieldsOf(pid)
  if (own === undefined) throw new Error(`process ${pid} has ended`)
  const [user, system, endedUser, endedSystem] = own.slice(11, 15).map(Number) as [number, number, number, number]
  const living = children.map(Number).map((child) => {
    const [childUser = 0, childSystem = 0] = fieldsOf(child)?.slice(11, 13).map(Number) ?? []
    return childUser + childSystem
  })
  return living.reduce((sum, ticks) => sum + ticks, user + system + endedUser + endedSystem) / TICKS_PER_SECOND
}

/** From its state on: the name before may hold spaces and brackets. */
function fieldsOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
  } catch {
    return undefined
  }
}

/** Most resident memory so far. */
export const peakMib = (pid: number): number =>
  Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / MIB
