import { evaluationAnswer, evaluationRequest, type TransactionRequest } from '@lijian/contracts/marketing'
import { LijianError } from '@lijian/contracts/system'
import type { Edge } from '@lijian/privacy'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import { problemResponse, shown } from '../../route-kit'

/** Not a transaction system: whoever can ask about payments that are not made could choose the serials that draw best. */
const scopes = ['read', 'campaigns.make', 'campaigns.check'] as const

export function evaluationRoutes(app: Api, { evaluations, edge, authenticate }: ApiContext): void {
  app.post(
    '/v1/evaluations',
    {
      schema: {
        ...shown({
          tag: 'evaluations',
          scopes,
          summary: 'What one payment would get; nothing is held',
          description: WORDS,
        }),
        body: example(evaluationRequest, 'evaluation-request'),
        response: { 200: example(evaluationAnswer, 'evaluation-answer'), default: problemResponse },
      },
      onRequest: authenticate(...scopes),
    },
    ({ principal, receivedAtMs, body: { payment, campaigns = [], drafts = [], only = false } }) => {
      const request = tokensOf(edge, payment)
      return evaluations.evaluate({ client: principal.client, request, receivedAtMs, campaigns, drafts, only })
    },
  )
}

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

const WORDS = `The answer of POST /v1/transactions?explain=true to this payment now, and the counters that each offer was tried against; no counter, hold or row is touched.
"campaigns" are documents, "drafts" codes of stored campaigns whose newest version counts: both as approved and not suspended, instead of the live
version of their code. Every error of every document is listed at once. A draw is seeded with the client of your own key and the version that the
document has or would get. A payment that was already decided is decided again beside what it holds.`
