import type { ErasurePlace } from '@lijian/contracts/people'
import { inWords, named } from '@lijian/flow-kit'
import { defineSignal, proxyActivities, setCurrentDetails, setHandler, sleep } from '@temporalio/workflow'
import { CHANGED_SIGNAL, type ErasureActivities, type ErasureEnd, type ErasureInput, type PlaceDone } from './contract'

export const changedSignal = defineSignal<[unknown]>(CHANGED_SIGNAL)

// A place may be a whole table: one statement has 15 minutes.
const { erasePlace, certifyErasure } = proxyActivities<ErasureActivities>({
  startToCloseTimeout: '30m',
  retry: { initialInterval: '1s', maximumInterval: '5m' },
  summary: 'certificate',
})

const LOOK_EVERY_MS = 10 * 60_000
/** A timer of years would outlive many releases: it looks again at least so often. */
const MOST_MS = 7 * 24 * 3_600_000
/** In this order: later places need what the books have found. */
const PLACES: readonly ErasurePlace[] = ['groups', 'books', 'decisions', 'bills', 'flows']

/** Goes through every place, waits for what the law or an open payment keeps, and certifies the end. */
export async function erasure({ erasure: id, lookEveryMs = LOOK_EVERY_MS }: ErasureInput): Promise<ErasureEnd> {
  setHandler(changedSignal, () => undefined)
  const found = new Map<ErasurePlace, PlaceDone>()
  for (;;) {
    for (const place of PLACES) {
      if (found.get(place)?.state === 'done') continue
      found.set(place, await erasePlace.executeWithOptions({ summary: place }, [{ erasure: id, place }]))
      setCurrentDetails(linesOf(id, [...found.values()]))
    }
    const waiting = [...found.values()].filter(({ state }) => state === 'waits')
    if (waiting.length === 0) break
    const waitMs = Math.min(MOST_MS, ...waiting.map(({ untilMs }) => Math.max(untilMs ?? lookEveryMs, 1000)))
    await sleep(waitMs, named(`${waiting.map(({ place }) => place).join(', ')}; next look, ${inWords(waitMs)}`))
  }
  const sha256 = await certifyErasure({ erasure: id })
  setCurrentDetails(`${linesOf(id, [...found.values()])}\n\ncertificate ${sha256}`)
  const rows = [...found.values()].reduce((sum, one) => sum + one.rows, 0)
  return { state: 'certified', sha256, rows }
}

function linesOf(id: number, places: readonly PlaceDone[]): string {
  const lineOf = ({ place, state, rows, until, open }: PlaceDone) =>
    state === 'done'
      ? `- ${place}: done, ${rows} row(s)`
      : `- ${place}: waits${until === undefined ? '' : ` until ${until} is over, by law`}${open === undefined ? '' : ` for ${open} payment(s) that are not over`}`
  return [`**erasure ${id}**`, places.map(lineOf).join('\n')].join('\n\n')
}
