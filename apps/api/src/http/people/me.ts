import { codeRequest, meAnswer, passwordRequest, totpAnswer } from '@lijian/contracts/people'
import { z } from 'zod'
import { example } from '../../examples'
import { browserOf, meOf, mustBePerson, signedIn } from './signed-in'
import { endpoint } from './wing'

const tag = 'people'
const scopes = [] as const
const nothing = z.strictObject({}).nullish()

const read = endpoint(
  {
    operationId: 'readMe',
    method: 'GET',
    path: '/v1/me',
    tag,
    scopes,
    signedIn: true,
    summary: 'Who asks, and what may be done',
    answer: meAnswer,
  },
  (_wing, { principal }, reply) => {
    void reply.header('cache-control', 'no-store')
    const { person, keyId, client, scopes: open } = principal
    if (person !== undefined) return meOf(person)
    return { kind: 'key' as const, id: keyId, name: client, client, scopes: [...open] }
  },
)

const password = endpoint(
  {
    operationId: 'changePassword',
    method: 'POST',
    path: '/v1/me/password',
    tag,
    scopes,
    signedIn: true,
    summary: 'Set another password: your other sessions end',
    body: example(passwordRequest, 'password-request'),
    answer: meAnswer,
  },
  async (wing, { principal, body, headers }, reply) => {
    await wing.accounts.changePassword(mustBePerson(principal), body)
    return signedIn(wing, wing.cookie.read(headers)!, reply)
  },
)

const beginTotp = endpoint(
  {
    operationId: 'beginTotp',
    method: 'POST',
    path: '/v1/me/totp',
    tag,
    scopes,
    signedIn: true,
    summary: 'A secret for an authenticator, in force once its first code is confirmed',
    body: nothing,
    answer: totpAnswer,
  },
  ({ accounts }, { principal }, reply) => {
    void reply.header('cache-control', 'no-store')
    return accounts.beginTotp(mustBePerson(principal))
  },
)

const confirmTotp = endpoint(
  {
    operationId: 'confirmTotp',
    method: 'POST',
    path: '/v1/me/totp/confirm',
    tag,
    scopes,
    signedIn: true,
    summary: 'The first code of the authenticator: from now on signing in asks for one',
    body: example(codeRequest, 'code-request'),
    answer: meAnswer,
  },
  async (wing, request, reply) => {
    const person = mustBePerson(request.principal)
    return signedIn(wing, await wing.accounts.confirmTotp(person, request.body.code, browserOf(request)), reply)
  },
)

export const meEndpoints = [read, password, beginTotp, confirmTotp]
