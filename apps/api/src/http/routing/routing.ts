import { code } from '@lijian/contracts/system'
import {
  routingAnswer,
  ROUTING_PARTS,
  routingPutAnswer,
  routingShape,
  routingVersions,
  versionsQuery,
} from '@lijian/contracts/routing'
import { suspensionAnswer } from '@lijian/contracts/people'
import { z } from 'zod'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import { problemResponse, shown } from '../../route-kit'
import { shownOnly } from '../../validation'

const tag = 'routing'
const writers = ['routing'] as const
const readers = ['routing', 'read'] as const
const partParams = z.strictObject({ part: z.enum(ROUTING_PARTS), code })
/** Thousands of MIDs and merchants in one document. */
const DOCUMENT_BYTES = 64 * 1024 * 1024

/** The routing document, and what is stopped beside it. */
export function routingRoutes(app: Api, context: ApiContext): void {
  documents(app, context)
  suspensions(app, context)
}

function documents(app: Api, context: ApiContext): void {
  // Taken as its text: it is read on a thread of its own.
  void app.register((texts, _options, done) => {
    texts.removeAllContentTypeParsers()
    texts.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, parsed) =>
      parsed(null, body),
    )
    puts(texts as unknown as Api, context)
    done()
  })
  reads(app, context)
}

function puts(app: Api, { use, authenticate, routingChanged }: ApiContext): void {
  app.put(
    '/v1/routing',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'A new version of the routing document', description: PUT_WORDS }),
        querystring: z.strictObject({
          dryRun: z.enum(['true', 'false']).optional().describe('"true": only errors and warnings; nothing is stored'),
        }),
        body: example(routingShape, 'routing'),
        response: { 200: example(routingPutAnswer, 'routing-put-answer'), default: problemResponse },
      },
      bodyLimit: DOCUMENT_BYTES,
      validatorCompiler: shownOnly,
      onRequest: authenticate(...writers),
    },
    async ({ principal, body, query }) => {
      const text = (body ?? '') as unknown as string
      const answer = await use.routing.put(text, principal.keyId, query.dryRun === 'true')
      if (answer.version !== undefined) await routingChanged()
      return answer
    },
  )
}

function reads(app: Api, { use, authenticate }: ApiContext): void {
  app.get(
    '/v1/routing',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'The live routing document, or the version asked for' }),
        querystring: z.strictObject({ version: z.coerce.number().int().min(1).max(2_000_000_000).optional() }),
        response: { 200: example(routingAnswer, 'routing-answer'), default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    async ({ query }, reply) => {
      const { documentText, ...head } = await use.routing.read(query.version)
      const text = `${JSON.stringify(head).slice(0, -1)},"document":${documentText}}`
      return reply.type('application/json; charset=utf-8').send(text as never)
    },
  )
  app.get(
    '/v1/routing/versions',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'Who made which version of the routing document, newest first' }),
        querystring: versionsQuery,
        response: { 200: example(routingVersions, 'routing-versions'), default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => use.routing.versions(query),
  )
}

function suspensions(app: Api, { use, authenticate, routingChanged }: ApiContext): void {
  const response = { 200: example(suspensionAnswer, 'suspension-answer'), default: problemResponse }
  const stopOrResume = (action: 'suspend' | 'resume', summary: string) =>
    app.post(
      `/v1/routing/:part/:code/${action}`,
      {
        schema: {
          ...shown({ tag, scopes: writers, summary }),
          params: partParams,
          body: z.strictObject({}).nullish(),
          response,
        },
        onRequest: authenticate(...writers),
      },
      async ({ principal, params }) => {
        const answer = await use.routing[action](params.part, params.code, principal.keyId)
        await routingChanged()
        return answer
      },
    )
  stopOrResume('suspend', 'Stop a channel, MID or pool: acts on the next payment, one person is enough')
  stopOrResume('resume', 'Let a channel, MID or pool go on: the second person who asks for it resumes it')
}

const PUT_WORDS = `The document as a whole; it is live at once, and every version is kept with who made it and when. Every error is listed at once with its path, in English
and Chinese; what is legal and odd is named in "warnings", each with what it can be checked from. With a warning of level "refuse" (a shared MID in a pool that carries no
"shared") it is not accepted. A document equal to the live one makes no version.`
