import { proposalAnswerOf } from '@lijian/approvals'
import {
  fundingWarningList,
  partnerAnswer,
  partnerPage,
  partnerRequest,
  partnerVersions,
  revealAnswer,
  revealRequest,
} from '@lijian/contracts/finance'
import { proposalAnswer } from '@lijian/contracts/people'
import { versionsQuery } from '@lijian/contracts/routing'
import { pageQuery } from '@lijian/contracts/system'
import { example } from '../../examples'
import { cutTo } from '../../own-branch'
import { codeParams, numberParams } from '../../params'
import { endpoint } from './wing'

const tag = 'partners'
const readers = ['read.money', 'partners', 'funding.make', 'funding.check'] as const
const answer = example(partnerAnswer, 'partner-answer')

/** Partners fund campaigns; for prepaid ones the balance is a counter that every hold reserves from. */
export const partnerEndpoints = [
  endpoint(
    {
      operationId: 'putPartner',
      method: 'PUT',
      path: '/v1/partners/:code',
      tag,
      scopes: ['partners'],
      summary: 'A partner, or a change of it: it waits for another person',
      description: `The document replaces the one before; an account's number stays when it is left out. The answer is 202 with a proposal: nothing of it stands until another
person approves it. It shows account numbers by their last digits, and a hash of what is sealed. What stands already is answered with 200; the same as what waits is
answered as it waits. Whoever approves another account first sees its number once and names its holder: POST /v1/proposals/{id}/reveal. Money is not in the document:
receipts, withdrawals and credit lines are proposals too.`,
      params: codeParams,
      body: example(partnerRequest, 'partner-request'),
      answer,
      also: { 202: example(proposalAnswer, 'proposal-answer').describe('it waits for another person') },
    },
    async ({ partners, partnerChanges }, { params, body, principal }, reply) => {
      const proposal = await partnerChanges.put(params.code, body, principal.keyId)
      return proposal === undefined
        ? reply.code(200).send(await partners.read(params.code))
        : reply.code(202).send(proposalAnswerOf(proposal))
    },
  ),
  endpoint(
    {
      operationId: 'revealAccounts',
      method: 'POST',
      path: '/v1/proposals/:id/reveal',
      strong: true,
      tag,
      scopes: ['funding.check'],
      summary: 'See the whole account numbers of a proposal, once',
      description: `To somebody who may decide about it and names the holder of each account that it changes, from papers of one's own: another name is refused and shows
nothing. Who has seen them, and when, is recorded; a second time is refused and says so.`,
      params: numberParams,
      body: example(revealRequest, 'reveal-request'),
      answer: revealAnswer,
    },
    ({ partnerChanges }, { params, body, principal: { keyId, scopes } }) =>
      partnerChanges.reveal(params.id, body, { actor: keyId, scopes }),
  ),
  endpoint(
    {
      operationId: 'listPartnerVersions',
      method: 'GET',
      path: '/v1/partners/:code/versions',
      tag,
      scopes: readers,
      summary: 'What was approved of a partner, by whom and when: newest first',
      params: codeParams,
      query: versionsQuery,
      answer: partnerVersions,
    },
    ({ partnerChanges }, { params, query }) => partnerChanges.versions(params.code, query),
  ),
  endpoint(
    {
      operationId: 'readPartner',
      noted: 'partner',
      method: 'GET',
      path: '/v1/partners/:code',
      tag,
      scopes: readers,
      summary: 'A partner: its balance, how long it lasts, its contacts',
      params: codeParams,
      answer,
    },
    ({ partners }, { params }) => partners.read(params.code),
  ),
  endpoint(
    {
      operationId: 'listPartners',
      method: 'GET',
      path: '/v1/partners',
      tag,
      scopes: readers,
      summary: 'Partners by code',
      query: pageQuery,
      answer: example(partnerPage, 'partner-page'),
    },
    async ({ partners, pool }, { query, principal }) =>
      partners.list({ ...query, branches: await cutTo({ pool }, principal) }),
  ),
  endpoint(
    {
      operationId: 'listFundingWarnings',
      method: 'GET',
      path: '/v1/funding-warnings',
      tag,
      scopes: readers,
      summary: 'Prepaid balances that are low, or end today at today’s pace',
      answer: example(fundingWarningList, 'funding-warning-list'),
    },
    async ({ partners, pool }, { principal }) => partners.warnings(await cutTo({ pool }, principal)),
  ),
]
