import {
  merchantGroupAnswer,
  merchantGroupMemberPage,
  merchantGroupMemberQuery,
  merchantGroupPage,
  merchantGroupRequest,
  merchantGroupVersionPage,
  merchantGroupVersionQuery,
} from '@lijian/contracts/marketing'
import { proposalAnswer } from '@lijian/contracts/people'
import { pageQuery } from '@lijian/contracts/system'
import { example } from '../../examples'
import { cutTo } from '../../own-branch'
import { codeParams } from '../../params'
import { sameCode } from '../../validation'
import { endpoint } from './wing'

const tag = 'merchant groups'
const readers = ['read.marketing', 'merchants'] as const

/** What offers name in place of a list of merchants. */
export const merchantGroupEndpoints = [
  endpoint(
    {
      operationId: 'listMerchantGroups',
      method: 'GET',
      path: '/v1/merchant-groups',
      tag,
      scopes: readers,
      summary: 'Merchant groups by code',
      query: pageQuery,
      answer: merchantGroupPage,
    },
    async ({ merchantGroups, pool }, { query, principal }) =>
      merchantGroups.list(query, await cutTo({ pool }, principal)),
  ),
  endpoint(
    {
      operationId: 'putMerchantGroup',
      method: 'PUT',
      path: '/v1/merchant-groups/:code',
      tag,
      scopes: ['merchants'],
      summary: 'Store a merchant group',
      description: `Offers name it under "merchantGroups", and its members may change without a new version of the campaign. What is left out stays as it is.
A group that a live campaign names changes when another person approves it: the answer is then 202 with what waits.`,
      params: codeParams,
      body: example(merchantGroupRequest, 'merchant-group'),
      reads: 'document',
      answer: example(merchantGroupAnswer, 'merchant-group-answer'),
      also: { 202: proposalAnswer.describe('it waits for another person') },
    },
    async ({ merchantGroups, documentsChanged }, { principal, params, body }, reply) => {
      sameCode('code', params.code, body.code)
      const answer = await merchantGroups.put(body, principal.keyId)
      await documentsChanged()
      return reply.code('hash' in answer ? 202 : 200).send(answer)
    },
  ),
  endpoint(
    {
      operationId: 'readMerchantGroup',
      method: 'GET',
      path: '/v1/merchant-groups/:code',
      tag,
      scopes: readers,
      summary: 'A merchant group',
      params: codeParams,
      answer: example(merchantGroupAnswer, 'merchant-group-answer'),
    },
    ({ merchantGroups }, { params }) => merchantGroups.read(params.code),
  ),
  endpoint(
    {
      operationId: 'listMerchantGroupVersions',
      method: 'GET',
      path: '/v1/merchant-groups/:code/versions',
      tag,
      scopes: readers,
      summary: 'Versions of a merchant group, newest first',
      params: codeParams,
      query: merchantGroupVersionQuery,
      answer: merchantGroupVersionPage,
    },
    ({ merchantGroups }, { params, query }) => merchantGroups.versions(params.code, query),
  ),
  endpoint(
    {
      operationId: 'listMerchantGroupMembers',
      method: 'GET',
      path: '/v1/merchant-groups/:code/members',
      tag,
      scopes: readers,
      summary: 'Merchants of a group, in any of its versions',
      description: '"change" shows only who came or who went with the version: what an approver reads.',
      params: codeParams,
      query: merchantGroupMemberQuery,
      answer: merchantGroupMemberPage,
    },
    ({ merchantGroups }, { params, query }) => merchantGroups.members(params.code, query),
  ),
]
