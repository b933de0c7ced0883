import { setTimeout as sleep } from 'node:timers/promises'
import { createPostgresBackend, Queue, Worker, type Job, type PostgresConnectionOptions } from 'bullmq'
import type { PoolConfig } from 'pg'
import { QUEUE_SCHEMA } from './migrate'
import type { QueuePlace } from './place'

const LOCK_MS = 30_000
/** A dead worker's job comes back after its lock and one such look. */
const LOOK_MS = 5000
/** After its server refused. BullMQ's own pause is 15 s. */
const OPEN_AGAIN_MS = 1000
/** BullMQ waits for a Redis that is away, without end. */
const CLOSED_WITHIN_MS = 4000

export interface JobQueueOptions {
  name: string
  place: QueuePlace
  concurrency: number
  /** Does the work that has this number, or finds that nothing is to be done. Must not throw: its owner's table says what became of it. */
  work: (number: number) => Promise<void>
  onError: (error: Error) => void
}

/** Wakes one of the processes that share its name for each number that was added. Its server may be away at any time, also at the start. */
export class JobQueue {
  private readonly over = new AbortController()
  private readonly opening: Promise<void>
  private opened: Opened | undefined

  constructor(private readonly options: JobQueueOptions) {
    this.opening = this.open()
  }

  /** `id`: the same one added again while it waits or runs is one job, whoever adds it. Throws as long as the queue's server is away. */
  async add(number: number, id: string): Promise<void> {
    if (this.opened === undefined) throw new Error(`the queue ${this.options.name} waits for its server`)
    await this.opened.queue.add('work', { number }, { jobId: id })
  }

  /** Takes no further job and waits for those that run; the caller has told them to end. */
  async close(): Promise<void> {
    this.over.abort()
    await this.opening
    if (this.opened) await closed(this.opened)
  }

  /**
   * BullMQ remembers for ever that its first connection to PostgreSQL failed, or that the schema was not there yet, and then takes no job, without a
   * word. So what did not get ready is thrown away and opened anew, and its worker begins only afterwards.
   */
  private async open(): Promise<void> {
    const { signal } = this.over
    const told = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    while (!signal.aborted) {
      const opened = opensOn(this.options)
      try {
        const ready = Promise.all([opened.queue.waitUntilReady(), opened.worker.waitUntilReady()])
        // Heard below, unless the end comes first.
        ready.catch(() => undefined)
        await Promise.race([ready, told])
        if (signal.aborted) return await closed(opened)
        opened.worker.run().catch(this.options.onError)
        this.opened = opened
        return
      } catch (error) {
        this.options.onError(error as Error)
        await closed(opened).catch(() => undefined)
        await sleep(OPEN_AGAIN_MS, undefined, { signal }).catch(() => undefined)
      }
    }
  }
}

async function closed({ queue, worker }: Opened): Promise<void> {
  const over = new AbortController()
  const late = sleep(CLOSED_WITHIN_MS, undefined, { signal: over.signal }).catch(() => undefined)
  await Promise.race([Promise.all([worker.close(), queue.close()]), late]).finally(() => over.abort())
}

type Errors = { on(event: 'error', heard: (error: Error) => void): unknown }
/** What both kinds of queue and worker have: their own types name their backend. */
interface Opened {
  queue: Pick<Queue, 'add' | 'close' | 'waitUntilReady'> & Errors
  worker: Pick<Worker, 'run' | 'close' | 'waitUntilReady'> & Errors
}

const inSchema = ({ postgres }: { postgres: PoolConfig }): PostgresConnectionOptions =>
  ({ ...postgres, schema: QUEUE_SCHEMA }) as PostgresConnectionOptions

function opensOn({ name, place, concurrency, work, onError }: JobQueueOptions): Opened {
  // A job that ended leaves no trace: its id must be free if the work was not begun.
  const defaultJobOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 }
  const run = (job: Job<{ number: number }>) => work(job.data.number)
  const timing = {
    concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: LOOK_MS,
    maxStalledCount: 5,
    runRetryDelay: OPEN_AGAIN_MS,
    autorun: false,
  }
  const opened: Opened =
    'postgres' in place
      ? {
          queue: new Queue(name, { connection: inSchema(place), defaultJobOptions }, createPostgresBackend),
          worker: new Worker(name, run, { connection: inSchema(place), ...timing }, createPostgresBackend),
        }
      : {
          queue: new Queue(name, { connection: place.producer, defaultJobOptions }),
          worker: new Worker(name, run, { connection: place.worker, ...timing }),
        }
  for (const part of [opened.queue, opened.worker]) part.on('error', onError)
  return opened
}
