import { join } from 'node:path'
import { BacktestWork } from '@lijian/campaigns'
import type { Config } from '@lijian/config'
import { answers, LIMITS, steadyClient, steadyPool, steadyPoolConfig } from '@lijian/database'
import { JobQueue, openRedis, type QueuePlace } from '@lijian/job-queue'
import { Lifetimes } from '@lijian/lifetimes'
import { definitionOf } from '@lijian/reports'
import { readTargets, ReportDeliveries, ReportFiles, ReportWork, SILENT_MS } from '@lijian/report-runs'
import { healthServer, Metrics, type Logger } from '@lijian/telemetry'
import type { Pool } from 'pg'
import { Backtester } from './backtester'
import { Deliverer } from './deliverer'
import { Feeder } from './feeder'
import { Maker } from './maker'
import { Pace, type PaceOptions } from './pacing/pace'
import { lowersBackends } from './priority/backend'
import { reasonOf } from './reason'
import { deliveryMetrics, reportMetrics } from './metrics'

export interface RunningGenerator {
  stop(): Promise<void>
  /** What has not closed yet. */
  open(): string[]
}

/** What tests change. */
export interface GeneratorOptions {
  definitionOf?: typeof definitionOf
  /** An attempt that says nothing for so long is dead. */
  silentMs?: number
  tidyEveryMs?: number
  pace?: Partial<PaceOptions>
  /** Takes only what other processes leave of the processors; true if missing. A test of something else cannot wait for that. */
  lowest?: boolean
}

/** Wires PostgreSQL, the queue and the maker together. PostgreSQL may be away: it is waited for. */
export function startGenerator(config: Config, log: Logger, options: GeneratorOptions = {}): Promise<RunningGenerator> {
  return Lifetimes.start(async (lifetimes) => {
    const { databaseUrl, readingDatabaseUrl = databaseUrl } = config
    const { silentMs = SILENT_MS, tidyEveryMs, lowest = true } = options
    const targets = readTargets(config.reportTargets)
    const lost = (error: Error) => log.warn({ reason: error.message }, 'PostgreSQL connection lost')
    const poolOf = (url: string, name: string, max: number, limits: keyof typeof LIMITS) => {
      const pool = steadyPool(url, { name, max, limits: LIMITS[limits], onLost: lost })
      return lifetimes.add(name, pool, () => pool.end())
    }
    const books = poolOf(databaseUrl, 'lijian-report-runs', 4, 'reading')
    const reading = poolOf(readingDatabaseUrl, 'lijian-report-rows', config.reportsAtOnce + 1, 'reports')
    if (lowest) lowersBackends(reading)
    const probing = poolOf(readingDatabaseUrl, 'lijian-report-probe', 1, 'polls')
    const least = config.reportShareMinPercent / 100
    const pace = new Pace({ probe: () => answered(probing), least, ...options.pace })

    const work = new ReportWork(books, config.reportDays, silentMs)
    const metrics = new Metrics('report-generator')
    const { onEnd } = reportMetrics(metrics, work, pace)
    const health = healthServer(metrics.registry, async () => ((await answers(books)) ? undefined : 'PostgreSQL'))
    lifetimes.add('health server', health, () => health.close())
    await health.listen({ host: config.internalHost, port: config.reportPort })

    const files = new ReportFiles(config.reportDir ?? join(config.dataDir, 'reports'))
    const { timeZone } = config
    const maker = new Maker({
      work,
      files,
      reading,
      pace,
      timeZone,
      log,
      onEnd,
      silentMs,
      definitionOf: options.definitionOf ?? definitionOf,
    })
    const queue = new JobQueue({
      name: 'lijian-reports',
      place: queuePlace(config, lifetimes, log),
      concurrency: config.reportsAtOnce,
      work: (id) => maker.make(id),
      onError: (error) => log.warn({ reason: error.message }, 'queue of reports'),
    })
    lifetimes.add('queue', queue, () => {
      maker.stop()
      return queue.close()
    })
    const feeder = new Feeder({
      work,
      files,
      add: ({ id, attempt }) => queue.add(id, `r-${id}-${attempt}`),
      listen: () => steadyClient(databaseUrl, { name: 'lijian-report-ears' }, LIMITS.polls),
      onError: (error) => log.warn({ reason: reasonOf(error) }, 'waiting reports not looked at; trying again'),
      ...(tidyEveryMs === undefined ? {} : { tidyEveryMs }),
    })
    lifetimes.add('feeder', feeder, () => feeder.stop())
    feeder.start()
    const deliveries = new ReportDeliveries(books)
    const folder = config.reportDeliveryDir ?? join(config.dataDir, 'report-deliveries')
    const deliverer = new Deliverer({
      deliveries,
      files,
      targets,
      folder,
      inside: config.profile === 'dev',
      log,
      ...deliveryMetrics(metrics, deliveries),
    })
    lifetimes.add('deliverer', deliverer, () => deliverer.stop())
    deliverer.start()
    const trying = poolOf(readingDatabaseUrl, 'lijian-backtests', 2, 'reports')
    if (lowest) lowersBackends(trying)
    const backtester = new Backtester({
      work: new BacktestWork(books, config.reportDays, silentMs),
      reading: trying,
      ...{ pace, timeZone, log, silentMs },
    })
    lifetimes.add('backtester', backtester, () => backtester.stop())
    backtester.start()
    log.info({ queue: config.queueUrl ? 'redis' : 'postgres', atOnce: config.reportsAtOnce }, 'report-generator runs')
    return { stop: () => lifetimes.close(), open: () => lifetimes.open }
  })
}

async function answered(pool: Pool): Promise<void> {
  if (!(await answers(pool))) throw new Error('no answer')
}

/** PostgreSQL, in BullMQ's own schema; or the Redis that is named. */
function queuePlace({ queueUrl, databaseUrl, reportsAtOnce }: Config, lifetimes: Lifetimes, log: Logger): QueuePlace {
  if (queueUrl === undefined) {
    const max = 2 + reportsAtOnce
    return { postgres: steadyPoolConfig(databaseUrl, { name: 'lijian-report-queue', max, limits: LIMITS.reading }) }
  }
  const connections = openRedis(queueUrl, 'lijian-reports', (error) =>
    log.warn({ reason: error.message }, 'queue server'),
  )
  lifetimes.add('queue server', connections, ({ producer, worker }) => {
    producer.disconnect()
    worker.disconnect()
  })
  return connections
}
