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
import { cutTo } from '../../own-branch'
import { codeParams, numberParams } from '../../params'
import { propose } from './propose'
import { endpoint } from './wing'

const tag = 'partner cycles'
const makers = ['funding.make'] as const
const checkers = ['funding.check'] as const
const readers = ['read.money', 'funding.make', 'funding.check'] as const
const cycle = example(cycleAnswer, 'cycle-answer')
const proposed = example(proposalAnswer, 'proposal-answer')

/** Statements of partners: read, confirmed or disputed, paid. */
const reading = [
  endpoint(
    {
      operationId: 'listPartnerCycles',
      method: 'GET',
      path: '/v1/partner-cycles',
      tag,
      scopes: readers,
      summary: 'Statements of partners, newest first',
      query: cycleQuery,
      answer: example(cyclePage, 'cycle-page'),
    },
    async ({ cycles, pool }, { query, principal }) => cycles.list(query, await cutTo({ pool }, principal)),
  ),
  endpoint(
    {
      operationId: 'readPartnerCycle',
      method: 'GET',
      path: '/v1/partner-cycles/:id',
      tag,
      scopes: readers,
      summary: 'A statement: balances, sums, what is open',
      params: numberParams,
      answer: cycle,
    },
    ({ cycles }, { params }) => cycles.read(params.id),
  ),
  endpoint(
    {
      operationId: 'downloadPartnerStatement',
      noted: 'partner_statement',
      method: 'GET',
      path: '/v1/partner-cycles/:id/statement',
      tag,
      scopes: readers,
      summary: 'Its details as CSV, whole or of one campaign or offer',
      description:
        'UTF-8, yuan, one line per event and offer, returns negative, the sum last. Whole, it has the SHA-256 of the statement, always: `x-content-sha256`.',
      params: numberParams,
      query: statementQuery,
      answer: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
    },
    async ({ cycles }, { params, query }, reply) => {
      const { name, sha256, pieces } = await cycles.statement(params.id, query)
      if (sha256 !== undefined) void reply.header('x-content-sha256', sha256)
      // The body is a stream and passes every serializer by.
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(Readable.from(pieces))
    },
  ),
]

const deciding = [
  endpoint(
    {
      operationId: 'issuePartnerCycle',
      method: 'POST',
      path: '/v1/partner-cycles',
      tag,
      scopes: makers,
      summary: 'A campaign has ended early: issue its statement up to the last closed business date',
      body: example(cycleRequest, 'cycle-request'),
      answer: cycle,
    },
    ({ cycles }, { body }) => cycles.issueEarly(body.partner, body.campaign),
  ),
  endpoint(
    {
      operationId: 'confirmPartnerCycle',
      method: 'POST',
      path: '/v1/partner-cycles/:id/confirm',
      strong: true,
      tag,
      scopes: checkers,
      summary: 'The partner agrees (postpay), or the statement is approved (prepay)',
      params: numberParams,
      answer: cycle,
    },
    ({ cycles }, { principal, params }) => cycles.confirm(params.id, principal.keyId),
  ),
  endpoint(
    {
      operationId: 'disputePartnerCycle',
      method: 'POST',
      path: '/v1/partner-cycles/:id/dispute',
      tag,
      scopes: checkers,
      summary: 'Rows that the partner does not accept',
      params: numberParams,
      body: example(disputeRequest, 'dispute-request'),
      answer: cycle,
    },
    ({ cycles }, { params, body }) => cycles.dispute(params.id, body),
  ),
]

/** As proposals: a second person approves them. */
const paying = [
  endpoint(
    {
      operationId: 'proposeCollection',
      method: 'POST',
      path: '/v1/partners/:code/collections',
      tag,
      scopes: makers,
      summary: 'Enter a receipt that pays a cycle',
      description: 'More than is open waits in suspense; less leaves the rest open.',
      params: codeParams,
      body: example(collectionRequest, 'collection-request'),
      answer: proposed,
    },
    (wing, asked) => propose(wing, 'collection', asked.params.code, asked),
  ),
  endpoint(
    {
      operationId: 'proposeCycleAdjustment',
      method: 'POST',
      path: '/v1/partners/:code/cycle-adjustments',
      tag,
      scopes: makers,
      summary: 'Give up a part of what a cycle asks for',
      description: 'Its open disputes count as accepted then.',
      params: codeParams,
      body: example(cycleAdjustmentRequest, 'cycle-adjustment-request'),
      answer: proposed,
    },
    (wing, asked) => propose(wing, 'cycle_adjustment', asked.params.code, asked),
  ),
]

export const cycleEndpoints = [...reading, ...deciding, ...paying]
