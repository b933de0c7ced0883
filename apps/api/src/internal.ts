import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { CAMPAIGN_SCHEMA_PATH, campaignJsonSchema } from '@lijian/contracts/marketing'
import type { Metrics } from '@lijian/telemetry'
import Fastify, { type FastifyInstance } from 'fastify'
import { boundConnections } from './bound-connections'
import { prepared } from './prepared'
import { safeHeaders } from './safe-headers'

export interface Internals {
  metrics: Metrics
  /** What is false is missing. */
  ready: () => Promise<Readonly<Record<string, boolean>>>
  /** Pools that give nobody a connection although somebody waits. */
  stuckPools: () => string[]
  /** Where everything else is answered: the documentation can be tried from its own page. */
  door: FastifyInstance
}

/** More than a browser and a few scrapers open. */
const CONNECTIONS_MAX = 64

/**
 * What operators and their programs ask of the process. It needs no key, so it listens on an address of its own, and nothing here is made anew by a
 * request: the event loop belongs to payments.
 */
export async function createInternal({ metrics, ready, stuckPools, door }: Internals): Promise<FastifyInstance> {
  const app = Fastify({
    requestTimeout: 30_000,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  })
  app.setErrorHandler((_error, _request, reply) => reply.code(503).send({ status: 'not_ready' }))
  safeHeaders(app)
  boundConnections(app, { connectionsMax: CONNECTIONS_MAX })
  app.get('/health/live', () => ({ status: 'ok' }))
  app.get('/health/ready', async (_request, reply) => {
    const checks = await ready()
    const ok = Object.values(checks).every(Boolean)
    const stuck = stuckPools()
    return reply
      .code(ok ? 200 : 503)
      .send({ status: ok ? 'ok' : 'not_ready', checks, ...(stuck.length > 0 ? { stuck } : {}) })
  })
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()))
  await describe(app)
  app.setNotFoundHandler((request, reply) => {
    reply.hijack()
    door.routing(request.raw, reply.raw)
  })
  return app
}

/** The document at /openapi.json, to read and try at /docs; the schema of a campaign for editors. Each is made once, here. */
async function describe(app: FastifyInstance): Promise<void> {
  const document = JSON.parse(readFileSync(join(__dirname, '..', 'openapi.json'), 'utf8')) as object
  const openapi = prepared('application/json; charset=utf-8', JSON.stringify(document))
  app.get('/openapi.json', openapi)
  app.get(CAMPAIGN_SCHEMA_PATH, prepared('application/schema+json', JSON.stringify(campaignJsonSchema())))
  await app.register(swagger, { mode: 'static', specification: { document: document as never } })
  // The assets come with the package: the page works without a network.
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiHooks: {
      // The page asks for /docs/json, which the package would make anew each time.
      onRequest: (request, reply, done) =>
        /\/(json|yaml)$/.test(request.routeOptions.url ?? '') ? void openapi(request, reply) : done(),
    },
  })
}
