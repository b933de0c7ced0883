import { ClearingRuns } from '@lijian/clearing'
import { loadConfig } from '@lijian/config'
import { createLogger } from '@lijian/telemetry'
import { startWorker } from '@lijian/worker'
import { Worker } from '@temporalio/worker'

/** Steps of a clearing day after which a worker can be told to stop dead; `middle`: in a file of which a part is on disk. */
export type Stop = 'freeze' | 'middle' | 'write' | 'prove' | 'publish' | 'settle' | 'publishSettlement'

/**
 * The worker, with a cut-off to the second. At the `FIRE_TIMES`th `FIRE_STOP` it stops dead: what the step has done is committed and on disk,
 * Temporal is not told, and whoever watches kills the process.
 */
function stopDead(stop: Stop, times: number): void {
  let left = times
  const reached = async () => {
    if (--left !== 0) return
    process.send!(stop)
    await new Promise(() => undefined)
  }
  const steps = ClearingRuns.prototype as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>
  if (stop === 'middle') {
    const { write } = ClearingRuns.prototype
    ClearingRuns.prototype.write = function (fileId, onProgress, signal) {
      const told: typeof onProgress = (rows) => {
        if (--left !== 0) return onProgress?.(rows)
        process.send!(stop)
        // Nothing more is written until the end comes.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
      }
      return write.call(this, fileId, told, signal)
    }
    return
  }
  const step = steps[stop]!
  steps[stop] = async function (...given) {
    const result = await step.apply(this, given)
    await reached()
    return result
  }
}

/** Temporal asks a dead worker for ten seconds whether it goes on with a flow that it knew, before it asks another; a test has no time. */
function soonForgotten(): void {
  const create = Worker.create.bind(Worker)
  Worker.create = (options) => create({ ...options, stickyQueueScheduleToStartTimeout: '1s' })
}

async function main(): Promise<void> {
  const { FIRE_STOP, FIRE_TIMES = '1', FIRE_TIME_ZONE, FIRE_CUT_OFF, ...environment } = process.env
  if (FIRE_STOP !== undefined) stopDead(FIRE_STOP as Stop, Number(FIRE_TIMES))
  soonForgotten()
  const config = { ...loadConfig(environment), timeZone: FIRE_TIME_ZONE!, cutOff: FIRE_CUT_OFF! }
  const { finished } = await startWorker(config, createLogger({ service: 'worker', level: config.logLevel }))
  await finished
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
