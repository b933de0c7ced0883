import { Held, mixes } from './mixes'
import type { LoadMessage, Plan } from './plan'
import { Stream } from './stream'

/** Serials held in earlier phases stay here, so that a later phase can send their results. */
const heldByRun = new Map<string, Held>()

function heldOf(run: string): Held {
  const held = heldByRun.get(run) ?? new Held()
  heldByRun.set(run, held)
  return held
}

async function load({ port, key, warmupSeconds, seconds, streams }: Plan): Promise<LoadMessage> {
  const measuredFromMs = performance.now() + warmupSeconds * 1_000
  const clock = { measuredFromMs, endsAtMs: measuredFromMs + seconds * 1_000 }
  const running = streams.map((plan) => {
    const held = heldOf(plan.run)
    return new Stream(plan, mixes[plan.mix]({ run: plan.run, key, held }), held, clock).run(port)
  })
  const figures = await Promise.all(running)
  const heldLeft = Object.fromEntries([...heldByRun].map(([run, held]) => [run, held.left]))
  return { figures, heldLeft }
}

process.on('message', (plan: Plan) => {
  load(plan).then(
    (message) => process.send?.(message),
    (error: unknown) =>
      process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
