import {
  acknowledgementRequest,
  clearingFileAnswer,
  clearingFilePage,
  clearingFileQuery,
  clearingRunAnswer,
  clearingRunPage,
  clearingRunQuery,
  clearingRunRequest,
  clearingRunStarted,
  clearingSystemAnswer,
  clearingSystemRequest,
  merchantSettlementPage,
  merchantSettlementQuery,
  replacementRequest,
} from '@lijian/contracts/finance'
import { isoDate } from '@lijian/contracts/system'
import { listFiles, listRuns, listSettlements, putSystem, readRun, readSystem } from '@lijian/clearing'
import { z } from 'zod'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import { codeParams, problemResponse, shown } from '../../route-kit'
import { documentCompiler } from '../../validation'

const tag = 'clearing'
const writers = ['finance'] as const
const readers = ['finance', 'read'] as const
const fileParams = z.strictObject({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })
const dateParams = z.strictObject({ date: isoDate })

export function clearingRoutes(app: Api, context: ApiContext): void {
  runs(app, context)
  files(app, context)
  systems(app, context)
}

function runs(app: Api, { clearing, pool, authenticate }: ApiContext): void {
  app.post(
    '/v1/clearing-runs',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Clear a business date that is over', description: RUN_WORDS }),
        body: example(clearingRunRequest, 'clearing-run-request'),
        response: { 200: clearingRunStarted, default: problemResponse },
      },
      onRequest: authenticate(...writers),
    },
    ({ principal, body }) => clearing.open(body.date, principal.keyId, body),
  )
  app.get(
    '/v1/clearing-runs',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'Clearing runs, newest first' }),
        querystring: clearingRunQuery,
        response: { 200: clearingRunPage, default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => listRuns(pool, query),
  )
  app.get(
    '/v1/clearing-runs/:date',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'How the clearing of a date stands' }),
        params: dateParams,
        response: { 200: clearingRunAnswer, default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ params }) => readRun(pool, params.date),
  )
  app.get(
    '/v1/merchant-settlements',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'What merchants get back on a settlement date' }),
        querystring: merchantSettlementQuery,
        response: { 200: merchantSettlementPage, default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => listSettlements(pool, query),
  )
}

function files(app: Api, { clearing, pool, authenticate }: ApiContext): void {
  const answers = { 200: example(clearingFileAnswer, 'clearing-file-answer'), default: problemResponse }
  app.get(
    '/v1/clearing-files',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'Clearing and settlement files, newest first, every version' }),
        querystring: clearingFileQuery,
        response: { 200: clearingFilePage, default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => listFiles(pool, query),
  )
  app.post(
    '/v1/clearing-files/:id/acknowledgement',
    {
      schema: {
        ...shown({
          tag,
          scopes: writers,
          summary: 'The clearing system accepted or refused a file',
          description: ACK_WORDS,
        }),
        params: fileParams,
        body: example(acknowledgementRequest, 'acknowledgement-request'),
        response: answers,
      },
      onRequest: authenticate(...writers),
    },
    ({ params, body }) => clearing.acknowledge(params.id, body),
  )
  app.post(
    '/v1/clearing-files/:id/replacement',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Make a new version of a file', description: REPLACEMENT_WORDS }),
        params: fileParams,
        body: example(replacementRequest, 'replacement-request'),
        response: answers,
      },
      onRequest: authenticate(...writers),
    },
    ({ params, body }) => clearing.replace(params.id, body.reason),
  )
}

function systems(app: Api, { pool, authenticate }: ApiContext): void {
  const response = { 200: clearingSystemAnswer, default: problemResponse }
  app.put(
    '/v1/clearing-systems/:code',
    {
      schema: {
        ...shown({
          tag,
          scopes: writers,
          summary: 'How the files for a clearing system look',
          description: SYSTEM_WORDS,
        }),
        params: codeParams,
        body: example(clearingSystemRequest, 'clearing-system-request'),
        response,
      },
      validatorCompiler: documentCompiler,
      onRequest: authenticate(...writers),
    },
    ({ principal, params, body }) => putSystem(pool, params.code, body, principal.keyId),
  )
  app.get(
    '/v1/clearing-systems/:code',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'A clearing system and its layouts' }),
        params: codeParams,
        response,
      },
      onRequest: authenticate(...readers),
    },
    ({ params }) => readSystem(pool, params.code),
  )
}

const RUN_WORDS = `Closes the date, writes a file for each kind and clearing system, proves them against the ledger and publishes them.
Earlier dates that have not been cleared yet are opened along, in order: "opened" names them. A date that has a run already is answered as it stands.`
const ACK_WORDS = `The same again is answered the same. "sha256", when given, must be that of the file. When every file of a date is accepted, the date is settled
with the others due on its settlement date.`
const REPLACEMENT_WORDS = `In the layout that the clearing system has now; the new version names the one that it replaces. Not of a file that was accepted.`
const SYSTEM_WORDS = `Layouts are data: columns and their order, delimiter or fixed width, encoding, yuan or fen, header and trailer, file name. Absent kinds get the
layouts that come with Lijian. Files that are planned already keep theirs.`
