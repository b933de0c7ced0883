import { Readable } from 'node:stream'
import {
  collectionRequest,
  cycleAdjustmentRequest,
  cycleAnswer,
  cyclePage,
  cycleQuery,
  cycleRequest,
  disputeRequest,
  statementQuery,
} from '@lijian/contracts/finance'
import { proposalAnswer } from '@lijian/contracts/people'
import { z } from 'zod'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import { codeParams, problemResponse, shown } from '../../route-kit'

const tag = 'partner cycles'
const makers = ['funding.make'] as const
const checkers = ['funding.check'] as const
const readers = ['read', 'funding.make', 'funding.check'] as const
const response = { 200: example(cycleAnswer, 'cycle-answer'), default: problemResponse }
const proposed = { 200: example(proposalAnswer, 'proposal-answer'), default: problemResponse }
const idParams = z.strictObject({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

/** Statements of partners: read, confirmed or disputed, paid. */
export function cycleRoutes(app: Api, context: ApiContext): void {
  reading(app, context)
  deciding(app, context)
  paying(app, context)
}

function reading(app: Api, { use, authenticate }: ApiContext): void {
  app.get(
    '/v1/partner-cycles',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'Statements of partners, newest first' }),
        querystring: cycleQuery,
        response: { 200: example(cyclePage, 'cycle-page'), default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => use.cycles.list(query),
  )
  app.get(
    '/v1/partner-cycles/:id',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'A statement: balances, sums, what is open' }),
        params: idParams,
        response,
      },
      onRequest: authenticate(...readers),
    },
    ({ params }) => use.cycles.read(params.id),
  )
  app.get(
    '/v1/partner-cycles/:id/statement',
    {
      schema: {
        ...shown({
          tag,
          scopes: readers,
          summary: 'Its details as CSV, whole or of one campaign or offer',
          description: CSV_WORDS,
        }),
        params: idParams,
        querystring: statementQuery,
        response: {
          200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
          default: problemResponse,
        },
      },
      onRequest: authenticate(...readers),
    },
    async ({ params, query }, reply) => {
      const { name, sha256, pieces } = await use.cycles.statement(params.id, query)
      if (sha256 !== undefined) void reply.header('x-content-sha256', sha256)
      // The body is a stream and passes every serializer by.
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(Readable.from(pieces) as never)
    },
  )
}

function deciding(app: Api, { use, authenticate }: ApiContext): void {
  app.post(
    '/v1/partner-cycles',
    {
      schema: {
        ...shown({
          tag,
          scopes: makers,
          summary: 'A campaign has ended early: issue its statement up to the last closed business date',
        }),
        body: example(cycleRequest, 'cycle-request'),
        response,
      },
      onRequest: authenticate(...makers),
    },
    ({ body }) => use.cycles.issueEarly(body.partner, body.campaign),
  )
  app.post(
    '/v1/partner-cycles/:id/confirm',
    {
      schema: {
        ...shown({
          tag,
          scopes: checkers,
          summary: 'The partner agrees (postpay), or the statement is approved (prepay)',
        }),
        params: idParams,
        response,
      },
      onRequest: authenticate(...checkers),
    },
    ({ principal, params }) => use.cycles.confirm(params.id, principal.keyId),
  )
  app.post(
    '/v1/partner-cycles/:id/dispute',
    {
      schema: {
        ...shown({ tag, scopes: checkers, summary: 'Rows that the partner does not accept' }),
        params: idParams,
        body: example(disputeRequest, 'dispute-request'),
        response,
      },
      onRequest: authenticate(...checkers),
    },
    ({ params, body }) => use.cycles.dispute(params.id, body),
  )
}

/** As proposals: a second person approves them. */
function paying(app: Api, { use, authenticate }: ApiContext): void {
  app.post(
    '/v1/partners/:code/collections',
    {
      schema: {
        ...shown({
          tag,
          scopes: makers,
          summary: 'Enter a receipt that pays a cycle',
          description: 'More than is open waits in suspense; less leaves the rest open.',
        }),
        params: codeParams,
        body: example(collectionRequest, 'collection-request'),
        response: proposed,
      },
      onRequest: authenticate(...makers),
    },
    ({ principal, params, body }) => use.proposals.propose('collection', params.code, body, principal.keyId),
  )
  app.post(
    '/v1/partners/:code/cycle-adjustments',
    {
      schema: {
        ...shown({
          tag,
          scopes: makers,
          summary: 'Give up a part of what a cycle asks for',
          description: 'Its open disputes count as accepted then.',
        }),
        params: codeParams,
        body: example(cycleAdjustmentRequest, 'cycle-adjustment-request'),
        response: proposed,
      },
      onRequest: authenticate(...makers),
    },
    ({ principal, params, body }) => use.proposals.propose('cycle_adjustment', params.code, body, principal.keyId),
  )
}

const CSV_WORDS =
  'UTF-8, yuan, one line per event and offer, returns negative, the sum last. Whole, it has the SHA-256 of the statement, always: `x-content-sha256`.'
