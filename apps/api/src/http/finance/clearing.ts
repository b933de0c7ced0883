import { proposalAnswerOf } from '@lijian/approvals'
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
import { proposalAnswer } from '@lijian/contracts/people'
import { isoDate } from '@lijian/contracts/system'
import { listFiles, listRuns, listSettlements, proposeSystem, readRun, readSystem } from '@lijian/clearing'
import { z } from 'zod'
import { example } from '../../examples'
import { codeParams, numberParams } from '../../params'
import { endpoint } from './wing'

const tag = 'clearing'
const scopes = ['finance'] as const
const readers = ['finance', 'read.clearing'] as const
const WAITS =
  'What differs is answered 202 and waits for another person: POST /v1/proposals/{id}/approve. What stands so already is answered 200.'
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
Earlier dates that have not been cleared yet are opened along, in order: "opened" names them. A date that has a run already is answered as it stands.
"early" closes a date that is not over: that waits for another person (202), POST /v1/proposals/{id}/approve.`,
      body: example(clearingRunRequest, 'clearing-run-request'),
      answer: clearingRunStarted,
      also: { 202: proposalAnswer.describe('closing the date early waits for another person') },
    },
    async ({ clearingByHand }, { principal, body }, reply) => {
      const said = await clearingByHand.open(body.date, principal.keyId, body)
      return 'run' in said ? said.run : reply.code(202).send(proposalAnswerOf(said.proposal))
    },
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
with the others due on its settlement date. The key of a clearing system, which is a client, acknowledges at once. What a person says by hand waits
for another person (202): POST /v1/proposals/{id}/approve.`,
      params: numberParams,
      body: example(acknowledgementRequest, 'acknowledgement-request'),
      answer: example(clearingFileAnswer, 'clearing-file-answer'),
      also: { 202: proposalAnswer.describe('said by a person: it waits for another person') },
    },
    async ({ clearingByHand }, { principal, params, body }, reply) => {
      const said = await clearingByHand.acknowledge(params.id, body, principal.keyId)
      return 'file' in said ? said.file : reply.code(202).send(proposalAnswerOf(said.proposal))
    },
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
      description: `In the layout that the clearing system has now; the new version names the one that it replaces. Not of a file that was accepted.
It waits for another person (202): POST /v1/proposals/{id}/approve. The same again after that answers the new version.`,
      params: numberParams,
      body: example(replacementRequest, 'replacement-request'),
      answer: example(clearingFileAnswer, 'clearing-file-answer'),
      also: { 202: proposalAnswer.describe('it waits for another person') },
    },
    async ({ clearingByHand }, { principal, params, body }, reply) => {
      const said = await clearingByHand.replace(params.id, body.reason, principal.keyId)
      return 'file' in said ? said.file : reply.code(202).send(proposalAnswerOf(said.proposal))
    },
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
layouts that come with Lijian. Files that are planned already keep theirs.
${WAITS}`,
      params: codeParams,
      body: example(clearingSystemRequest, 'clearing-system-request'),
      reads: 'document',
      answer: clearingSystemAnswer,
      also: { 202: proposalAnswer.describe('it waits for another person') },
    },
    async ({ people, pool, proposals }, { principal, params: { code }, body }, reply) => {
      const proposal = await proposeSystem(people, proposals, { code, request: body, actor: principal.keyId })
      return proposal ? reply.code(202).send(proposalAnswerOf(proposal)) : readSystem(pool, code)
    },
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
