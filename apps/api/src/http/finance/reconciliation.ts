import { proposalAnswerOf } from '@lijian/approvals'
import {
  billImportAnswer,
  billImportListQuery,
  billImportPage,
  billImportQuery,
  billLayout,
  reconciliationBreakPage,
  reconciliationBreakQuery,
  reconciliationRunQuery,
  reconciliationRunRequest,
  reconciliationRuns,
} from '@lijian/contracts/finance'
import { caseParams, layoutParams, proposalAnswer } from '@lijian/contracts/people'
import { z } from 'zod'
import { example } from '../../examples'
import { charsetOf, foreignCharset, isCharsetOf } from '../../borders'
import { fileOf } from '../../file-body'
import { sameCode } from '../../validation'
import { endpoint } from './wing'

const tag = 'reconciliation'
const scopes = ['reconciliation'] as const
const readers = ['reconciliation', 'read.clearing'] as const
const FILES = ['application/octet-stream', 'text/csv', 'text/plain', 'application/x-ndjson']

const imports = [
  endpoint(
    {
      operationId: 'importBill',
      method: 'POST',
      path: '/v1/reconciliation/imports',
      tag,
      scopes,
      summary: 'Import a bill, a list of a day or a statement',
      description: `The body is the file, of any size. All or nothing: a file whose own totals disagree, or which is torn, is refused with every place, and none of its
lines counts. Cut off, it has left nothing: send it again. The very same file again changes nothing ("again"). Meanwhile \`GET /v1/reconciliation/imports\`
shows how far it is.`,
      query: billImportQuery,
      body: z.unknown().describe('the file as it is'),
      reads: { accepts: FILES, shows: FILES, anyCharset: true },
      answer: billImportAnswer,
    },
    async ({ bills, billLayouts }, { query, body, principal, headers }) => {
      // A charset may be named, and then it is the layout's.
      const charset = charsetOf(headers['content-type'])
      if (charset !== undefined) {
        const { encoding } = await billLayouts.read(query.layout)
        if (!isCharsetOf(charset, encoding)) throw foreignCharset(charset, `${encoding}, as the layout has it`)
      }
      return bills.run({ ...query, actor: principal.keyId }, fileOf(body))
    },
  ),
  endpoint(
    {
      operationId: 'listBillImports',
      method: 'GET',
      path: '/v1/reconciliation/imports',
      tag,
      scopes: readers,
      summary: 'Imports, newest first, with their progress',
      query: billImportListQuery,
      answer: billImportPage,
    },
    ({ bills }, { query }) => bills.list(query),
  ),
  endpoint(
    {
      operationId: 'readBillImport',
      method: 'GET',
      path: '/v1/reconciliation/imports/:id',
      tag,
      scopes: readers,
      summary: 'One import and how far it is',
      params: caseParams,
      answer: billImportAnswer,
    },
    ({ bills }, { params }) => bills.read(Number(params.id)),
  ),
]

const layouts = [
  endpoint(
    {
      operationId: 'putBillLayout',
      method: 'PUT',
      path: '/v1/reconciliation/layouts/:code',
      tag,
      scopes,
      summary: 'Say how the files of a source are written',
      description: `What differs is answered 202 and waits for another person: POST /v1/proposals/{id}/approve. What stands so already is answered 200.`,
      params: layoutParams,
      body: example(billLayout, 'bill-layout'),
      reads: 'document',
      answer: billLayout,
      also: { 202: proposalAnswer.describe('it waits for another person') },
    },
    async ({ billLayouts, proposals }, { params, body, principal }, reply) => {
      sameCode('code', params.code, body.code)
      const proposal = await billLayouts.propose(proposals, body, principal.keyId)
      return proposal ? reply.code(202).send(proposalAnswerOf(proposal)) : billLayouts.read(params.code)
    },
  ),
  endpoint(
    {
      operationId: 'readBillLayout',
      method: 'GET',
      path: '/v1/reconciliation/layouts/:code',
      tag,
      scopes: readers,
      summary: 'A layout, also of those that come with Lijian',
      params: layoutParams,
      answer: billLayout,
    },
    ({ billLayouts }, { params }) => billLayouts.read(params.code),
  ),
]

const runs = [
  endpoint(
    {
      operationId: 'runReconciliation',
      method: 'POST',
      path: '/v1/reconciliation/runs',
      tag,
      scopes,
      summary: 'Match what was imported for a date with our books, now',
      description:
        'Safe to repeat. What differs becomes a case when the buffer is over ("countsOn"), or with "withoutBuffer" at once.',
      body: example(reconciliationRunRequest, 'reconciliation-run-request'),
      answer: reconciliationRuns,
    },
    ({ dayRuns }, { body: { date, withoutBuffer } }) =>
      dayRuns.run(date, withoutBuffer ? dayRuns.countsOn(date) : undefined),
  ),
  endpoint(
    {
      operationId: 'listReconciliationRuns',
      method: 'GET',
      path: '/v1/reconciliation/runs',
      tag,
      scopes: readers,
      summary: 'How the sources of a date stand',
      query: reconciliationRunQuery,
      answer: reconciliationRuns,
    },
    ({ dayRuns }, { query }) => dayRuns.list(query.date),
  ),
  endpoint(
    {
      operationId: 'listReconciliationBreaks',
      method: 'GET',
      path: '/v1/reconciliation/breaks',
      tag,
      scopes: readers,
      summary: 'What differs on a date, as the last run saw it',
      query: reconciliationBreakQuery,
      answer: reconciliationBreakPage,
    },
    ({ dayRuns }, { query }) => dayRuns.breaks(query),
  ),
]

/** Bills of others, read while they come; what they say against our books; layouts of banks. */
export const reconciliationEndpoints = [...imports, ...layouts, ...runs]
