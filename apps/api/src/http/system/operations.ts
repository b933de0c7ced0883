import { z } from 'zod'
import { endpoint } from './wing'

const tag = 'operations'
const health = z.object({ status: z.enum(['ok', 'not_ready']), checks: z.record(z.string(), z.boolean()).optional() })

export const operationEndpoints = [
  endpoint(
    {
      operationId: 'isLive',
      method: 'GET',
      path: '/health/live',
      tag,
      scopes: [],
      summary: 'The process answers',
      answer: health,
    },
    () => ({ status: 'ok' as const }),
  ),
  endpoint(
    {
      operationId: 'isReady',
      method: 'GET',
      path: '/health/ready',
      tag,
      scopes: [],
      summary: 'PostgreSQL answers and the documents are in memory',
      answer: health,
      also: { 503: health },
    },
    async ({ ready }, _asked, reply) => {
      const checks = await ready()
      const ok = Object.values(checks).every(Boolean)
      return reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'not_ready', checks: { ...checks } })
    },
  ),
  endpoint(
    {
      operationId: 'readMetrics',
      method: 'GET',
      path: '/metrics',
      tag,
      scopes: [],
      summary: 'Prometheus metrics',
      answer: { description: 'text format', content: { 'text/plain': { schema: z.string() } } },
    },
    async ({ metrics }, _asked, reply) =>
      reply
        .header('content-type', metrics.contentType)
        .serializer(String)
        .send(await metrics.text()),
  ),
]
