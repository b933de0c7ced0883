import {
  caseAnswer,
  caseOwnerRequest,
  casePage,
  caseParams,
  caseQuery,
  caseReopenRequest,
  caseWithResolutions,
  decisionRequest,
  rejectionRequest,
  resolutionAnswer,
  resolutionParams,
  resolutionRequest,
} from '@lijian/contracts/people'
import { example } from '../../examples'
import { cutTo } from '../../own-branch'
import { endpoint } from './wing'

const tag = 'cases'
const scopes = ['cases'] as const
const readers = ['cases', 'read.clearing'] as const

const reads = [
  endpoint(
    {
      operationId: 'listCases',
      method: 'GET',
      path: '/v1/cases',
      tag,
      scopes: readers,
      summary: 'What went wrong with money and waits for a person, oldest first',
      query: caseQuery,
      answer: example(casePage, 'case-page'),
    },
    async ({ cases, pool }, { query, principal }) => cases.list(query, await cutTo({ pool }, principal)),
  ),
  endpoint(
    {
      operationId: 'readCase',
      method: 'GET',
      path: '/v1/cases/:id',
      tag,
      scopes: readers,
      summary: 'A case and what has been proposed for it',
      params: caseParams,
      answer: caseWithResolutions,
    },
    ({ cases }, { params }) => cases.read(params.id),
  ),
]

const changes = [
  endpoint(
    {
      operationId: 'assignCase',
      method: 'PUT',
      path: '/v1/cases/:id/owner',
      tag,
      scopes,
      summary: 'Say who looks after a case',
      params: caseParams,
      body: example(caseOwnerRequest, 'case-owner-request'),
      answer: caseAnswer,
    },
    ({ cases }, { params, body }) => cases.assign(params.id, body.owner),
  ),
  endpoint(
    {
      operationId: 'reopenCase',
      method: 'POST',
      path: '/v1/cases/:id/reopen',
      tag,
      scopes,
      summary: 'Open a closed case again; what was posted stays posted',
      params: caseParams,
      body: example(caseReopenRequest, 'case-reopen-request'),
      answer: caseAnswer,
    },
    ({ cases }, { params, body }) => cases.reopen(params.id, body.reason),
  ),
]

const resolutions = [
  endpoint(
    {
      operationId: 'proposeResolution',
      method: 'POST',
      path: '/v1/cases/:id/resolutions',
      tag,
      scopes,
      summary: 'Propose how a case is to end',
      description: `accept: it stands as it is; money over, short or unplaced goes to suspense. grant: an unfunded transaction is confirmed after the fact with its
funder's consent. adjust: from one account to another. write_off: at most the difference. Nothing is posted before somebody else approves.`,
      params: caseParams,
      body: example(resolutionRequest, 'resolution-request'),
      answer: resolutionAnswer,
    },
    ({ cases }, { params, body, principal }) => cases.propose(params.id, body, principal.keyId),
  ),
  endpoint(
    {
      operationId: 'approveResolution',
      method: 'POST',
      path: '/v1/cases/:id/resolutions/:resolution/approve',
      strong: true,
      tag,
      scopes,
      summary: 'Approve it, as somebody else: it is posted and the case closed',
      params: resolutionParams,
      body: example(decisionRequest, 'decision-request'),
      answer: resolutionAnswer,
    },
    ({ cases }, { params, body, principal }) => cases.approve(params.id, params.resolution, body.hash, principal.keyId),
  ),
  endpoint(
    {
      operationId: 'rejectResolution',
      method: 'POST',
      path: '/v1/cases/:id/resolutions/:resolution/reject',
      strong: true,
      tag,
      scopes,
      summary: 'Reject it, as somebody else',
      params: resolutionParams,
      body: example(rejectionRequest, 'rejection-request'),
      answer: resolutionAnswer,
    },
    ({ cases }, { params, body, principal }) =>
      cases.reject(params.id, params.resolution, body.hash, body.reason, principal.keyId),
  ),
  endpoint(
    {
      operationId: 'withdrawResolution',
      method: 'POST',
      path: '/v1/cases/:id/resolutions/:resolution/withdraw',
      tag,
      scopes,
      summary: 'Take back what oneself has proposed',
      params: resolutionParams,
      answer: resolutionAnswer,
    },
    ({ cases }, { params, principal }) => cases.withdraw(params.id, params.resolution, principal.keyId),
  ),
]

export const caseEndpoints = [...reads, ...changes, ...resolutions]
