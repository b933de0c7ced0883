import { Redis, type RedisOptions } from 'ioredis'
import type { PoolConfig } from 'pg'

/**
 * Where jobs wait: a database, of which BullMQ makes connections of its own, or a Redis. Not a pool of ours: after an outage BullMQ may keep one
 * of its connections for ever, and its end would wait for it.
 */
export type QueuePlace = { postgres: PoolConfig } | { producer: Redis; worker: Redis }

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
