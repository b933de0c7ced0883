import {
  explainedAnswer,
  refundAnswer,
  refundList,
  refundRequest,
  refundResultRequest,
  resultRequest,
  reverseAnswer,
  reverseRequest,
  transactionAnswer,
  transactionListQuery,
  transactionPage,
  transactionRequest,
  type ReverseKind,
} from '@lijian/contracts/marketing'
import { LijianError, serial } from '@lijian/contracts/system'
import { hashOf } from '@lijian/privacy'
import { listTransactions } from '@lijian/inquiries'
import { z } from 'zod'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import { ownClient, problemResponse, serialParams, shown } from '../../route-kit'

const scopes = ['transactions'] as const
const tag = 'transactions'
const explainQuery = z.strictObject({
  explain: z.enum(['true', 'false']).optional().describe('"true": every offer considered, with its reason'),
})
/** People look into any client's transactions; a transaction system only into its own. */
const readQuery = z.strictObject({
  client: z.string().max(64).optional().describe('only for scope "read"'),
  explain: z.enum(['true', 'false']).optional().describe('"true": the decision computed again, and told in sentences'),
})

export function transactionRoutes(app: Api, context: ApiContext): void {
  query(app, context)
  result(app, context)
  reverse(app, context, 'reversal')
  reverse(app, context, 'void')
  refunds(app, context)
  read(app, context)
  list(app, context)
}

/** The payment waits for this one: no disk unless an offer is held, no validation of what we answer ourselves. */
function query(app: Api, { transactions, edge, authenticate }: ApiContext): void {
  app.post(
    '/v1/transactions',
    {
      schema: {
        ...shown({ tag, scopes, summary: 'Is there an offer for this payment?', description: QUERY_WORDS }),
        body: example(transactionRequest, 'transaction-request'),
        querystring: explainQuery,
        response: { 200: example(transactionAnswer, 'transaction-answer'), default: problemResponse },
      },
      onRequest: authenticate(...scopes),
    },
    (incoming) => {
      const { principal, receivedAtMs, body } = incoming
      const { request, bodyHash } = edge.query(body)
      return transactions.query({
        client: principal.client,
        request,
        bodyHash,
        explain: incoming.query.explain === 'true',
        door: 'http',
        receivedAtMs,
        deadlineMs: principal.deadlineMs,
        notify: principal.notify,
      })
    },
  )
}

function result(app: Api, { transactions, edge, authenticate }: ApiContext): void {
  app.post(
    '/v1/transactions/:serial/result',
    {
      schema: {
        ...shown({ tag, scopes, summary: 'The payment succeeded or failed', description: RESULT_WORDS }),
        params: serialParams,
        body: example(resultRequest, 'result-request'),
        response: { 200: transactionAnswer, default: problemResponse },
      },
      onRequest: authenticate(...scopes),
    },
    ({ principal, params, body }) => {
      const { request, bodyHash } = edge.result(body)
      return transactions.result({ client: principal.client, serial: params.serial, request, bodyHash, door: 'http' })
    },
  )
}

function reverse(app: Api, { transactions, authenticate }: ApiContext, kind: ReverseKind): void {
  app.post(
    `/v1/transactions/:serial/${kind}`,
    {
      schema: {
        ...shown({ tag, scopes, summary: `The payment was undone by a ${kind}`, description: REVERSE_WORDS }),
        params: serialParams,
        body: example(reverseRequest, 'reverse-request'),
        response: { 200: reverseAnswer, default: problemResponse },
      },
      onRequest: authenticate(...scopes),
    },
    ({ principal, params, body }) =>
      transactions.reverse({
        client: principal.client,
        originalSerial: params.serial,
        serial: body.serial,
        kind,
        bodyHash: hashOf([kind, params.serial, body]),
        door: 'http',
      }),
  )
}

