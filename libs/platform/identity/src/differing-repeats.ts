import { LijianError } from '@lijian/contracts/system'

const WINDOW_MS = 5 * 60_000
const STOP_MS = 5 * 60_000
/** A sender with a fault repeats a serial with another body now and then; whoever tries values out does it again and again. */
const MOST = 100

export interface DifferingRepeatsOptions {
  nowMs: () => number
  /** Counts one. */
  onRepeat: (client: string) => void
  /** Once for each stop. */
  onStop: (client: string) => void
}

interface Seen {
  sinceMs: number
  count: number
  stoppedUntilMs: number
}

/** Counts `serial_reused` by client, in this process: the next after the most gets 429 for some minutes. Honest repeats are never counted. */
export class DifferingRepeats {
  private readonly clients = new Map<string, Seen>()

  constructor(private readonly options: DifferingRepeatsOptions) {}

  /** What a differing repeat of this client is answered. */
  refusal(client: string, differing: LijianError): LijianError {
    const { nowMs, onRepeat, onStop } = this.options
    const now = nowMs()
    onRepeat(client)
    let seen = this.clients.get(client)
    if (seen === undefined || (now - seen.sinceMs > WINDOW_MS && seen.stoppedUntilMs <= now))
      this.clients.set(client, (seen = { sinceMs: now, count: 0, stoppedUntilMs: 0 }))
    seen.count++
    if (seen.count > MOST && seen.stoppedUntilMs <= now) {
      seen.stoppedUntilMs = now + STOP_MS
      onStop(client)
    }
    if (seen.stoppedUntilMs <= now) return differing
    return new LijianError(
      'too_many_requests',
      'This client has repeated too many serials with another body: give each payment a serial of its own, and wait some minutes',
    )
  }
}
