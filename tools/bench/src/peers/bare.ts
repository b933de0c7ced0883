import {
  resultRequest,
  transactionAnswer,
  transactionRequest,
  type TransactionRequest,
} from '@lijian/contracts/marketing'
import { routeAnswer, routeBody, routeResultRequest, routeStateAnswer, type RouteBody } from '@lijian/contracts/routing'
import { bareServer, given, serve } from './server'

/** The yardstick over HTTP: parse, look the key up, answer. Neither an offer nor a MID is looked for. */
const { app, onRequest } = bareServer(given('BENCH_KEY'))
app.post(
  '/v1/transactions',
  { schema: { body: transactionRequest, response: { 200: transactionAnswer } }, onRequest },
  async ({ body }) => {
    const { serial, amount } = body as TransactionRequest
    const fee = { original: 0, final: 0, saved: 0 }
    return { serial, state: 'no_offer', amount, discount: 0, payable: amount, offers: [], fee }
  },
)
app.post<{ Params: { serial: string } }>(
  '/v1/transactions/:serial/result',
  { schema: { body: resultRequest, response: { 200: transactionAnswer } }, onRequest },
  async ({ params }) => ({ serial: params.serial, state: 'no_offer', discount: 0, offers: [] }),
)
app.post('/v1/routes', { schema: { body: routeBody, response: { 200: routeAnswer } }, onRequest }, async ({ body }) => {
  const { serial, amount } = body as RouteBody
  return { serial, amount, route: { mid: 'MID-1', channel: 'CH-1', pool: 'P-1', costEstimate: 0 } }
})
app.post<{ Params: { serial: string } }>(
  '/v1/routes/:serial/result',
  { schema: { body: routeResultRequest, response: { 200: routeStateAnswer } }, onRequest },
  async ({ params }) => ({ serial: params.serial, state: 'succeeded', attempts: [] }),
)
void serve(app)