function refunds(app: Api, { transactions, authenticate }: ApiContext): void {
  const params = serialParams.extend({ refund: serial })
  const answers = { 200: example(refundAnswer, 'refund-answer'), default: problemResponse }
  const onRequest = authenticate(...scopes)
  app.post(
    '/v1/transactions/:serial/refunds',
    {
      schema: {
        ...shown({
          tag,
          scopes,
          summary: "A refund's first step: what the payer gets back",
          description: REFUND_WORDS,
        }),
        params: serialParams,
        body: example(refundRequest, 'refund-request'),
        response: { ...answers, 202: refundAnswer.describe('it waits for the result of its original') },
      },
      onRequest,
    },
    async ({ principal, params: { serial: of }, body }, reply) => {
      const answer = await transactions.refund({
        client: principal.client,
        originalSerial: of,
        serial: body.serial,
        amountFen: body.amount,
        eligibleFen: body.eligibleAmount,
        bodyHash: hashOf(['refund', of, body]),
        deadlineMs: principal.deadlineMs,
      })
      return reply.code(answer.state === 'waiting' ? 202 : 200).send(answer)
    },
  )
  app.post(
    '/v1/transactions/:serial/refunds/:refund/result',
    {
      schema: {
        ...shown({ tag, scopes, summary: 'The upstream refund succeeded or failed', description: REFUND_RESULT_WORDS }),
        params,
        body: example(refundResultRequest, 'refund-result-request'),
        response: answers,
      },
      onRequest,
    },
    ({ principal, params: { serial: of, refund }, body }) =>
      transactions.refundResult({
        client: principal.client,
        originalSerial: of,
        serial: refund,
        outcome: body.outcome,
      }),
  )
  const readers = ['transactions', 'read'] as const
  app.get(
    '/v1/transactions/:serial/refunds',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'The refunds of a transaction, in the order in which they came' }),
        params: serialParams,
        querystring: readQuery.omit({ explain: true }),
        response: { 200: refundList, default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    async ({ principal, params, query }) => ({
      refunds: await transactions.refunds(ownClient(principal, query), params.serial),
    }),
  )
}

function read(app: Api, { transactions, explainer, authenticate }: ApiContext): void {
  const readers = ['transactions', 'read'] as const
  app.get(
    '/v1/transactions/:serial',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'How a transaction stands, and why', description: READ_WORDS }),
        params: serialParams,
        querystring: readQuery,
        response: { 200: explainedAnswer, default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    async ({ principal, params, query }) => {
      const client = ownClient(principal, query)
      if (query.explain === 'true') return explainer.explain(client, params.serial)
      const answer = await transactions.read(client, params.serial)
      if (!answer) throw new LijianError('not_found', `Nothing is stored under ${params.serial}`)
      return answer
    },
  )
}

function list(app: Api, { pool, authenticate, settings: { timeZone } }: ApiContext): void {
  const readers = ['transactions', 'read'] as const
  app.get(
    '/v1/transactions',
    {
      schema: {
        ...shown({
          tag,
          scopes: readers,
          summary: 'Transactions and what undid them, newest first',
          description: LIST_WORDS,
        }),
        querystring: transactionListQuery,
        response: { 200: example(transactionPage, 'transaction-page'), default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ principal, query: { client, ...query } }) => {
      const all = client === undefined && principal.scopes.has('read')
      return listTransactions(pool, {
        ...query,
        timeZone,
        ...(all ? {} : { client: ownClient(principal, { client }) }),
      })
    },
  )
}

const LIST_WORDS = `Those that came in between "from" and "to" (days of the institution's zone; default today). With "businessDate" alone: what was recorded on that
date and came in at most four weeks before. With the scope read: of every client.`
const QUERY_WORDS = `Answers what the consumer pays and which offers are held, within the deadline; when anything is slow or down the answer is "no_offer".
200 for every decision. The serial is the idempotency key: the same body again is answered the same, another body is 409 serial_reused.
A card number becomes a token at once and is never stored.`
const RESULT_WORDS = `Captures what was held, or releases it. "paid" is what was sent upstream; absent = payable.
503 means that nothing was stored: keep the result and send it again.`
const REVERSE_WORDS = `Whole only: undoes a hold or a confirmed transaction and restores its counters. "serial" is the reverse transaction's own.`
const READ_WORDS = `With explain=true the decision is computed again from what was stored with it (documents, facts, counters, draw key) and compared with what
was answered; "explanation" says for every offer bound to the merchant why it was given or not. Answers without an offer are found in the decision log.`
const REFUND_WORDS = `Before the upstream refund: of "amount" (a part of the original gross amount) the payer gets "payer", the rest goes back to the funders.
Any number of parts, together at most what is left. While the original's result is not known the answer is 202 "waiting", and the refund follows it.
404 unknown_original: nothing was given, the payer gets all of it. "serial" is the refund's own and its idempotency key.`
const REFUND_RESULT_WORDS = `success: the original becomes partially_refunded or refunded, quota comes back by the rules of then. failure: as if it had not been asked.
Without a result it stays "refund_held", ages and is reported; it never expires.`
