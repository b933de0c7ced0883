import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SCOPES } from '@lijian/contracts/people'
import { TABLE } from './http/table'
import { openApiDocument, openApiDocumentInPlace, textOf } from './openapi'

interface Operation {
  operationId: string
  'x-scopes': string[]
}

interface Described {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

let document: Described
beforeAll(async () => {
  document = (await openApiDocument()) as Described
})

const operations = () => Object.values(document.paths).flatMap((methods) => Object.values(methods))
const entries = Object.values(TABLE).flat()

test('the committed openapi.json is the one that the table makes: npm run openapi', () => {
  expect(readFileSync(join(__dirname, '..', 'openapi.json'), 'utf8')).toBe(textOf(document))
})

test('every entry of the table has an operation with a name of its own, and its scopes', () => {
  const ids = operations().map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.sort()).toEqual(entries.map(({ operationId }) => operationId).sort())
  for (const one of entries) {
    const shown = operations().find(({ operationId }) => operationId === one.operationId)!
    expect({ ...one, scopes: shown['x-scopes'] }).toEqual(one)
    expect(SCOPES).toEqual(expect.arrayContaining([...one.scopes]))
  }
})

test('what repeats stands once: with its components in place the document says the same as without', async () => {
  const inPlace = (await openApiDocumentInPlace()) as Described
  expect(resolved(document.paths)).toEqual(inPlace.paths)
  expect(Object.keys(document.components.schemas)).toEqual(
    expect.arrayContaining(['Problem', 'CampaignAnswer', 'TransactionRequestInput', 'RouteAnswer']),
  )
  expect(JSON.stringify(document).length).toBeLessThan(0.5 * JSON.stringify(inPlace).length)
})

function resolved(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(resolved)
  if (typeof node !== 'object' || node === null) return node
  const { $ref, ...rest } = node as { $ref?: string }
  const beside = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, resolved(value)]))
  if ($ref === undefined) return beside
  const name = $ref.replace('#/components/schemas/', '')
  return { ...(resolved(document.components.schemas[name]) as object), ...beside }
}
