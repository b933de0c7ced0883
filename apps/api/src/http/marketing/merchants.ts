import { merchant } from '@lijian/contracts/marketing'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import { idParams, problemResponse, shown } from '../../route-kit'
import { documentCompiler, sameCode } from '../../validation'

export function merchantRoutes(app: Api, { use, authenticate, documentsChanged }: ApiContext): void {
  const tag = 'merchants'
  const writers = ['merchants'] as const
  const readers = ['read', 'merchants'] as const
  const answers = { 200: example(merchant, 'merchant'), default: problemResponse }
  app.put(
    '/v1/merchants/:id',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Store a merchant and its fees' }),
        params: idParams,
        body: example(merchant, 'merchant'),
        response: answers,
      },
      validatorCompiler: documentCompiler,
      onRequest: authenticate(...writers),
    },
    async ({ principal, params, body }) => {
      sameCode('id', params.id, body.id)
      const answer = await use.merchants.put(body, principal.keyId)
      await documentsChanged()
      return answer
    },
  )
  app.get(
    '/v1/merchants/:id',
    {
      schema: { ...shown({ tag, scopes: readers, summary: 'A merchant' }), params: idParams, response: answers },
      onRequest: authenticate(...readers),
    },
    ({ params }) => use.merchants.read(params.id),
  )
}
