import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Api, ApiContext } from './context'
import { measure } from './measure'
import { notFound } from './not-found'
import { describe } from './openapi'
import { errorHandler } from './problems'
import { accessRoutes } from './routes/access'
import { accountRoutes } from './routes/accounts'
import { campaignRoutes } from './routes/campaigns'
import { caseRoutes } from './routes/cases'
import { cardUsageRoutes } from './routes/card-usage'
import { cycleRoutes } from './routes/cycles'
import { clearingRoutes } from './routes/clearing'
import { evaluationRoutes } from './routes/evaluations'
import { groupRoutes } from './routes/groups'
import { importRoutes } from './routes/imports'
import { merchantRoutes } from './routes/merchants'
import { fundingRoutes } from './routes/funding'
import { operationRoutes } from './routes/operations'
import { partnerRoutes } from './routes/partners'
import { reconciliationRoutes } from './routes/reconciliation'
import { paymentRoutes } from './routes/payments'
import { routingRoutes } from './routes/routing'
import { routingReportRoutes } from './routes/routing-reports'
import { transactionRoutes } from './routes/transactions'
import { requestCompiler } from './validation'

/** The HTTP door: parse, authenticate, call a use case, answer. An app is wiring, never a place where a rule lives. */
export async function createApi(context: ApiContext): Promise<Api> {
  const onError = errorHandler(context.log)
  const app: FastifyInstance = Fastify({
    // One log line per request would cost more than the decision; metrics count requests, and what fails is logged by its handler.
    logger: false as unknown as FastifyBaseLogger & false,
    bodyLimit: context.settings.bodyLimitBytes,
    genReqId: requestIds(),
    requestIdHeader: false,
    // A file of a million members may come over a slow line; what is sent before the body may not.
    requestTimeout: 15 * 60_000,
    http: { headersTimeout: 30_000 },
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 128 },
    frameworkErrors: onError,
  })
  app.decorateRequest('principal', null as never)
  app.decorateRequest('receivedAtMs', 0)
  app.setValidatorCompiler(requestCompiler)
  // What we answer was made by us; it is parsed by tests, not on the way out.
  app.setSerializerCompiler(() => JSON.stringify)
  app.setErrorHandler(onError)
  bodyParsers(app)
  notFound(app)
  measure(app, context.metrics)
  await describe(app)
  const api = app as unknown as Api
  for (const routes of [
    transactionRoutes,
    paymentRoutes,
    routingRoutes,
    cardUsageRoutes,
    routingReportRoutes,
    evaluationRoutes,
    campaignRoutes,
    merchantRoutes,
    groupRoutes,
    importRoutes,
    partnerRoutes,
    fundingRoutes,
    cycleRoutes,
    clearingRoutes,
    accountRoutes,
    accessRoutes,
    caseRoutes,
    reconciliationRoutes,
    operationRoutes,
  ])
    routes(api, context)
  return api
}

/** JSON only. An empty body is no body: approving and suspending need none. */
function bodyParsers(app: FastifyInstance): void {
  const json = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (body.length === 0) done(null, undefined)
    else void json(request, body, done)
  })
}

/** Unique over processes and cheap: a random prefix and a number. */
function requestIds(): () => string {
  const prefix = randomBytes(5).toString('hex')
  let n = 0
  return () => `${prefix}-${(n++).toString(36)}`
}
