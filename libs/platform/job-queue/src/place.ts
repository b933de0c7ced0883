import { Redis, type RedisOptions } from 'ioredis'
import type { Pool } from 'pg'

/** Where jobs wait: a database whose sessions have the queue's schema in their search path, or a Redis. */
export type QueuePlace = { postgres: Pool } | { producer: Redis; worker: Redis }

/** A server that stands still must not hold up who adds. */
const ANSWERS_WITHIN_MS = 5000

/**
 * Two connections: a producer fails fast, since its owner adds the job again; a worker waits for its server without end. An error is told, never
 * thrown. The caller disconnects both.
 */
export function openRedis(
  url: string,
  name: string,
  onError: (error: Error) => void,
): { producer: Redis; worker: Redis } {
  const connect = (options: RedisOptions, of: string) => {
    const redis = new Redis(url, { ...options, connectionName: `${name}-${of}` })
    redis.on('error', onError)
    return redis
  }
  return {
    producer: connect(
      { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: ANSWERS_WITHIN_MS },
      'producer',
    ),
    worker: connect({ maxRetriesPerRequest: null }, 'worker'),
  }
}
