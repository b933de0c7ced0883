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
import { codeParams, numberParams } from '../../params'
import { endpoint } from './wing'

const tag = 'clearing'
const scopes = ['finance'] as const
const readers = ['finance', 'read'] as const
const dateParams = z.strictObject({ date: isoDate })

const runs = [
  endpoint(
    {
      operationId: 'openClearingRun',
      method: 'POST',
      path: '/v1/clearing-runs',
      tag,
      scopes,
      summary: 'Clear a business date that is over',
      description: `Closes the date, writes a file for each kind and clearing system, proves them against the ledger and publishes them.
Earlier dates that have not been cleared yet are opened along, in order: "opened" names them. A date that has a run already is answered as it stands.`,
      body: example(clearingRunRequest, 'clearing-run-request'),
      answer: clearingRunStarted,
    },
    ({ clearing }, { principal, body }) => clearing.open(body.date, principal.keyId, body),
  ),
  endpoint(
    {
      operationId: 'listClearingRuns',
      method: 'GET',
      path: '/v1/clearing-runs',
      tag,
      scopes: readers,
      summary: 'Clearing runs, newest first',
      query: clearingRunQuery,
      answer: clearingRunPage,
    },
    ({ pool }, { query }) => listRuns(pool, query),
  ),
  endpoint(
    {
      operationId: 'readClearingRun',
      method: 'GET',
      path: '/v1/clearing-runs/:date',
      tag,
      scopes: readers,
      summary: 'How the clearing of a date stands',
      params: dateParams,
      answer: clearingRunAnswer,
    },
    ({ pool }, { params }) => readRun(pool, params.date),
  ),
  endpoint(
    {
      operationId: 'listMerchantSettlements',
      method: 'GET',
      path: '/v1/merchant-settlements',
      tag,
      scopes: readers,
      summary: 'What merchants get back on a settlement date',
      query: merchantSettlementQuery,
      answer: merchantSettlementPage,
    },
    ({ pool }, { query }) => listSettlements(pool, query),
  ),
]

const files = [
  endpoint(
    {
      operationId: 'listClearingFiles',
      method: 'GET',
      path: '/v1/clearing-files',
      tag,
      scopes: readers,
      summary: 'Clearing and settlement files, newest first, every version',
      query: clearingFileQuery,
      answer: clearingFilePage,
    },
    ({ pool }, { query }) => listFiles(pool, query),
  ),
  endpoint(
    {
      operationId: 'acknowledgeClearingFile',
      method: 'POST',
      path: '/v1/clearing-files/:id/acknowledgement',
      strong: true,
      tag,
      scopes,
      summary: 'The clearing system accepted or refused a file',
      description: `The same again is answered the same. "sha256", when given, must be that of the file. When every file of a date is accepted, the date is settled
with the others due on its settlement date.`,
      params: numberParams,
      body: example(acknowledgementRequest, 'acknowledgement-request'),
      answer: example(clearingFileAnswer, 'clearing-file-answer'),
    },
    ({ clearing }, { params, body }) => clearing.acknowledge(params.id, body),
  ),
  endpoint(
    {
      operationId: 'replaceClearingFile',
      method: 'POST',
      path: '/v1/clearing-files/:id/replacement',
      strong: true,
      tag,
      scopes,
      summary: 'Make a new version of a file',
      description: `In the layout that the clearing system has now; the new version names the one that it replaces. Not of a file that was accepted.`,
      params: numberParams,
      body: example(replacementRequest, 'replacement-request'),
      answer: example(clearingFileAnswer, 'clearing-file-answer'),
    },
    ({ clearing }, { params, body }) => clearing.replace(params.id, body.reason),
  ),
]

const systems = [
  endpoint(
    {
      operationId: 'putClearingSystem',
      method: 'PUT',
      path: '/v1/clearing-systems/:code',
      tag,
      scopes,
      summary: 'How the files for a clearing system look',
      description: `Layouts are data: columns and their order, delimiter or fixed width, encoding, yuan or fen, header and trailer, file name. Absent kinds get the
layouts that come with Lijian. Files that are planned already keep theirs.`,
      params: codeParams,
      body: example(clearingSystemRequest, 'clearing-system-request'),
      reads: 'document',
      answer: clearingSystemAnswer,
    },
    ({ pool }, { principal, params, body }) => putSystem(pool, params.code, body, principal.keyId),
  ),
  endpoint(
    {
      operationId: 'readClearingSystem',
      method: 'GET',
      path: '/v1/clearing-systems/:code',
      tag,
      scopes: readers,
      summary: 'A clearing system and its layouts',
      params: codeParams,
      answer: clearingSystemAnswer,
    },
    ({ pool }, { params }) => readSystem(pool, params.code),
  ),
]

export const clearingEndpoints = [...runs, ...files, ...systems]
