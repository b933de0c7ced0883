import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { withComponents } from './components'
import type { Endpoint } from './endpoint'
import { bind, register } from './register'
import { TABLE } from './http/table'

const ABOUT = `Lijian answers, in the middle of a payment, whether there is an offer, what the consumer pays, and later which merchant number carries it.
Amounts are integers in fen, rates integers in ppm (1,000,000 = 100 %). Unknown fields are refused. Failures are problem details (RFC 9457).
A campaign document has a JSON Schema of its own, for editors: [/schemas/campaign.json](/schemas/campaign.json), on the internal listener as this document is.`

const TAGS = [
  { name: 'transactions', description: 'What a transaction system calls' },
  { name: 'campaigns', description: 'One person makes a version, another approves it' },
  { name: 'merchants', description: 'Merchants and their fees' },
  { name: 'card groups', description: 'BIN prefixes and card tokens that campaigns name' },
  { name: 'customer groups', description: 'Customers that campaigns name' },
  { name: 'partners', description: 'Who funds campaigns, and prepaid balances' },
  { name: 'search', description: 'One box for every id' },
  { name: 'access', description: 'Clients and API keys' },
  { name: 'persons', description: 'Branches, roles, persons, absences, policies of approvals' },
  { name: 'people', description: 'Signing in, sessions, one’s own account' },
  { name: 'audit', description: 'Who did what' },
  { name: 'reconciliation', description: 'Bills and lists of others, matched with our books' },
  { name: 'cases', description: 'What went wrong with money; two people end it' },
  { name: 'operations', description: 'Health' },
]

/** OpenAPI 3.1 of the table's entries, from the same zod schemas that parse requests. Registered before the entries. */
async function collect(app: FastifyInstance, components: typeof withComponents): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Lijian 立减', version: '0.1.0', description: ABOUT },
      tags: TAGS,
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: lj_<id>_<secret>' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-lijian',
            description: 'A person who has signed in with POST /v1/sessions',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => ('openapiObject' in document ? components(document.openapiObject) : {}),
  })
}

/** The document, from the table alone: no server, no database. */
export const openApiDocument = (): Promise<object> => fromTable(withComponents)

/** With every shape in its places; only a test reads it. */
export const openApiDocumentInPlace = (): Promise<object> => fromTable((document) => document)

async function fromTable(components: typeof withComponents): Promise<object> {
  const app = Fastify()
  app.setValidatorCompiler(() => () => ({}))
  app.setSerializerCompiler(() => JSON.stringify)
  await collect(app, components)
  const noWing = undefined as never
  register(
    app,
    Object.values(TABLE).map((endpoints) => bind(noWing, endpoints as readonly Endpoint<never>[])),
    {
      authenticate: () => (_request, _reply, done) => done(),
      bodyLimitBytes: 1024,
      audit: { write: () => Promise.resolve() },
      people: noWing,
    },
  )
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}

/** As it is committed in apps/api/openapi.json. */
export const textOf = (document: object): string => `${JSON.stringify(document, null, 2)}\n`
