import { startTemporalCluster, startTemporalDev } from '@lijian/stack'
import { Client, Connection } from '@temporalio/client'
import type { Bed } from './servers'

export type Profile = 'dev' | 'cluster'

/** A Temporal server of the bench's own, and how to ask it what has finished. */
export interface Temporal {
  address: string
  version: string
  client: Client
  /** Workflows that match a visibility query. */
  count(query: string): Promise<number>
  stop(): Promise<void>
}

export async function startTemporal(profile: Profile, bed: Bed): Promise<Temporal> {
  const options = { dataDir: `${bed.dir}/temporal-${profile}` }
  const server =
    profile === 'dev'
      ? await startTemporalDev(options)
      : await startTemporalCluster({ ...options, databaseUrl: bed.databaseUrl })
  const connection = await Connection.connect({ address: server.address })
  const { serverVersion } = await connection.workflowService.getClusterInfo({})
  const client = new Client({ connection })
  return {
    address: server.address,
    version: serverVersion ?? 'unknown',
    client,
    count: async (query) => (await client.workflow.count(query)).count,
    stop: async () => {
      await connection.close()
      await server.stop()
    },
  }
}

/** Polls until the condition holds; what it is waiting for is said now and then, and it gives up when nothing moves any more. */
export async function until(
  look: () => Promise<{ done: boolean; progress: string }>,
  {
    say,
    everyMs = 500,
    stuckAfterMs = 120_000,
  }: { say: (line: string) => void; everyMs?: number; stuckAfterMs?: number },
): Promise<void> {
  let last = ''
  let movedAt = performance.now()
  let saidAt = movedAt
  for (;;) {
    const { done, progress } = await look()
    if (done) return
    const now = performance.now()
    if (progress !== last) movedAt = now
    if (now - movedAt > stuckAfterMs) throw new Error(`nothing has moved for ${stuckAfterMs / 1_000} s: ${progress}`)
    if (now - saidAt > 10_000) {
      say(progress)
      saidAt = now
    }
    last = progress
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
