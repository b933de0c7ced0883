import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** As OpenAPI 3.1 writes it. Only what the walk reads. */
export interface Schema {
  $ref?: string
  type?: string
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  propertyNames?: Schema
  items?: Schema
  prefixItems?: Schema[]
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
  format?: string
}

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Schema
}

export interface Operation {
  id: string
  method: string
  path: string
  scopes: string[]
  /** Any key opens it. */
  signedIn: boolean
  params: Parameter[]
  query: Parameter[]
  /** Of its JSON. Absent: no body, or a file. */
  body?: { schema: Schema; example?: unknown }
  /** Media types of a file. */
  takes: string[]
}

interface Written {
  operationId: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema; example?: unknown }> }
  'x-scopes': string[]
  'x-signed-in'?: true
}
interface Document {
  paths: Record<string, Record<string, Written>>
  components: { schemas: Record<string, Schema> }
}

/** The committed document, as others read it. */
export const openApi = JSON.parse(readFileSync(join(__dirname, '../../../openapi.json'), 'utf8')) as Document

export const schemaNamed = (ref: string): Schema => openApi.components.schemas[ref.split('/').at(-1)!]!

export const operations: Operation[] = Object.entries(openApi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, one]): Operation => {
    const content = one.requestBody?.content ?? {}
    const { 'application/json': body, ...files } = content
    const given = one.parameters ?? []
    return {
      id: one.operationId,
      method: method.toUpperCase(),
      path,
      scopes: one['x-scopes'],
      signedIn: one['x-signed-in'] === true,
      params: given.filter((parameter) => parameter.in === 'path'),
      query: given.filter((parameter) => parameter.in === 'query'),
      ...(body === undefined ? {} : { body }),
      takes: Object.keys(files),
    }
  }),
)
