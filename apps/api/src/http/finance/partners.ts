import { fundingWarningList, partnerAnswer, partnerPage, partnerRequest } from '@lijian/contracts/finance'
import { pageQuery } from '@lijian/contracts/system'
import { example } from '../../examples'
import { codeParams } from '../../params'
import { endpoint } from './wing'

const tag = 'partners'
const readers = ['read', 'partners', 'funding.make', 'funding.check'] as const
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
      summary: 'Store a partner',
      description: `The document replaces the one before; an account's number stays when it is left out. Its money is not in it: receipts, withdrawals
and credit lines are proposals that a second person approves.`,
      params: codeParams,
      body: example(partnerRequest, 'partner-request'),
      answer,
    },
    ({ partners }, { params, body }) => partners.put(params.code, body),
  ),
  endpoint(
    {
      operationId: 'readPartner',
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
    ({ partners }, { query }) => partners.list(query),
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
    ({ partners }) => partners.warnings(),
  ),
]
