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
import { caseParams, layoutParams } from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import { problemResponse, shown } from '../../route-kit'
import { documentCompiler, sameCode } from '../../validation'

const tag = 'reconciliation'
const writers = ['reconciliation'] as const
const readers = ['reconciliation', 'read'] as const
const FILES = ['application/octet-stream', 'text/csv', 'text/plain', 'application/x-ndjson']

/** Bills of others, read while they come; what they say against our books; layouts of banks. */
export function reconciliationRoutes(app: Api, context: ApiContext): void {
  // Only here a body is not JSON and has no size that is too much.
  void app.register((files, _options, done) => {
    files.removeAllContentTypeParsers()
    for (const type of FILES) files.addContentTypeParser(type, (_request, body, parsed) => parsed(null, body))
    imports(files as unknown as Api, context)
    done()
  })
  importReads(app, context)
  layouts(app, context)
  runs(app, context)
}

function imports(app: Api, { use, authenticate }: ApiContext): void {
  app.post(
    '/v1/reconciliation/imports',
    {
      schema: {
        ...shown({
          tag,
          scopes: writers,
          summary: 'Import a bill, a list of a day or a statement',
          description: WORDS,
        }),
        querystring: billImportQuery,
        consumes: FILES,
        body: z.unknown().describe('the file as it is'),
        response: { 200: billImportAnswer, default: problemResponse },
      },
      onRequest: authenticate(...writers),
    },
    ({ query, body, principal }) => {
      if (body === undefined || body === null) throw new LijianError('invalid_request', 'There is no file in the body')
      return use.bills.run({ ...query, actor: principal.keyId }, body as Readable)
    },
  )
}

function importReads(app: Api, { use, authenticate }: ApiContext): void {
  const onRequest = authenticate(...readers)
  app.get(
    '/v1/reconciliation/imports',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'Imports, newest first, with their progress' }),
        querystring: billImportListQuery,
        response: { 200: billImportPage, default: problemResponse },
      },
      onRequest,
    },
    ({ query }) => use.bills.list(query),
  )
  app.get(
    '/v1/reconciliation/imports/:id',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'One import and how far it is' }),
        params: caseParams,
        response: { 200: billImportAnswer, default: problemResponse },
      },
      onRequest,
    },
    ({ params }) => use.bills.read(Number(params.id)),
  )
}

function layouts(app: Api, { use, authenticate }: ApiContext): void {
  app.put(
    '/v1/reconciliation/layouts/:code',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Say how the files of a source are written' }),
        params: layoutParams,
        body: example(billLayout, 'bill-layout'),
        response: { 200: billLayout, default: problemResponse },
      },
      validatorCompiler: documentCompiler,
      onRequest: authenticate(...writers),
    },
    ({ params, body, principal }) => {
      sameCode('code', params.code, body.code)
      return use.billLayouts.put(body, principal.keyId)
    },
  )
  app.get(
    '/v1/reconciliation/layouts/:code',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'A layout, also of those that come with Lijian' }),
        params: layoutParams,
        response: { 200: billLayout, default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ params }) => use.billLayouts.read(params.code),
  )
}

function runs(app: Api, { use, authenticate }: ApiContext): void {
  app.post(
    '/v1/reconciliation/runs',
    {
      schema: {
        ...shown({
          tag,
          scopes: writers,
          summary: 'Match what was imported for a date with our books, now',
          description:
            'Safe to repeat. What differs becomes a case when the buffer is over ("countsOn"), or with "withoutBuffer" at once.',
        }),
        body: example(reconciliationRunRequest, 'reconciliation-run-request'),
        response: { 200: reconciliationRuns, default: problemResponse },
      },
      onRequest: authenticate(...writers),
    },
    ({ body: { date, withoutBuffer } }) =>
      use.reconciliation.run(date, withoutBuffer ? use.reconciliation.countsOn(date) : undefined),
  )
  app.get(
    '/v1/reconciliation/runs',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'How the sources of a date stand' }),
        querystring: reconciliationRunQuery,
        response: { 200: reconciliationRuns, default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => use.reconciliation.list(query.date),
  )
  app.get(
    '/v1/reconciliation/breaks',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'What differs on a date, as the last run saw it' }),
        querystring: reconciliationBreakQuery,
        response: { 200: reconciliationBreakPage, default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => use.reconciliation.breaks(query),
  )
}

const WORDS = `The body is the file, of any size. All or nothing: a file whose own totals disagree, or which is torn, is refused with every place, and none of its
lines counts. Cut off, it has left nothing: send it again. The very same file again changes nothing ("again"). Meanwhile \`GET /v1/reconciliation/imports\`
shows how far it is.`
