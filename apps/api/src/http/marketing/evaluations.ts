import {
  evaluationAnswer,
  evaluationRequest,
  parseCampaign,
  type EvaluationRequest,
  type TransactionRequest,
} from '@lijian/contracts/marketing'
import { LijianError } from '@lijian/contracts/system'
import type { Edge } from '@lijian/privacy'
import { example } from '../../examples'
import { endpoint } from './wing'

export const evaluationEndpoints = [
  endpoint(
    {
      operationId: 'evaluate',
      method: 'POST',
      path: '/v1/evaluations',
      tag: 'evaluations',
      // Not a transaction system: a caller that asks about payments that are not made could choose the serials that draw best.
      scopes: ['read.marketing', 'campaigns.make', 'campaigns.check'],
      summary: 'What one payment would get; nothing is held',
      description: `The answer of POST /v1/transactions?explain=true to this payment now, and the counters that each offer was tried against; no counter, hold or row is touched.
"campaigns" are documents, "drafts" codes of stored campaigns whose newest version counts: both as approved and not suspended, instead of the live
version of their code. Every error of every document is listed at once. A draw is seeded with the client of your own key and the version that the
document has or would get. A payment that was already decided is decided again beside what it holds.`,
      body: example(evaluationRequest, 'evaluation-request'),
      digest: (body: EvaluationRequest) => ({ ...body, campaigns: (body.campaigns ?? []).map(parseCampaign) }),
      answer: example(evaluationAnswer, 'evaluation-answer'),
    },
    ({ evaluations, edge }, { principal, receivedAtMs, body: { payment, campaigns, drafts = [], only = false } }) => {
      const request = tokensOf(edge, payment)
      return evaluations.evaluate({ client: principal.client, request, receivedAtMs, campaigns, drafts, only })
    },
  ),
]

/** The edge names places in the payment; here it is a part of the body. */
function tokensOf(edge: Edge, payment: TransactionRequest) {
  try {
    return edge.query(payment).request
  } catch (error) {
    if (!(error instanceof LijianError) || error.extra.errors === undefined) throw error
    const errors = error.extra.errors.map((fault) => ({ ...fault, path: `payment.${fault.path}` }))
    throw new LijianError(error.code, error.detail, { ...error.extra, errors })
  }
}
