import { erasureAnswer, erasurePage, erasureQuery, erasureRequest, proposalAnswer } from '@lijian/contracts/people'
import { example } from '../../examples'
import { numberParams } from '../../params'
import { endpoint } from './wing'

const tag = 'erasures'
/** As `APPROVAL_KINDS` has it. */
const scopes = ['admin', 'cases'] as const

export const erasureEndpoints = [
  endpoint(
    {
      operationId: 'requestErasure',
      method: 'POST',
      path: '/v1/erasures',
      tag,
      scopes,
      summary: 'Have a person forgotten: once another person has approved it',
      description: `What names the person becomes tokens at once, under every token key, and is kept nowhere. Nothing happens until somebody else approves it:
\`POST /v1/proposals/{id}/approve\`. Then the flow \`erasure/<id>\` goes through every place. Amounts, serials and dates of payments stay. A place that the law keeps is
named under heldBack, and waits until that date is over.`,
      body: example(erasureRequest, 'erasure-request'),
      status: 202,
      answer: proposalAnswer,
    },
    ({ erasures }, { body, principal }) => erasures.request(body, principal.keyId),
  ),
  endpoint(
    {
      operationId: 'listErasures',
      method: 'GET',
      path: '/v1/erasures',
      tag,
      scopes: [...scopes, 'read.audit'],
      summary: 'Erasures, newest first',
      query: erasureQuery,
      answer: erasurePage,
    },
    ({ erasures }, { query }) => erasures.list(query),
  ),
  endpoint(
    {
      operationId: 'readErasure',
      method: 'GET',
      path: '/v1/erasures/:id',
      tag,
      scopes: [...scopes, 'read.audit'],
      summary: 'How far an erasure is, and its certificate',
      params: numberParams,
      answer: example(erasureAnswer, 'erasure-answer'),
    },
    ({ erasures }, { params }) => erasures.read(params.id),
  ),
]
