import {
  groupImportAnswer,
  groupImportPage,
  importListQuery,
  importModeQuery,
  importParams,
} from '@lijian/contracts/marketing'
import { LijianError } from '@lijian/contracts/system'
import type { FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import { codeParams, problemResponse, shown } from '../../route-kit'

const writers = ['card-groups'] as const
const readers = ['read', 'card-groups'] as const
const NDJSON = 'application/x-ndjson'
/** gzip is known by its first bytes, whatever the sender calls it. */
const FILES = ['text/plain', NDJSON, 'application/gzip', 'application/octet-stream']

/** Members of groups as files: read while they come, never held as a whole, with progress beside it. */
export function importRoutes(app: Api, context: ApiContext): void {
  // Only here a body is not JSON and has no size that is too much.
  void app.register((files, _options, done) => {
    files.removeAllContentTypeParsers()
    for (const type of FILES) files.addContentTypeParser(type, (_request, body, parsed) => parsed(null, body))
    posts(files as unknown as Api, context, 'card_group')
    posts(files as unknown as Api, context, 'customer_group')
    done()
  })
  reads(app, context)
}

const KINDS = {
  card_group: {
    path: '/v1/card-groups/:code/imports',
    tag: 'card groups',
    words: `One a line: a card number, "token:…", a BIN prefix of 6 to 11 digits, or any prefix as "bin:…". As NDJSON: these as JSON texts, or {"card":…}, {"token":…}, {"bin":…}.`,
  },
  customer_group: {
    path: '/v1/customer-groups/:code/imports',
    tag: 'customer groups',
    words: `One a line: a customer as payments name it, or "token:…". As NDJSON: these as JSON texts, or {"customer":…}, {"token":…}.`,
  },
} as const

const SHARED_WORDS = `Plain or gzip. All or nothing: if one line is wrong, the first wrong lines are named by their numbers and nothing changes.
The old members serve until the new ones are whole. The answer comes when the import has ended; meanwhile \`GET /v1/imports\` shows how far it is.
The same file again changes nothing. One import at a time for a group.`

function posts(app: Api, { use, authenticate, documentsChanged }: ApiContext, kind: keyof typeof KINDS): void {
  const { path, tag, words } = KINDS[kind]
  app.post(
    path,
    {
      schema: {
        ...shown({
          tag,
          scopes: writers,
          summary: 'Import members as a file',
          description: `${words}\n\n${SHARED_WORDS}`,
        }),
        params: codeParams,
        querystring: importModeQuery,
        consumes: ['text/plain', NDJSON],
        body: z.unknown().describe('members, one a line'),
        response: { 200: example(groupImportAnswer, 'group-import-answer'), default: problemResponse },
      },
      onRequest: authenticate(...writers),
    },
    async (request) => {
      const { params, query, principal } = request
      const answer = await use.imports.run(
        {
          kind,
          code: params.code,
          mode: query.mode,
          json: request.headers['content-type']?.startsWith(NDJSON) ?? false,
          totalBytes: lengthOf(request),
          actor: principal.keyId,
        },
        bodyOf(request),
      )
      await documentsChanged()
      return answer
    },
  )
}

function reads(app: Api, { use, authenticate }: ApiContext): void {
  const tag = 'card groups'
  app.get(
    '/v1/imports',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'Imports, newest first, with their progress' }),
        querystring: importListQuery,
        response: { 200: groupImportPage, default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => use.imports.list(query),
  )
  app.get(
    '/v1/imports/:id',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'One import and how far it is' }),
        params: importParams,
        response: { 200: example(groupImportAnswer, 'group-import-answer'), default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ params }) => use.imports.read(Number(params.id)),
  )
}

function lengthOf({ headers }: FastifyRequest): number | undefined {
  const length = headers['content-length']
  return length === undefined ? undefined : Number(length)
}

function bodyOf({ body }: FastifyRequest): Readable {
  if (body === undefined || body === null) throw new LijianError('invalid_request', 'There is no file in the body')
  return body as Readable
}
