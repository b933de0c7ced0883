export { JobQueue, type JobQueueOptions } from './job-queue'
export { migrateQueue, QUEUE_SCHEMA } from './migrate'
export { openRedis, type QueuePlace } from './place'
