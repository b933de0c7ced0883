import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { boundConnections } from './bound-connections'
import { borders } from './borders'
import type { ServerKit, Wings } from './context'
import { TABLE } from './http/table'
import { serveConsole } from './console'
import { differingRepeats } from './hot-metrics'
import { measure } from './measure'
import { notFound } from './not-found'
import { errorHandler } from './problems'
import { guard } from './guard'
import { bind, register } from './register'
import { safeHeaders } from './safe-headers'
import { endSlowBodies, SLOW_LIMITS } from './slow-bodies'
import { requestCompiler } from './validation'

/** The rest of the connections is for addresses from which a good key came lately. */
const STRANGERS_SHARE = 0.75

/** The HTTP door: parse, authenticate, call a use case, answer. An app is wiring, never a place where a rule lives. */
export function createApi(wings: Wings, kit: ServerKit): FastifyInstance {
  const onError = errorHandler(kit.log, differingRepeats(kit))
  const app: FastifyInstance = Fastify({
    // One log line per request would cost more than the decision; metrics count requests, and what fails is logged by its handler.
    logger: false as unknown as FastifyBaseLogger & false,
    bodyLimit: kit.bodyLimitBytes,
    genReqId: requestIds(),
    requestIdHeader: false,
    // Nobody is believed who is not named.
    trustProxy: kit.trustedProxies ? [...kit.trustedProxies] : false,
    // A file of a million members may come over a slow line (`endSlowBodies` says how slow); what is sent before the body may not.
    requestTimeout: 0,
    http: { headersTimeout: 30_000, connectionsCheckingInterval: 5_000 },
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 128 },
    frameworkErrors: onError,
  })
  app.decorateRequest('principal', null as never)
  app.decorateRequest('receivedAtMs', 0)
  app.decorateRequest('problemCode', undefined)
  app.setValidatorCompiler(requestCompiler)
  // What we answer was made by us; it is parsed by tests, not on the way out.
  app.setSerializerCompiler(() => JSON.stringify)
  app.setErrorHandler(onError)
  safeHeaders(app)
  guard(app, kit)
  endSlowBodies(app, kit.slowLimits ?? SLOW_LIMITS)
  borders(app, kit.large)
  notFound(app)
  serveConsole(app, kit.temporalUi)
  measure(app, kit.metrics)
  const turnedAway = kit.metrics.counter('http_connections_refused_total', 'Connections above the most, closed')
  boundConnections(app, {
    connectionsMax: kit.connectionsMax,
    strangersMax: Math.ceil(kit.connectionsMax * STRANGERS_SHARE),
    isKnown: (socket) => kit.senders.isKnown(socket.remoteAddress),
    onRefused: () => turnedAway.inc(),
  })
  register(
    app,
    [
      bind(wings.marketing, TABLE.marketing),
      bind(wings.routing, TABLE.routing),
      bind(wings.finance, TABLE.finance),
      bind(wings.people, TABLE.people),
      bind(wings.system, TABLE.system),
    ],
    kit,
  )
  return app
}

/** Unique over processes and cheap: a random prefix and a number. */
function requestIds(): () => string {
  const prefix = randomBytes(5).toString('hex')
  let n = 0
  return () => `${prefix}-${(n++).toString(36)}`
}
