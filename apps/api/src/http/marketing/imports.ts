import {
  groupImportAnswer,
  groupImportPage,
  importListQuery,
  importModeQuery,
  importParams,
  merchantImportQuery,
} from '@lijian/contracts/marketing'
import { z } from 'zod'
import type { Scope } from '@lijian/contracts/people'
import { example } from '../../examples'
import { fileOf } from '../../file-body'
import { codeParams } from '../../params'
import { endpoint } from './wing'

const readers = ['read.marketing', 'card-groups', 'merchants'] as const
const NDJSON = 'application/x-ndjson'
/** gzip is known by its first bytes, whatever the sender calls it. */
const FILES = ['text/plain', NDJSON, 'application/gzip', 'application/octet-stream']

const KINDS = {
  card_group: {
    operationId: 'importCardGroup',
    path: '/v1/card-groups/:code/imports',
    tag: 'card groups',
    scopes: ['card-groups'],
    words: `One a line: a card number, "token:…", a BIN prefix of 6 to 11 digits, or any prefix as "bin:…". As NDJSON: these as JSON texts, or {"card":…}, {"token":…}, {"bin":…}.`,
  },
  customer_group: {
    operationId: 'importCustomerGroup',
    path: '/v1/customer-groups/:code/imports',
    tag: 'customer groups',
    scopes: ['card-groups'],
    words: `One a line: a customer as payments name it, or "token:…". As NDJSON: these as JSON texts, or {"customer":…}, {"token":…}.`,
  },
  merchant_group: {
    operationId: 'importMerchantGroup',
    path: '/v1/merchant-groups/:code/imports',
    tag: 'merchant groups',
    scopes: ['merchants'],
    words: `One a line: the id of a merchant, as it is or as a JSON text, or {"merchant":…}.`,
  },
} as const satisfies Record<string, { scopes: readonly Scope[]; [key: string]: unknown }>

const SHARED_WORDS = `Plain or gzip. All or nothing: if one line is wrong, the first wrong lines are named by their numbers and nothing changes.
The old members serve until the new ones are whole. The answer comes when the import has ended; meanwhile \`GET /v1/imports\` shows how far it is. A file that has come whole goes on when its sender leaves.
The same file again changes nothing. One import at a time for a group.`
const TWO = 'Where a live campaign names the group, the import ends with a "proposal" that another person approves.'

function importOf(kind: keyof typeof KINDS) {
  const { operationId, path, tag, words, scopes } = KINDS[kind]
  return endpoint(
    {
      operationId,
      method: 'POST',
      path,
      tag,
      scopes,
      summary: 'Import members as a file',
      description: `${words} ${TWO}\n\n${SHARED_WORDS}`,
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

/** Of merchants there is one list. */
const MERCHANTS = 'merchants'

const merchants = endpoint(
  {
    operationId: 'importMerchants',
    method: 'POST',
    path: '/v1/merchants/imports',
    tag: 'merchants',
    scopes: ['merchants'],
    summary: 'Enrol merchants from a file',
    description: `NDJSON: a merchant a line, as PUT /v1/merchants/{id} takes it; what a line leaves out stays as it is. "add" enrols and changes who is named;
"replace": the file is the whole list, and who is not in it leaves; "remove": who is in it leaves. Lines that change fees, "feeOnRefund" or "clearingSystem"
of stored merchants wait together for another person, at most 500 of them: the import ends with a "proposal".\n\n${SHARED_WORDS}`,
    query: merchantImportQuery,
    body: z.unknown().describe('merchants, one a line'),
    reads: { accepts: FILES, shows: [NDJSON] },
    answer: example(groupImportAnswer, 'group-import-answer'),
  },
  async ({ imports, documentsChanged }, { query, principal, body, headers }) => {
    const length = headers['content-length']
    const totalBytes = length === undefined ? undefined : Number(length)
    const file = { kind: 'merchant', code: MERCHANTS, mode: query.mode, json: true, totalBytes, actor: principal.keyId } as const // prettier-ignore
    const answer = await imports.run(file, fileOf(body))
    await documentsChanged()
    return answer
  },
)

const reads = [
  endpoint(
    {
      operationId: 'cancelImport',
      method: 'POST',
      path: '/v1/imports/:id/cancel',
      tag: 'card groups',
      scopes: ['card-groups', 'merchants'],
      summary: 'Stop an import: nothing of it stays',
      params: importParams,
      body: z.strictObject({}).nullish(),
      answer: example(groupImportAnswer, 'group-import-answer'),
    },
    ({ imports }, { params, principal }) => imports.cancel(Number(params.id), principal.keyId),
  ),
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
export const importEndpoints = [
  importOf('card_group'),
  importOf('customer_group'),
  importOf('merchant_group'),
  merchants,
  ...reads,
]
