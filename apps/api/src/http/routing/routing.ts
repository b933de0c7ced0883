import { code } from '@lijian/contracts/system'
import {
  routingAnswer,
  ROUTING_PARTS,
  routingPutAnswer,
  routingShape,
  routingVersions,
  sharedPoolRequest,
  versionsQuery,
} from '@lijian/contracts/routing'
import { proposalAnswerOf } from '@lijian/approvals'
import { proposalAnswer, suspensionAnswer } from '@lijian/contracts/people'
import { z } from 'zod'
import { example } from '../../examples'
import { endpoint } from './wing'

const tag = 'routing'
const writers = ['routing'] as const
const readers = ['routing', 'read.routing'] as const
const partParams = z.strictObject({ part: z.enum(ROUTING_PARTS), code })
/** Thousands of MIDs and merchants in one document. */
const DOCUMENT_BYTES = 64 * 1024 * 1024

const documents = [
  endpoint(
    {
      operationId: 'putRouting',
      method: 'PUT',
      path: '/v1/routing',
      tag,
      scopes: writers,
      summary: 'A new version of the routing document: it waits for another person',
      description: `The document as a whole. The answer is 202 with a proposal: it is live once another person approves it, and every version is kept with who made and who
approved it. A later document takes the place of one that waits. A document equal to the live one changes nothing and is answered with 200; the same as one that waits is
answered as it stands. The proposal has what differs from the live document, and the SHA-256 of the whole one in canonical form; GET /v1/routing?version= has it whole.
Every error is listed at once with its path, in English and Chinese; what is legal and odd is named in "warnings", each with what it can be checked from. With a warning
of level "refuse" (a shared MID in a pool that carries no "shared", or one that refers to no approval) it is not accepted.`,
      query: z.strictObject({
        dryRun: z.enum(['true', 'false']).optional().describe('"true": only errors and warnings; nothing is stored'),
      }),
      body: example(routingShape, 'routing'),
      // A thread of its own reads it.
      reads: 'bytes',
      bodyLimitBytes: DOCUMENT_BYTES,
      answer: example(routingPutAnswer, 'routing-put-answer'),
      also: { 202: routingPutAnswer.describe('it waits for another person') },
    },
    async ({ documents }, { principal, body, query }, reply) => {
      const bytes = (body ?? new Uint8Array()) as unknown as Uint8Array
      const answer = await documents.put(bytes, principal.keyId, query.dryRun === 'true')
      return reply.code(answer.proposal === undefined ? 200 : 202).send(answer)
    },
  ),
  endpoint(
    {
      operationId: 'proposeSharedPool',
      method: 'POST',
      path: '/v1/routing/shared-pools',
      tag,
      scopes: writers,
      summary: 'Ask that MIDs of a pool may be shared: another person approves it',
      description: `A routing document whose pool has MIDs without allowedMerchants refers to it: "shared": {"reference": the id of the approved proposal, "approvedBy": whoever has
approved it, by key, person, login or name}. What the live document refers to already counts as approved.`,
      body: example(sharedPoolRequest, 'shared-pool-request'),
      answer: example(proposalAnswer, 'proposal-answer'),
      status: 202,
    },
    async ({ sharedPools }, { principal, body }, reply) =>
      reply.code(202).send(proposalAnswerOf(await sharedPools.propose(body, principal.keyId))),
  ),
  endpoint(
    {
      operationId: 'readRouting',
      method: 'GET',
      path: '/v1/routing',
      tag,
      scopes: readers,
      summary: 'The live routing document, or the version asked for',
      query: z.strictObject({ version: z.coerce.number().int().min(1).max(2_000_000_000).optional() }),
      answer: example(routingAnswer, 'routing-answer'),
    },
    async ({ documents }, { query }, reply) => {
      const { documentText, ...head } = await documents.read(query.version)
      const text = `${JSON.stringify(head).slice(0, -1)},"document":${documentText}}`
      return reply.type('application/json; charset=utf-8').send(text)
    },
  ),
  endpoint(
    {
      operationId: 'listRoutingVersions',
      method: 'GET',
      path: '/v1/routing/versions',
      tag,
      scopes: readers,
      summary: 'Who made and who approved which version of the routing document, newest first',
      query: versionsQuery,
      answer: example(routingVersions, 'routing-versions'),
    },
    ({ documents }, { query }) => documents.versions(query),
  ),
]

const stopOrResume = (action: 'suspend' | 'resume', operationId: string, summary: string) =>
  endpoint(
    {
      operationId,
      method: 'POST',
      path: `/v1/routing/:part/:code/${action}`,
      tag,
      scopes: writers,
      summary,
      params: partParams,
      body: z.strictObject({}).nullish(),
      // Stopping asks for nothing: it is urgent, and one person is enough.
      ...(action === 'resume' ? { strong: true as const } : {}),
      answer: example(suspensionAnswer, 'suspension-answer'),
    },
    async ({ documents, routingChanged }, { principal, params }) => {
      const answer = await documents[action](params.part, params.code, principal.keyId)
      await routingChanged()
      return answer
    },
  )

/** The routing document, and what is stopped beside it. */
export const routingEndpoints = [
  ...documents,
  stopOrResume(
    'suspend',
    'suspendRoutingPart',
    'Stop a channel, MID or pool: acts on the next payment, one person is enough',
  ),
  stopOrResume(
    'resume',
    'resumeRoutingPart',
    'Let a channel, MID or pool go on: the second person who asks for it resumes it',
  ),
]
