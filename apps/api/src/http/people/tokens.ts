import { tokenAnswer, tokenMade, tokenPage, tokenRequest } from '@lijian/contracts/people'
import { LijianError, pageQuery } from '@lijian/contracts/system'
import type { Principal } from '@lijian/identity'
import { z } from 'zod'
import { example } from '../../examples'
import { idParams } from '../../params'
import { mustBePerson } from './signed-in'
import { endpoint } from './wing'

const tag = 'people'
const scopes = [] as const

const make = endpoint(
  {
    operationId: 'makeToken',
    method: 'POST',
    path: '/v1/me/tokens',
    tag,
    scopes,
    signedIn: true,
    strong: true,
    summary: 'Make a token of your own for the command line: the only time that it is shown',
    description: `It has the scopes that it is given and that your roles give at the moment of a request; none while you are disabled. It sends no payments, and
what asks for a second factor it may not do. Whatever it does, you have done it.`,
    body: example(tokenRequest, 'token-request'),
    status: 201,
    answer: tokenMade,
  },
  async ({ tokens, keysChanged }, { principal, body }, reply) => {
    void reply.header('cache-control', 'no-store')
    const made = await tokens.make(mustBePerson(principal), body)
    await keysChanged()
    return made
  },
)

const list = endpoint(
  {
    operationId: 'listTokens',
    method: 'GET',
    path: '/v1/me/tokens',
    tag,
    scopes,
    signedIn: true,
    summary: 'Your own tokens, without the tokens themselves',
    query: pageQuery,
    answer: tokenPage,
  },
  ({ tokens }, { principal, query }) => tokens.list(ownerOf(principal).id, query),
)

const revoke = endpoint(
  {
    operationId: 'revokeToken',
    method: 'POST',
    path: '/v1/me/tokens/:id/revoke',
    tag,
    scopes,
    signedIn: true,
    summary: 'Revoke a token of your own, everywhere within a second: "current" is the one that asks',
    params: idParams,
    body: z.strictObject({}).nullish(),
    answer: tokenAnswer,
  },
  async ({ tokens, keysChanged }, { principal, params }) => {
    const person = ownerOf(principal)
    const answer = await tokens.revoke(person.id, params.id === 'current' ? (person.token ?? params.id) : params.id)
    await keysChanged()
    return answer
  },
)

/** Throws LijianError forbidden. */
function ownerOf({ person }: Principal): NonNullable<Principal['person']> {
  if (person === undefined) throw new LijianError('forbidden', 'An API key belongs to a client, and has no tokens')
  return person
}

export const tokenEndpoints = [make, list, revoke]
