import type { Example, Moment } from './types'

/** What a transaction system hears from upstream. `late` settles when the success comes after all; a timeout never does. */
export type Heard = { outcome: 'success' | 'failure' } | { outcome: 'nothing'; late?: Promise<void> }

const LATENCY_MS = 40

/** A small upstream: sometimes it declines, sometimes it does not answer, sometimes it answers when the hold is long over. */
export async function payUpstream(example: Example, wait: (moment: Moment) => Promise<unknown>): Promise<Heard> {
  const { answers, after } = example.upstream
  await new Promise((resolve) => setTimeout(resolve, LATENCY_MS))
  switch (answers) {
    case 'success':
    case 'reversal':
    case 'void':
      return { outcome: 'success' }
    case 'decline':
      return { outcome: 'failure' }
    case 'timeout':
      return { outcome: 'nothing' }
    case 'late': {
      const expired = wait({ serial: example.payment.serial, state: 'expired' })
      return { outcome: 'nothing', late: expired.then(() => (after ? wait(after) : undefined)).then(() => undefined) }
    }
  }
}
