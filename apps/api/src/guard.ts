import { LijianError, type ErrorCode } from '@lijian/contracts/system'
import { principalOf, type KeyRing } from '@lijian/identity'
import type { Logger, Metrics } from '@lijian/telemetry'
import type { FastifyInstance } from 'fastify'
import type { AuditNotes } from '@lijian/audit'
import { refusalOf } from './audit'
import type { Senders } from './senders'

interface GuardKit {
  senders: Senders
  keys: Pick<KeyRing, 'find'>
  metrics: Metrics
  log: Logger
  audit: Pick<AuditNotes, 'refused'>
}

const TOLD_EVERY_MS = 1000
const REFUSED: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  429: 'too_many_requests',
}

/** Before anybody is authenticated: an address that was refused too often is not looked at, unless it brings a good key. Probes have a budget of their own. */
export function guard(app: FastifyInstance, { senders, keys, metrics, log, audit }: GuardKit): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const isLetIn = isProbe(request.url) ? senders.mayProbe(request.ip) : !senders.isSpent(request.ip)
    if (isLetIn || principalOf(keys, request.headers.authorization) !== undefined) return done()
    done(new LijianError('too_many_requests', 'Too many requests without a valid API key came from this address'))
  })
  const refused = metrics.counter('http_refused_total', 'Requests refused for their key, scope or rate', ['code'])
  const tell = sampled((count, status, route, address) =>
    // Nothing of what was sent.
    log.warn({ status, route, address, count }, 'requests refused'),
  )
  app.addHook('onResponse', (request, { statusCode }, done) => {
    if (statusCode >= 400) {
      if (request.principal === null) senders.refuse(request.ip)
      const code = REFUSED[statusCode]
      if (code !== undefined) {
        refused.inc({ code })
        const note = refusalOf(request, statusCode)
        if (note !== undefined) audit.refused(note)
        tell(statusCode, request.routeOptions.url ?? 'none', request.ip)
      }
    }
    done()
  })
}

const isProbe = (url: string) => url === '/health/live'

/** One line a second for each status: the last refusal, and how many there were since the line before. */
function sampled(write: (count: number, status: number, route: string, address: string) => void) {
  const last = new Map<number, { atMs: number; count: number }>()
  return (status: number, route: string, address: string): void => {
    const nowMs = performance.now()
    const before = last.get(status) ?? { atMs: -Infinity, count: 0 }
    before.count++
    last.set(status, before)
    if (nowMs - before.atMs < TOLD_EVERY_MS) return
    write(before.count, status, route, address)
    last.set(status, { atMs: nowMs, count: 0 })
  }
}
