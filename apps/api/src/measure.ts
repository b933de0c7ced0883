import type { Metrics } from '@lijian/telemetry'
import type { FastifyInstance } from 'fastify'

/** Duration of every request by route and status class; the labelled series are looked up once each, for this runs on every payment. */
export function measure(app: FastifyInstance, metrics: Metrics): void {
  const durations = metrics.seconds('http_request_duration', 'Time to answer a request', ['method', 'route', 'status'])
  const series = new Map<string, Map<number, { observe(seconds: number): void }>>()
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request
    // Strangers must not make series by touching addresses.
    const isStranger = request.principal === null && reply.statusCode >= 400
    const route = isStranger ? 'refused' : (request.routeOptions.url ?? 'none')
    const key = method + route
    let byStatus = series.get(key)
    if (byStatus === undefined) series.set(key, (byStatus = new Map()))
    let one = byStatus.get(reply.statusCode)
    if (one === undefined)
      byStatus.set(reply.statusCode, (one = durations.labels(method, route, String(reply.statusCode))))
    one.observe(reply.elapsedTime / 1000)
    done()
  })
}
