import { resultRequest, transactionAnswer, transactionRequest, type TransactionRequest } from '@lijian/contracts'
import { bareServer, given, serve } from './server'

/** The yardstick of bench a: parse, look the key up, answer. No offer is looked for. */
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
void serve(app)
