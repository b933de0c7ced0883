import { decisionProofAnswer, decisionProofRequest } from '@lijian/contracts/people'
import { example } from '../../examples'
import { endpoint } from './wing'

const proofs = endpoint(
  {
    operationId: 'proveDecision',
    method: 'POST',
    path: '/v1/decision-proofs',
    strong: true,
    tag: 'access',
    scopes: ['funding.check', 'cases', 'finance'],
    summary: 'Sign a decision that you make by an update in Temporal',
    description: `Updates that decide carry a proof, since Temporal knows nobody: a name in an update is anybody's. The proof is for this decision, this key
and five minutes, and is used once. Whether the key may decide it is found when the update comes.`,
    body: example(decisionProofRequest, 'decision-proof-request'),
    answer: example(decisionProofAnswer, 'decision-proof-answer'),
  },
  ({ prove }, { principal, body }, reply) => {
    void reply.header('cache-control', 'no-store')
    return prove(body, principal)
  },
)

export const decisionEndpoints = [proofs]
