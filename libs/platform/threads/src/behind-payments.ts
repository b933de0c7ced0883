import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/** The share of a processor that is left to a thread beside a busy one falls to a tenth. */
const NICENESS = 10

/** Lowers the priority of the thread that calls it. Linux has one for each thread; elsewhere nothing happens. */
export function behindPayments(): void {
  try {
    // "<process>/task/<thread>"
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    // The number of the first thread is that of the process: its event loop keeps its priority.
    if (thread > 0 && thread !== process.pid) setPriority(thread, NICENESS)
  } catch {
    // Without it the work is only faster.
  }
}
