import fastify, { type FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { scrapeOf } from './scrape'

/** What is missing, in words of ours; undefined: it is ready. What it throws is told to nobody: a database names hosts and users in its errors. */
export type ReadyCheck = () => Promise<'start' | 'PostgreSQL' | 'documents' | undefined>

/** For operators and what watches for them. It asks for no key: the host that it listens on decides who reaches it. */
export function healthServer(registry: Registry, ready: ReadyCheck): FastifyInstance {
  const server = fastify()
  const scrape = scrapeOf(registry)
  server.setErrorHandler((_error, _request, reply) => {
    void reply.code(503).send({ status: 'not_ready', waitingFor: 'unknown: see the log of this process' })
  })
  server.get('/health/live', () => ({ status: 'live' }))
  server.get('/health/ready', async (_request, reply) => {
    const waitingFor = await ready()
    if (waitingFor === undefined) return { status: 'ready' }
    return reply.code(503).send({ status: 'not_ready', waitingFor })
  })
  server.get('/metrics', async (_request, reply) => {
    const text = await scrape()
    return reply.type(registry.contentType).send(text)
  })
  return server
}
