import { createPostgresBackend, Queue, Worker, type Job } from 'bullmq'
import type { QueuePlace } from './place'

const LOCK_MS = 30_000
/** A dead worker's job comes back after its lock and one such look. */
const LOOK_MS = 5000

export interface JobQueueOptions {
  name: string
  place: QueuePlace
  concurrency: number
  /** Does the work that has this number, or finds that nothing is to be done. Must not throw: its owner's table says what became of it. */
  work: (number: number) => Promise<void>
  onError: (error: Error) => void
}

/** Wakes one of the processes that share its name for each number that was added. */
export class JobQueue {
  private readonly queue: Pick<Queue, 'add' | 'close'>
  private readonly worker: Pick<Worker, 'close'>

  constructor(options: JobQueueOptions) {
    const { queue, worker } = open(options)
    queue.on('error', options.onError)
    worker.on('error', options.onError)
    this.queue = queue
    this.worker = worker
  }

  /** `id`: the same one added again while it waits or runs is one job, whoever adds it. */
  async add(number: number, id: string): Promise<void> {
    await this.queue.add('work', { number }, { jobId: id })
  }

  /** Takes no further job and waits for those that run; the caller has told them to end. */
  async close(): Promise<void> {
    await this.worker.close()
    await this.queue.close()
  }
}

type Errors = { on(event: 'error', heard: (error: Error) => void): unknown }
/** What both kinds of queue and worker have: their own types name their backend. */
interface Opened {
  queue: Pick<Queue, 'add' | 'close'> & Errors
  worker: Pick<Worker, 'close'> & Errors
}

function open({ name, place, concurrency, work }: JobQueueOptions): Opened {
  // A job that ended leaves no trace: its id must be free if the work was not begun.
  const defaultJobOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 }
  const run = (job: Job<{ number: number }>) => work(job.data.number)
  const timing = { concurrency, lockDuration: LOCK_MS, stalledInterval: LOOK_MS, maxStalledCount: 5 }
  if ('postgres' in place) {
    const connection = place.postgres
    return {
      queue: new Queue(name, { connection, defaultJobOptions }, createPostgresBackend),
      worker: new Worker(name, run, { connection, ...timing }, createPostgresBackend),
    }
  }
  return {
    queue: new Queue(name, { connection: place.producer, defaultJobOptions }),
    worker: new Worker(name, run, { connection: place.worker, ...timing }),
  }
}
