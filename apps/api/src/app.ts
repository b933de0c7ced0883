import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Api, ApiContext } from './context'
import { measure } from './measure'
import { notFound } from './not-found'
import { describe } from './openapi'
import { errorHandler } from './problems'
import { accessRoutes } from './http/people/access'
import { accountRoutes } from './http/finance/accounts'
import { campaignRoutes } from './http/marketing/campaigns'
import { caseRoutes } from './http/finance/cases'
import { cardUsageRoutes } from './http/routing/card-usage'
import { cycleRoutes } from './http/finance/cycles'
import { clearingRoutes } from './http/finance/clearing'
import { evaluationRoutes } from './http/marketing/evaluations'
import { groupRoutes } from './http/marketing/groups'
import { importRoutes } from './http/marketing/imports'
import { merchantRoutes } from './http/marketing/merchants'
import { fundingRoutes } from './http/finance/funding'
import { operationRoutes } from './http/system/operations'
import { partnerRoutes } from './http/finance/partners'
import { reconciliationRoutes } from './http/finance/reconciliation'
import { paymentRoutes } from './http/routing/payments'
import { routingRoutes } from './http/routing/routing'
import { routingReportRoutes } from './http/routing/routing-reports'
import { transactionRoutes } from './http/marketing/transactions'
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
