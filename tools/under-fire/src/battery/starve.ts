import { spawn } from 'node:child_process'
import { availableParallelism, setPriority } from 'node:os'

const LOOPS_PER_CORE = 2
const NICE = 5

/** Busy loops beside these processes, which come after them. Returns what ends the loops. */
export function starve(pids: readonly number[]): () => void {
  const loops = Array.from({ length: LOOPS_PER_CORE * availableParallelism() }, () =>
    spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' }),
  )
  nice(pids, NICE)
  return () => {
    for (const loop of loops) loop.kill('SIGKILL')
    nice(pids, 0)
  }
}

function nice(pids: readonly number[], value: number): void {
  for (const pid of pids) {
    try {
      setPriority(pid, value)
    } catch {
      // It has ended; or it stays behind others, where only root may take that back.
    }
  }
}
