import { randomUUID } from 'node:crypto'
import {
  resultRequest,
  transactionAnswer,
  transactionRequest,
  type ResultRequest,
  type TransactionAnswer,
  type TransactionRequest,
} from '@lijian/contracts/marketing'
import { hashOf } from '@lijian/privacy'
import { rank, screen, type Candidate, type PaymentFacts } from '@lijian/rules'
import { CatalogService } from '@lijian/catalog'
import { Pool } from 'pg'
import { admit, settle } from './naive-sql'
import { bareServer, given, serve } from './server'

/**
 * The peer of bench a that does the same work as most would write it: the same rules in memory, then one database
 * transaction per request, its counters locked in key order. It answers the common case only.
 */
const databaseUrl = given('BENCH_DATABASE_URL')
const pool = new Pool({ connectionString: databaseUrl, max: 32, application_name: 'bench-naive' })
const catalog = new CatalogService({ databaseUrl, drawKey: Buffer.alloc(32, 7) })
const { app, onRequest } = bareServer(given('BENCH_KEY'))

function factsOf(body: TransactionRequest): PaymentFacts {
  const { card, identities: _, customer: __, facts: ___, at: ____, ...rest } = body
  const token = card && 'token' in card ? card : undefined
  return {
    ...rest,
    client: 'naive',
    amountFen: body.amount,
    eligibleFen: body.eligibleAmount,
    cardToken: token?.token,
    cardDigits: token?.bin,
    atMs: Date.now(),
  }
}

function best(facts: PaymentFacts): Candidate | undefined {
  const current = catalog.current()
  if (!current) throw new Error('documents are not loaded')
  const { passed } = screen(current, facts, false)
  const amount = passed.filter(({ kind }) => kind === 'amount')
  const fees = catalog.fees(facts.merchant)
  const price = { payableFen: facts.amountFen, feeSavedFen: 0, granted: false, closed: false, fees }
  return rank(amount, facts, price, false).candidates[0]
}

app.post(
  '/v1/transactions',
  { schema: { body: transactionRequest, response: { 200: transactionAnswer } }, onRequest },
  async ({ body }): Promise<TransactionAnswer> => {
    const request = body as TransactionRequest
    const { serial, amount, merchant } = request
    const nothing: TransactionAnswer = { serial, state: 'no_offer', amount, discount: 0, payable: amount, offers: [] }
    const candidate = best(factsOf(request))
    if (!candidate) return nothing
    const payable = amount - candidate.discountFen
    const held: TransactionAnswer = {
      ...nothing,
      state: 'held',
      marketingSerial: `m_${randomUUID()}`,
      discount: candidate.discountFen,
      payable,
      offers: [candidate.grantOf(candidate.discountFen)],
    }
    const admitted = await admit(pool, {
      merchant,
      bodyHash: hashOf(request),
      answer: held,
      charges: candidate.charges,
    })
    return admitted ? held : nothing
  },
)
app.post<{ Params: { serial: string } }>(
  '/v1/transactions/:serial/result',
  { schema: { body: resultRequest, response: { 200: transactionAnswer } }, onRequest },
  async ({ params, body }): Promise<TransactionAnswer> => {
    const { outcome } = body as ResultRequest
    const state = await settle(pool, params.serial, outcome)
    return { serial: params.serial, state: state ?? 'no_offer', discount: 0, offers: [] }
  },
)

async function main(): Promise<void> {
  await catalog.start()
  await serve(app)
}
void main()
