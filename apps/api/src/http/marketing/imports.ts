import {
  groupImportAnswer,
  groupImportPage,
  importListQuery,
  importModeQuery,
  importParams,
} from '@lijian/contracts/marketing'
import { z } from 'zod'
import { example } from '../../examples'
import { fileOf } from '../../file-body'
import { codeParams } from '../../params'
import { endpoint } from './wing'

const scopes = ['card-groups'] as const
const readers = ['read', 'card-groups'] as const
const NDJSON = 'application/x-ndjson'
/** gzip is known by its first bytes, whatever the sender calls it. */
const FILES = ['text/plain', NDJSON, 'application/gzip', 'application/octet-stream']

const KINDS = {
  card_group: {
    operationId: 'importCardGroup',
    path: '/v1/card-groups/:code/imports',
    tag: 'card groups',
    words: `One a line: a card number, "token:…", a BIN prefix of 6 to 11 digits, or any prefix as "bin:…". As NDJSON: these as JSON texts, or {"card":…}, {"token":…}, {"bin":…}.`,
  },
  customer_group: {
    operationId: 'importCustomerGroup',
    path: '/v1/customer-groups/:code/imports',
    tag: 'customer groups',
    words: `One a line: a customer as payments name it, or "token:…". As NDJSON: these as JSON texts, or {"customer":…}, {"token":…}.`,
  },
} as const

const SHARED_WORDS = `Plain or gzip. All or nothing: if one line is wrong, the first wrong lines are named by their numbers and nothing changes.
The old members serve until the new ones are whole. The answer comes when the import has ended; meanwhile \`GET /v1/imports\` shows how far it is.
The same file again changes nothing. One import at a time for a group.`

function importOf(kind: keyof typeof KINDS) {
  const { operationId, path, tag, words } = KINDS[kind]
  return endpoint(
    {
      operationId,
      method: 'POST',
      path,
      tag,
      scopes,
      summary: 'Import members as a file',
      description: `${words}\n\n${SHARED_WORDS}`,
      params: codeParams,
      query: importModeQuery,
      body: z.unknown().describe('members, one a line'),
      reads: { accepts: FILES, shows: ['text/plain', NDJSON] },
      answer: example(groupImportAnswer, 'group-import-answer'),
    },
    async ({ imports, documentsChanged }, { params, query, principal, body, headers }) => {
      const length = headers['content-length']
      const file = {
        kind,
        code: params.code,
        mode: query.mode,
        json: headers['content-type']?.startsWith(NDJSON) ?? false,
        totalBytes: length === undefined ? undefined : Number(length),
        actor: principal.keyId,
      }
      const answer = await imports.run(file, fileOf(body))
      await documentsChanged()
      return answer
    },
  )
}

const reads = [
  endpoint(
    {
      operationId: 'listGroupImports',
      method: 'GET',
      path: '/v1/imports',
      tag: 'card groups',
      scopes: readers,
      summary: 'Imports, newest first, with their progress',
      query: importListQuery,
      answer: groupImportPage,
    },
    ({ imports }, { query }) => imports.list(query),
  ),
  endpoint(
    {
      operationId: 'readGroupImport',
      method: 'GET',
      path: '/v1/imports/:id',
      tag: 'card groups',
      scopes: readers,
      summary: 'One import and how far it is',
      params: importParams,
      answer: example(groupImportAnswer, 'group-import-answer'),
    },
    ({ imports }, { params }) => imports.read(Number(params.id)),
  ),
]

/** Members of groups as files: read while they come, never held as a whole, with progress beside it. */
export const importEndpoints = [importOf('card_group'), importOf('customer_group'), ...reads]
