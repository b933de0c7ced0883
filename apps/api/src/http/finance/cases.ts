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
import type { Api, ApiContext } from '../../context'
import { problemResponse, shown } from '../../route-kit'

const tag = 'cases'
const writers = ['cases'] as const
const readers = ['cases', 'read'] as const

export function caseRoutes(app: Api, context: ApiContext): void {
  reads(app, context)
  changes(app, context)
  resolutions(app, context)
}

function reads(app: Api, { use, authenticate }: ApiContext): void {
  app.get(
    '/v1/cases',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'What went wrong with money and waits for a person, oldest first' }),
        querystring: caseQuery,
        response: { 200: example(casePage, 'case-page'), default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => use.cases.list(query),
  )
  app.get(
    '/v1/cases/:id',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'A case and what has been proposed for it' }),
        params: caseParams,
        response: { 200: caseWithResolutions, default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ params }) => use.cases.read(params.id),
  )
}

function changes(app: Api, { use, authenticate }: ApiContext): void {
  const response = { 200: caseAnswer, default: problemResponse }
  app.put(
    '/v1/cases/:id/owner',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Say who looks after a case' }),
        params: caseParams,
        body: example(caseOwnerRequest, 'case-owner-request'),
        response,
      },
      onRequest: authenticate(...writers),
    },
    ({ params, body }) => use.cases.assign(params.id, body.owner),
  )
  app.post(
    '/v1/cases/:id/reopen',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Open a closed case again; what was posted stays posted' }),
        params: caseParams,
        body: example(caseReopenRequest, 'case-reopen-request'),
        response,
      },
      onRequest: authenticate(...writers),
    },
    ({ params, body }) => use.cases.reopen(params.id, body.reason),
  )
}

function resolutions(app: Api, { use, authenticate }: ApiContext): void {
  const onRequest = authenticate(...writers)
  const response = { 200: resolutionAnswer, default: problemResponse }
  app.post(
    '/v1/cases/:id/resolutions',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Propose how a case is to end', description: WORDS }),
        params: caseParams,
        body: example(resolutionRequest, 'resolution-request'),
        response,
      },
      onRequest,
    },
    ({ params, body, principal }) => use.cases.propose(params.id, body, principal.keyId),
  )
  app.post(
    '/v1/cases/:id/resolutions/:resolution/approve',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Approve it, as somebody else: it is posted and the case closed' }),
        params: resolutionParams,
        body: example(decisionRequest, 'decision-request'),
        response,
      },
      onRequest,
    },
    ({ params, body, principal }) => use.cases.approve(params.id, params.resolution, body.hash, principal.keyId),
  )
  app.post(
    '/v1/cases/:id/resolutions/:resolution/reject',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Reject it, as somebody else' }),
        params: resolutionParams,
        body: example(rejectionRequest, 'rejection-request'),
        response,
      },
      onRequest,
    },
    ({ params, body, principal }) =>
      use.cases.reject(params.id, params.resolution, body.hash, body.reason, principal.keyId),
  )
  app.post(
    '/v1/cases/:id/resolutions/:resolution/withdraw',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Take back what oneself has proposed' }),
        params: resolutionParams,
        response,
      },
      onRequest,
    },
    ({ params, principal }) => use.cases.withdraw(params.id, params.resolution, principal.keyId),
  )
}

const WORDS = `accept: it stands as it is; money over, short or unplaced goes to suspense. grant: an unfunded transaction is confirmed after the fact with its
funder's consent. adjust: from one account to another. write_off: at most the difference. Nothing is posted before somebody else approves.`
