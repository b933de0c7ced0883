import {
  explainedAnswer,
  mustSayPaid,
  resultRequest,
  reverseAnswer,
  reverseRequest,
  transactionAnswer,
  transactionListQuery,
  transactionPage,
  transactionRequest,
  type ReverseKind,
} from '@lijian/contracts/marketing'
import { lineText, LijianError, mustHoldNoCard } from '@lijian/contracts/system'
import { hashOf } from '@lijian/privacy'
import { listTransactions } from '@lijian/inquiries'
import { z } from 'zod'
import { example } from '../../examples'
import { cutTo } from '../../own-branch'
import { ownClient, serialParams } from '../../params'
import { endpoint } from './wing'

const scopes = ['transactions'] as const
const readers = ['transactions', 'read.transactions'] as const
const tag = 'transactions'

/** The payment waits for this one: no disk unless an offer is held, no validation of what we answer ourselves. */
const query = endpoint(
  {
    operationId: 'queryTransaction',
    method: 'POST',
    path: '/v1/transactions',
    tag,
    scopes,
    summary: 'Is there an offer for this payment?',
    description: `Answers what the consumer pays and which offers are held, within the deadline; when anything is slow or down the answer is "no_offer".
200 for every decision. The serial is the idempotency key: the same body again is answered the same, another body is 409 serial_reused.
A card number becomes a token at once and is never stored.`,
    body: example(transactionRequest, 'transaction-request'),
    query: z.strictObject({
      explain: z.enum(['true', 'false']).optional().describe('"true": every offer considered, with its reason'),
    }),
    answer: example(transactionAnswer, 'transaction-answer'),
  },
  ({ transactions, edge }, { principal, receivedAtMs, body, query: { explain } }) => {
    mustHoldNoCard(body, principal.serialsMayLookLikeCards)
    const { request, bodyHash } = edge.query(body)
    return transactions.query({
      client: principal.client,
      request,
      bodyHash,
      explain: explain === 'true',
      door: 'http',
      receivedAtMs,
      deadlineMs: principal.deadlineMs,
      notify: principal.notify,
      mayOmitPaid: principal.mayOmitPaid,
    })
  },
)

const result = endpoint(
  {
    operationId: 'tellTransactionResult',
    method: 'POST',
    path: '/v1/transactions/:serial/result',
    tag,
    scopes,
    summary: 'The payment succeeded or failed',
    description: `Captures what was held, or releases it. "paid" is what was sent upstream: a success without it is refused (paid_required), unless the client
may omit it. A "paid" that is neither the payable nor the gross amount opens a case. Echo "marketingSerial" of the answer that the payer acted on.
503 means that nothing was stored: keep the result and send it again.`,
    params: serialParams,
    body: example(resultRequest, 'result-request'),
    answer: transactionAnswer,
  },
  ({ transactions, edge }, { principal, params, body }) => {
    mustHoldNoCard({ ...params, upstreamSerial: body.upstreamSerial }, principal.serialsMayLookLikeCards)
    mustSayPaid(body, principal.mayOmitPaid)
    const { request, bodyHash } = edge.result(body)
    return transactions.result({ client: principal.client, serial: params.serial, request, bodyHash, door: 'http' })
  },
)

const reverse = (kind: ReverseKind, operationId: string) =>
  endpoint(
    {
      operationId,
      method: 'POST',
      path: `/v1/transactions/:serial/${kind}`,
      tag,
      scopes,
      summary: `The payment was undone by a ${kind}`,
      description: `Whole only: undoes a hold or a confirmed transaction and restores its counters. "serial" is the reverse transaction's own.`,
      params: serialParams,
      body: example(reverseRequest, 'reverse-request'),
      answer: reverseAnswer,
    },
    ({ transactions }, { principal, params, body }) => {
      const serials = { originalSerial: params.serial, serial: body.serial }
      mustHoldNoCard(serials, principal.serialsMayLookLikeCards)
      return transactions.reverse({
        client: principal.client,
        ...serials,
        kind,
        bodyHash: hashOf([kind, params.serial, body]),
        door: 'http',
      })
    },
  )

const read = endpoint(
  {
    operationId: 'readTransaction',
    method: 'GET',
    path: '/v1/transactions/:serial',
    tag,
    scopes: readers,
    summary: 'How a transaction stands, and why',
    description: `With explain=true the decision is computed again from what was stored with it (documents, facts, counters, draw key) and compared with what
was answered; "explanation" says for every offer bound to the merchant why it was given or not. Answers without an offer are found in the decision log.`,
    params: serialParams,
    // People look into any client's transactions; a transaction system only into its own.
    query: z.strictObject({
      client: lineText.max(64).optional().describe('only for scope "read.transactions"'),
      explain: z
        .enum(['true', 'false'])
        .optional()
        .describe('"true": the decision computed again, and told in sentences'),
    }),
    answer: explainedAnswer,
  },
  async ({ transactions, explainer }, { principal, params, query }) => {
    const client = ownClient(principal, query)
    if (query.explain === 'true') return explainer.explain(client, params.serial)
    const answer = await transactions.read(client, params.serial)
    if (!answer) throw new LijianError('not_found', `Nothing is stored under ${params.serial}`)
    return answer
  },
)

const list = endpoint(
  {
    operationId: 'listTransactions',
    method: 'GET',
    path: '/v1/transactions',
    tag,
    scopes: readers,
    summary: 'Transactions and what undid them, newest first',
    description: `Those that came in between "from" and "to" (days of the institution's zone; default today). With "businessDate" alone: what was recorded on that
date and came in at most four weeks before. With the scope read.transactions: of every client.`,
    query: transactionListQuery,
    answer: example(transactionPage, 'transaction-page'),
  },
  async ({ pool, timeZone }, { principal, query: { client, ...rest } }) => {
    const all = client === undefined && principal.scopes.has('read.transactions')
    const branches = await cutTo({ pool }, principal)
    return listTransactions(pool, {
      ...rest,
      timeZone,
      branches,
      ...(all ? {} : { client: ownClient(principal, { client }) }),
    })
  },
)

export const transactionEndpoints = [
  query,
  result,
  reverse('reversal', 'reverseTransaction'),
  reverse('void', 'voidTransaction'),
  read,
  list,
]
