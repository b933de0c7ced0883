import type { Metrics } from '@lijian/telemetry'
import type { FastifyInstance } from 'fastify'

/** A client that is closed at once tries elsewhere, or again; one that is kept waiting costs memory and gets its answer too late. */
export function boundConnections(
  { server }: FastifyInstance,
  { connectionsMax, metrics }: { connectionsMax: number; metrics: Metrics },
): void {
  const refused = metrics.counter('http_connections_refused_total', 'Connections above the most, closed at once')
  server.maxConnections = connectionsMax
  server.on('drop', () => refused.inc())
}
