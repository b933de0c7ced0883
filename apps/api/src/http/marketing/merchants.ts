import { merchant } from '@lijian/contracts/marketing'
import { example } from '../../examples'
import { idParams } from '../../params'
import { sameCode } from '../../validation'
import { endpoint } from './wing'

const tag = 'merchants'

export const merchantEndpoints = [
  endpoint(
    {
      operationId: 'putMerchant',
      method: 'PUT',
      path: '/v1/merchants/:id',
      tag,
      scopes: ['merchants'],
      summary: 'Store a merchant and its fees',
      params: idParams,
      body: example(merchant, 'merchant'),
      reads: 'document',
      answer: example(merchant, 'merchant'),
    },
    async ({ merchants, documentsChanged }, { principal, params, body }) => {
      sameCode('id', params.id, body.id)
      const answer = await merchants.put(body, principal.keyId)
      await documentsChanged()
      return answer
    },
  ),
  endpoint(
    {
      operationId: 'readMerchant',
      method: 'GET',
      path: '/v1/merchants/:id',
      tag,
      scopes: ['read', 'merchants'],
      summary: 'A merchant',
      params: idParams,
      answer: example(merchant, 'merchant'),
    },
    ({ merchants }, { params }) => merchants.read(params.id),
  ),
]
