/** Whoever sent SIGTERM kills after 15 s at the earliest; a process ends before that, in order or not. */
export const END_WITHIN_MS = 13_000

/** Ends this process when it has not ended by itself, after `say` has told what still runs. */
export function endWithin(ms: number, say: () => void): void {
  setTimeout(() => {
    say()
    process.exit(1)
  }, ms).unref()
}
