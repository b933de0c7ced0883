import { z } from 'zod'
import type { Api, ApiContext } from '../../context'
import { shown } from '../../route-kit'

const tag = 'operations'
const health = z.object({ status: z.enum(['ok', 'not_ready']), checks: z.record(z.string(), z.boolean()).optional() })

export function operationRoutes(app: Api, { metrics, ready }: ApiContext): void {
  app.get(
    '/health/live',
    { schema: { ...shown({ tag, scopes: [], summary: 'The process answers' }), response: { 200: health } } },
    () => ({ status: 'ok' as const }),
  )
  app.get(
    '/health/ready',
    {
      schema: {
        ...shown({ tag, scopes: [], summary: 'PostgreSQL answers and the documents are in memory' }),
        response: { 200: health, 503: health },
      },
    },
    async (_request, reply) => {
      const checks = await ready()
      const ok = Object.values(checks).every(Boolean)
      return reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'not_ready', checks: { ...checks } })
    },
  )
  app.get(
    '/metrics',
    {
      schema: {
        ...shown({ tag, scopes: [], summary: 'Prometheus metrics' }),
        response: { 200: { description: 'text format', content: { 'text/plain': { schema: z.string() } } } },
      },
    },
    async (_request, reply) =>
      reply
        .header('content-type', metrics.contentType)
        .serializer(String)
        .send(await metrics.text()),
  )
}
