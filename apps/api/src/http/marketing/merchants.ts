import { proposalAnswerOf } from '@lijian/approvals'
import {
  merchant,
  merchantActivityPage,
  merchantActivityQuery,
  merchantListQuery,
  merchantPage,
} from '@lijian/contracts/marketing'
import { proposalAnswer } from '@lijian/contracts/people'
import { example } from '../../examples'
import { branchOf, ownBranch } from '../../own-branch'
import { idParams } from '../../params'
import { sameCode } from '../../validation'
import { z } from 'zod'
import { endpoint } from './wing'

const tag = 'merchants'

export const merchantEndpoints = [
  endpoint(
    {
      operationId: 'listMerchants',
      method: 'GET',
      path: '/v1/merchants',
      tag,
      scopes: ['read.marketing', 'merchants'],
      summary: 'Merchants by id',
      description:
        'Conditions hold together. "q" is how the id or the name begins; a region and a branch have what lies below them.',
      query: merchantListQuery,
      answer: example(merchantPage, 'merchant-page'),
    },
    async ({ merchants, pool }, { query, principal }) =>
      merchants.list({ ...query, branch: await ownBranch({ pool }, principal, query.branch) }),
  ),
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
      description: `What changes fees, "feeOnRefund" or "clearingSystem" of a stored merchant is answered 202 and waits for another person, as a whole:
POST /v1/proposals/{id}/approve. A new merchant does not wait, nor does another name.`,
      answer: example(merchant, 'merchant'),
      also: { 202: proposalAnswer.describe('it waits for another person') },
    },
    async ({ merchants, documentsChanged }, { principal, params, body }, reply) => {
      sameCode('id', params.id, body.id)
      const branch = body.branch ?? branchOf(principal)
      const changed = await merchants.change(branch === undefined ? body : { ...body, branch }, principal.keyId)
      if ('proposal' in changed) return reply.code(202).send(proposalAnswerOf(changed.proposal))
      await documentsChanged()
      return changed.stored
    },
  ),
  endpoint(
    {
      operationId: 'readMerchant',
      method: 'GET',
      path: '/v1/merchants/:id',
      tag,
      scopes: ['read.marketing', 'merchants'],
      summary: 'A merchant',
      params: idParams,
      answer: example(merchant, 'merchant'),
    },
    ({ merchants }, { params }) => merchants.read(params.id),
  ),
  endpoint(
    {
      operationId: 'listMerchantActivities',
      method: 'GET',
      path: '/v1/merchants/:id/activities',
      tag,
      scopes: ['read.marketing', 'merchants'],
      summary: 'Activities of a merchant, with what is left for it',
      description:
        'Offers that name it, a group that it is in or its sub-merchants, and those for everybody that its MCC, region and country allow.',
      params: idParams,
      query: merchantActivityQuery,
      answer: merchantActivityPage,
    },
    ({ activities }, { params, query }) => activities.list(params.id, query),
  ),
  endpoint(
    {
      operationId: 'leaveMerchant',
      method: 'POST',
      path: '/v1/merchants/:id/leave',
      tag,
      scopes: ['merchants'],
      summary: 'A merchant leaves: no activity holds for it any more',
      description: `Its payments go on, without offers (\`merchant_not_bound\`), whatever names it. What was granted is refunded and cleared as before.
PUT with another status brings it back.`,
      params: idParams,
      body: z.strictObject({}).nullish(),
      answer: example(merchant, 'merchant'),
    },
    async ({ merchants, documentsChanged }, { principal, params }) => {
      const answer = await merchants.leave(params.id, principal.keyId)
      await documentsChanged()
      return answer
    },
  ),
]
