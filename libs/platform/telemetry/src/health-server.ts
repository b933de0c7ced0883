import fastify, { type FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'

/** Throws what is missing; ready when it does not. */
export type ReadyCheck = () => Promise<void>

export function healthServer(registry: Registry, ready: ReadyCheck): FastifyInstance {
  const server = fastify()
  server.get('/health/live', () => ({ status: 'live' }))
  server.get('/health/ready', async (_request, reply) => {
    try {
      await ready()
      return { status: 'ready' }
    } catch (error) {
      return reply
        .code(503)
        .send({ status: 'not_ready', waitingFor: error instanceof Error ? error.message : 'unknown' })
    }
  })
  server.get('/metrics', async (_request, reply) => {
    const text = await registry.metrics()
    return reply.type(registry.contentType).send(text)
  })
  return server
}
