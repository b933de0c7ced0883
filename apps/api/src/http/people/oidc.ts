import { oidcBegin, oidcCallback } from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import type { OidcSignIn } from '@lijian/identity'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { OtherAnswer } from '../../endpoint'
import { browserOf, mustBePerson } from './signed-in'
import { endpoint, type PeopleWing } from './wing'

const tag = 'people'
const LOGOUT_TOKEN_BYTES = 16 * 1024

const redirect: OtherAnswer = {
  description: 'The browser goes on: "location" says where to',
  content: { 'text/plain': { schema: z.string() } },
}

const begin = endpoint(
  {
    operationId: 'beginOidc',
    method: 'GET',
    path: '/v1/sessions/oidc',
    tag,
    scopes: [],
    once: true,
    summary: 'Sign in at the identity provider: a browser is sent there',
    query: oidcBegin,
    status: 302,
    answer: redirect,
  },
  async (wing, { query, headers }, reply) => {
    const begun = await provider(wing).begin(query.back, wing.attemptCookie.read(headers))
    return away(wing, begun, reply)
  },
)

const stepUp = endpoint(
  {
    operationId: 'stepUpOidc',
    method: 'GET',
    path: '/v1/sessions/oidc/step-up',
    tag,
    scopes: [],
    signedIn: true,
    once: true,
    summary: 'Authenticate anew at the identity provider, with a second factor',
    query: oidcBegin,
    status: 302,
    answer: redirect,
  },
  async (wing, { principal, query, headers }, reply) => {
    const person = mustBePerson(principal)
    const begun = await provider(wing).stepUp(person, query.back, wing.attemptCookie.read(headers))
    return away(wing, begun, reply)
  },
)

const finish = endpoint(
  {
    operationId: 'finishOidc',
    method: 'GET',
    path: '/v1/sessions/oidc/callback',
    tag,
    scopes: [],
    once: true,
    summary: 'Where the identity provider sends a browser back: it gets its session',
    description:
      'The person, its name, roles and branch are those that the provider tells; configuration says which claims and groups.',
    query: oidcCallback,
    status: 302,
    answer: redirect,
  },
  async (wing, request, reply) => {
    const { attemptCookie, cookie } = wing
    const told = new URLSearchParams(Object.entries(request.query).filter(([, value]) => value !== undefined))
    const { token, back } = await provider(wing).finish(told, attemptCookie.read(request.headers), browserOf(request))
    return reply
      .header('set-cookie', [cookie.of(token), attemptCookie.gone])
      .header('cache-control', 'no-store')
      .header('location', back)
      .type('text/plain')
      .send('')
  },
)

const logout = endpoint(
  {
    operationId: 'logoutOidc',
    method: 'POST',
    path: '/v1/sessions/oidc/back-channel-logout',
    tag,
    scopes: [],
    summary:
      'The identity provider says who has signed out there: those sessions end (OpenID Connect Back-Channel Logout)',
    body: z.unknown(),
    reads: { accepts: ['application/x-www-form-urlencoded'], shows: ['application/x-www-form-urlencoded'] },
    bodyLimitBytes: LOGOUT_TOKEN_BYTES,
    answer: { description: 'Done', content: { 'text/plain': { schema: z.string() } } },
  },
  async (wing, { body }, reply) => {
    const token = new URLSearchParams(await textOf(body as AsyncIterable<Buffer>)).get('logout_token')
    if (token === null) throw new LijianError('invalid_request', 'logout_token: expected one')
    await provider(wing).logout(token)
    return reply.header('cache-control', 'no-store').type('text/plain').send('')
  },
)

/** Throws LijianError not_found. */
function provider({ oidc }: PeopleWing): OidcSignIn {
  if (oidc === undefined)
    throw new LijianError('not_found', 'There is no identity provider: sign in with POST /v1/sessions')
  return oidc
}

const away = ({ attemptCookie }: PeopleWing, begun: { address: string; browser: string }, reply: FastifyReply) =>
  reply
    .header('set-cookie', attemptCookie.of(begun.browser))
    .header('cache-control', 'no-store')
    .header('location', begun.address)
    .type('text/plain')
    .send('')

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of body) {
    bytes += part.length
    if (bytes > LOGOUT_TOKEN_BYTES) throw new LijianError('invalid_request', 'The body is too long for a logout token')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

export const oidcEndpoints = [begin, stepUp, finish, logout]
