import {
  apiKeyAnswer,
  apiKeyMade,
  apiKeyPage,
  apiKeyRequest,
  apiKeyWaiting,
  clientAnswer,
  clientPage,
  clientRequest,
  clientWaiting,
  webhookRotationAnswer,
  webhookRotationRequest,
  webhookRotationWaiting,
} from '@lijian/contracts/people'
import { pageQuery, wordQuery } from '@lijian/contracts/system'
import { z } from 'zod'
import { example } from '../../examples'
import { codeParams, idParams } from '../../params'
import { proposalAnswerOf } from '@lijian/approvals'
import { hasPower } from '@lijian/people'
import { askingOf, endpoint } from './wing'

const tag = 'access'
const scopes = ['admin'] as const
const readers = ['admin', 'read.people'] as const

const clients = [
  endpoint(
    {
      operationId: 'putClient',
      strong: true,
      method: 'PUT',
      path: '/v1/clients/:code',
      tag,
      scopes,
      summary: 'Store a client: its webhook, rate limit, deadline and bounds',
      description: `What changes "webhookUrl" or "webhookSecret", or the bounds ("merchants", "merchantGroups", "openHoldsMax") of a client that stands, waits for another
person, as a whole (202): POST /v1/proposals/{id}/approve. A secret that is
made is shown with that answer, to its maker. Everything else counts at once.`,
      params: codeParams,
      body: example(clientRequest, 'client-request'),
      answer: example(clientAnswer, 'client-answer'),
      also: { 202: clientWaiting.describe('it waits for another person') },
    },
    async ({ clients, clientChanges, keysChanged }, { params, body, principal }, reply) => {
      const waits = await clientChanges.put(params.code, body, principal.keyId)
      if (waits !== undefined)
        return reply
          .code(202)
          .header('cache-control', 'no-store')
          .send({ webhookSecret: waits.secret, proposal: proposalAnswerOf(waits.proposal) })
      const answer = await clients.put(params.code, body)
      await keysChanged()
      void reply.header('cache-control', 'no-store')
      return answer
    },
  ),
  endpoint(
    {
      operationId: 'listClients',
      method: 'GET',
      path: '/v1/clients',
      tag,
      scopes: readers,
      summary: 'Clients by code',
      query: wordQuery,
      answer: clientPage,
    },
    ({ clients }, { query }) => clients.list(query),
  ),
  endpoint(
    {
      operationId: 'readClient',
      method: 'GET',
      path: '/v1/clients/:code',
      tag,
      scopes: readers,
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
      description: `"serial" is the rotation's own and its idempotency key: sent again, the answer is the same secret, until another one follows it.
It waits for another person (202), POST /v1/proposals/{id}/approve: the secret is shown to its maker, and signs nothing before.`,
      params: codeParams,
      body: example(webhookRotationRequest, 'webhook-rotation-request'),
      answer: webhookRotationAnswer,
      also: { 202: webhookRotationWaiting.describe('it waits for another person') },
    },
    async ({ clients, clientChanges, keysChanged }, { params, body, principal }, reply) => {
      const waits = await clientChanges.rotate(params.code, body, principal.keyId)
      if (waits !== undefined)
        return reply
          .code(202)
          .header('cache-control', 'no-store')
          .send({ serial: body.serial, secret: waits.secret, proposal: proposalAnswerOf(waits.proposal) })
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
      description: `With "transactions" and "read" alone it is in force at once (201). With any other scope it waits for another person (202): it opens
nothing until its proposal is approved, by POST /v1/proposals/{id}/approve.`,
      body: example(apiKeyRequest, 'api-key-request'),
      status: 201,
      answer: apiKeyMade,
      also: { 202: apiKeyWaiting.describe('it waits for another person') },
    },
    async ({ apiKeys, directory, keysChanged }, { body, principal }, reply) => {
      if (hasPower(body))
        return reply
          .code(202)
          .header('cache-control', 'no-store')
          .send(await directory.proposeKey(body, askingOf(principal)))
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
      scopes: readers,
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
