import { refundAnswer, refundList, refundRequest, refundResultRequest } from '@lijian/contracts/marketing'
import { lineText, mustHoldNoCard, serial } from '@lijian/contracts/system'
import { hashOf } from '@lijian/privacy'
import { z } from 'zod'
import { example } from '../../examples'
import { ownClient, serialParams } from '../../params'
import { endpoint } from './wing'

const scopes = ['transactions'] as const
const tag = 'transactions'
const answer = example(refundAnswer, 'refund-answer')

const ask = endpoint(
  {
    operationId: 'askRefund',
    method: 'POST',
    path: '/v1/transactions/:serial/refunds',
    tag,
    scopes,
    summary: "A refund's first step: what the payer gets back",
    description: `Before the upstream refund: of "amount" (a part of the original gross amount) the payer gets "payer", the rest goes back to the funders.
Any number of parts, together at most what is left. While the original's result is not known the answer is 202 "waiting", and the refund follows it.
404 unknown_original: nothing was given, the payer gets all of it. "serial" is the refund's own and its idempotency key.`,
    params: serialParams,
    body: example(refundRequest, 'refund-request'),
    answer,
    also: { 202: refundAnswer.describe('it waits for the result of its original') },
  },
  async ({ transactions }, { principal, params: { serial: of }, body }, reply) => {
    mustHoldNoCard({ originalSerial: of, serial: body.serial }, principal.serialsMayLookLikeCards)
    const refund = await transactions.refund({
      client: principal.client,
      originalSerial: of,
      serial: body.serial,
      amountFen: body.amount,
      eligibleFen: body.eligibleAmount,
      bodyHash: hashOf(['refund', of, body]),
      deadlineMs: principal.deadlineMs,
    })
    return reply.code(refund.state === 'waiting' ? 202 : 200).send(refund)
  },
)

const result = endpoint(
  {
    operationId: 'tellRefundResult',
    method: 'POST',
    path: '/v1/transactions/:serial/refunds/:refund/result',
    tag,
    scopes,
    summary: 'The upstream refund succeeded or failed',
    description: `success: the original becomes partially_refunded or refunded, quota comes back by the rules of then. failure: as if it had not been asked.
Without a result it stays "refund_held", ages and is reported; it never expires.`,
    params: serialParams.extend({ refund: serial }),
    body: example(refundResultRequest, 'refund-result-request'),
    answer,
  },
  ({ transactions }, { principal, params: { serial: of, refund }, body }) =>
    transactions.refundResult({ client: principal.client, originalSerial: of, serial: refund, outcome: body.outcome }),
)

const list = endpoint(
  {
    operationId: 'listRefunds',
    method: 'GET',
    path: '/v1/transactions/:serial/refunds',
    tag,
    scopes: ['transactions', 'read.transactions'],
    summary: 'The refunds of a transaction, in the order in which they came',
    params: serialParams,
    query: z.strictObject({ client: lineText.max(64).optional().describe('only for scope "read"') }),
    answer: refundList,
  },
  async ({ transactions }, { principal, params, query }) => ({
    refunds: await transactions.refunds(ownClient(principal, query), params.serial),
  }),
)

export const refundEndpoints = [ask, result, list]
