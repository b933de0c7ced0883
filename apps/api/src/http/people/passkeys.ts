import {
  meAnswer,
  passkeyAnswer,
  passkeyAssertion,
  passkeyList,
  passkeyOptions,
  passkeyParams,
  passkeyRegistration,
} from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import type { Passkeys } from '@lijian/identity'
import { z } from 'zod'
import { example } from '../../examples'
import { mustBeOwnPage } from '../../session-cookie'
import { browserOf, mustBeLocal, mustBePerson, signedIn } from './signed-in'
import { endpoint, type PeopleWing } from './wing'

const tag = 'people'
const mine = { tag, scopes: [], signedIn: true } as const
const nothing = z.strictObject({}).nullish()

const own = [
  endpoint(
    {
      ...mine,
      operationId: 'beginPasskey',
      method: 'POST',
      path: '/v1/me/passkeys/options',
      strong: true,
      summary: 'What the browser makes a passkey of',
      body: nothing,
      answer: passkeyOptions,
    },
    async (wing, { principal }, reply) => {
      void reply.header('cache-control', 'no-store')
      return { ...(await passkeysOf(wing).beginRegistration(mustBePerson(principal))) }
    },
  ),
  endpoint(
    {
      ...mine,
      operationId: 'addPasskey',
      method: 'POST',
      path: '/v1/me/passkeys',
      strong: true,
      summary: 'Register the passkey that the browser has made',
      body: example(passkeyRegistration, 'passkey-registration'),
      status: 201,
      answer: passkeyAnswer,
    },
    (wing, { principal, body }) => passkeysOf(wing).register(mustBePerson(principal), body),
  ),
  endpoint(
    {
      ...mine,
      operationId: 'listPasskeys',
      method: 'GET',
      path: '/v1/me/passkeys',
      summary: 'Your own passkeys',
      answer: passkeyList,
    },
    (wing, { principal }) => passkeysOf(wing).list(mustBePerson(principal).id),
  ),
  endpoint(
    {
      ...mine,
      operationId: 'removePasskey',
      method: 'POST',
      path: '/v1/me/passkeys/:id/remove',
      strong: true,
      summary: 'Remove a passkey of your own: your other sessions end',
      params: passkeyParams,
      body: nothing,
      answer: passkeyList,
    },
    (wing, { principal, params }) => passkeysOf(wing).remove(mustBePerson(principal), params.id),
  ),
]

const signing = [
  endpoint(
    {
      operationId: 'beginPasskeySignIn',
      method: 'POST',
      path: '/v1/sessions/passkey/options',
      tag,
      scopes: [],
      summary: 'What a passkey signs to sign in',
      body: nothing,
      answer: passkeyOptions,
    },
    async (wing, { headers }, reply) => {
      mustBeLocal(wing)
      mustBeOwnPage('POST', headers, { bare: true })
      void reply.header('cache-control', 'no-store')
      return { ...(await passkeysOf(wing).beginUse()) }
    },
  ),
  endpoint(
    {
      operationId: 'signInByPasskey',
      method: 'POST',
      path: '/v1/sessions/passkey',
      tag,
      scopes: [],
      summary: 'Sign in by a passkey: it is both factors',
      body: example(passkeyAssertion, 'passkey-assertion'),
      status: 201,
      answer: meAnswer,
    },
    async (wing, request, reply) => {
      mustBeLocal(wing)
      mustBeOwnPage('POST', request.headers, { bare: true })
      return signedIn(wing, await passkeysOf(wing).signIn(request.body, browserOf(request)), reply)
    },
  ),
  endpoint(
    {
      ...mine,
      operationId: 'beginPasskeyStepUp',
      method: 'POST',
      path: '/v1/sessions/current/step-up/passkey/options',
      summary: 'What a passkey of yours signs to step up',
      body: nothing,
      answer: passkeyOptions,
    },
    async (wing, { principal }, reply) => {
      void reply.header('cache-control', 'no-store')
      return { ...(await passkeysOf(wing).beginUse(mustBePerson(principal))) }
    },
  ),
  endpoint(
    {
      ...mine,
      operationId: 'stepUpByPasskey',
      method: 'POST',
      path: '/v1/sessions/current/step-up/passkey',
      summary: 'Show a passkey of yours in place of a code',
      body: example(passkeyAssertion, 'passkey-assertion'),
      answer: meAnswer,
    },
    async (wing, request, reply) => {
      const person = mustBePerson(request.principal)
      return signedIn(wing, await passkeysOf(wing).stepUp(person, request.body, browserOf(request)), reply)
    },
  ),
]

/** Throws LijianError not_found. */
function passkeysOf({ passkeys }: PeopleWing): Passkeys {
  if (passkeys === undefined)
    throw new LijianError('not_found', 'Passkeys belong to a host: LIJIAN_PUBLIC_URL names none')
  return passkeys
}

export const passkeyEndpoints = [...own, ...signing]
