import {
  apiKeyAnswer,
  apiKeyMade,
  apiKeyPage,
  apiKeyRequest,
  clientAnswer,
  clientRequest,
} from '@lijian/contracts/people'
import { pageQuery } from '@lijian/contracts/system'
import { z } from 'zod'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import { codeParams, idParams, problemResponse, shown } from '../../route-kit'

const tag = 'access'
const scopes = ['admin'] as const

export function accessRoutes(app: Api, context: ApiContext): void {
  clients(app, context)
  apiKeys(app, context)
}

function clients(app: Api, { use, authenticate, keysChanged }: ApiContext): void {
  const response = { 200: example(clientAnswer, 'client-answer'), default: problemResponse }
  app.put(
    '/v1/clients/:code',
    {
      schema: {
        ...shown({ tag, scopes, summary: 'Store a client: its webhook, rate limit and deadline' }),
        params: codeParams,
        body: example(clientRequest, 'client-request'),
        response,
      },
      onRequest: authenticate(...scopes),
    },
    async ({ params, body }) => {
      const answer = await use.clients.put(params.code, body)
      await keysChanged()
      return answer
    },
  )
  app.get(
    '/v1/clients/:code',
    {
      schema: { ...shown({ tag, scopes, summary: 'A client' }), params: codeParams, response },
      onRequest: authenticate(...scopes),
    },
    ({ params }) => use.clients.read(params.code),
  )
}

function apiKeys(app: Api, { use, authenticate, keysChanged }: ApiContext): void {
  const onRequest = authenticate(...scopes)
  app.post(
    '/v1/api-keys',
    {
      schema: {
        ...shown({ tag, scopes, summary: 'Make an API key: the only time that it is shown' }),
        body: example(apiKeyRequest, 'api-key-request'),
        response: { 201: apiKeyMade, default: problemResponse },
      },
      onRequest,
    },
    async ({ body }, reply) => {
      const made = await use.apiKeys.make(body)
      await keysChanged()
      return reply.code(201).header('cache-control', 'no-store').send(made)
    },
  )
  app.get(
    '/v1/api-keys',
    {
      schema: {
        ...shown({ tag, scopes, summary: 'API keys, without the keys themselves' }),
        querystring: pageQuery,
        response: { 200: apiKeyPage, default: problemResponse },
      },
      onRequest,
    },
    ({ query }) => use.apiKeys.list(query),
  )
  app.post(
    '/v1/api-keys/:id/revoke',
    {
      schema: {
        ...shown({ tag, scopes, summary: 'Revoke an API key, everywhere within a second' }),
        params: idParams,
        body: z.strictObject({}).nullish(),
        response: { 200: example(apiKeyAnswer, 'api-key-answer'), default: problemResponse },
      },
      onRequest,
    },
    async ({ params }) => {
      const answer = await use.apiKeys.revoke(params.id)
      await keysChanged()
      return answer
    },
  )
}
