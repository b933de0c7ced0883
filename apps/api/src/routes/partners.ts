import { partnerAnswer, partnerRequest, topUpRequest } from '@lijian/contracts'
import { example } from '../examples'
import type { Api, ApiContext } from '../context'
import { codeParams, problemResponse, shown } from '../route-kit'

const tag = 'partners'
const writers = ['partners'] as const
const readers = ['read', 'partners'] as const
const response = { 200: example(partnerAnswer, 'partner-answer'), default: problemResponse }

/** Partners fund campaigns; for prepaid ones the balance is a counter that every hold reserves from. */
export function partnerRoutes(app: Api, { use, authenticate }: ApiContext): void {
  app.put(
    '/v1/partners/:code',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Store a partner and its credit line' }),
        params: codeParams,
        body: example(partnerRequest, 'partner-request'),
        response,
      },
      onRequest: authenticate(...writers),
    },
    ({ params, body }) => use.partners.put(params.code, body),
  )
  app.get(
    '/v1/partners/:code',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'A partner and its balance' }),
        params: codeParams,
        response,
      },
      onRequest: authenticate(...readers),
    },
    ({ params }) => use.partners.read(params.code),
  )
  app.post(
    '/v1/partners/:code/top-ups',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Book a top-up once per reference' }),
        params: codeParams,
        body: example(topUpRequest, 'top-up-request'),
        response,
      },
      onRequest: authenticate(...writers),
    },
    ({ principal, params, body }) => use.partners.topUp(params.code, body, principal.keyId),
  )
}
