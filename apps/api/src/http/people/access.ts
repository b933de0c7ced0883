import {
  apiKeyAnswer,
  apiKeyMade,
  apiKeyPage,
  apiKeyRequest,
  clientAnswer,
  clientRequest,
  webhookRotationAnswer,
  webhookRotationRequest,
} from '@lijian/contracts/people'
import { pageQuery } from '@lijian/contracts/system'
import { z } from 'zod'
import { example } from '../../examples'
import { codeParams, idParams } from '../../params'
import { endpoint } from './wing'

const tag = 'access'
const scopes = ['admin'] as const

const clients = [
  endpoint(
    {
      operationId: 'putClient',
      strong: true,
      method: 'PUT',
      path: '/v1/clients/:code',
      tag,
      scopes,
      summary: 'Store a client: its webhook, rate limit and deadline',
      params: codeParams,
      body: example(clientRequest, 'client-request'),
      answer: example(clientAnswer, 'client-answer'),
    },
    async ({ clients, keysChanged }, { params, body }, reply) => {
      const answer = await clients.put(params.code, body)
      await keysChanged()
      void reply.header('cache-control', 'no-store')
      return answer
    },
  ),
  endpoint(
    {
      operationId: 'readClient',
      method: 'GET',
      path: '/v1/clients/:code',
      tag,
      scopes,
      summary: 'A client',
      params: codeParams,
      answer: example(clientAnswer, 'client-answer'),
    },
    ({ clients }, { params }) => clients.read(params.code),
  ),
  endpoint(
    {
      operationId: 'rotateWebhookSecret',
      strong: true,
      method: 'POST',
      path: '/v1/clients/:code/webhook-secret',
      tag,
      scopes,
      summary: "Make a new secret for a client's webhook; the one before signs too for a while",
      description: `"serial" is the rotation's own and its idempotency key: sent again, the answer is the same secret, until another one follows it.`,
      params: codeParams,
      body: example(webhookRotationRequest, 'webhook-rotation-request'),
      answer: webhookRotationAnswer,
    },
    async ({ clients, keysChanged }, { params, body }, reply) => {
      const answer = await clients.rotateWebhookSecret(params.code, body)
      await keysChanged()
      void reply.header('cache-control', 'no-store')
      return answer
    },
  ),
]

const apiKeys = [
  endpoint(
    {
      operationId: 'makeApiKey',
      strong: true,
      method: 'POST',
      path: '/v1/api-keys',
      tag,
      scopes,
      summary: 'Make an API key: the only time that it is shown',
      body: example(apiKeyRequest, 'api-key-request'),
      status: 201,
      answer: apiKeyMade,
    },
    async ({ apiKeys, keysChanged }, { body }, reply) => {
      const made = await apiKeys.make(body)
      await keysChanged()
      void reply.header('cache-control', 'no-store')
      return made
    },
  ),
  endpoint(
    {
      operationId: 'listApiKeys',
      method: 'GET',
      path: '/v1/api-keys',
      tag,
      scopes,
      summary: 'API keys, without the keys themselves',
      query: pageQuery,
      answer: apiKeyPage,
    },
    ({ apiKeys }, { query }) => apiKeys.list(query),
  ),
  endpoint(
    {
      operationId: 'revokeApiKey',
      method: 'POST',
      path: '/v1/api-keys/:id/revoke',
      strong: true,
      tag,
      scopes,
      summary: 'Revoke an API key, everywhere within a second',
      params: idParams,
      body: z.strictObject({}).nullish(),
      answer: example(apiKeyAnswer, 'api-key-answer'),
    },
    async ({ apiKeys, keysChanged }, { params }) => {
      const answer = await apiKeys.revoke(params.id)
      await keysChanged()
      return answer
    },
  ),
]

export const accessEndpoints = [...clients, ...apiKeys]
