import { codeRequest, enrolmentRequest, meAnswer, sessionList, signInRequest } from '@lijian/contracts/people'
import { z } from 'zod'
import { example } from '../../examples'
import { idParams } from '../../params'
import { mustBeOwnPage } from '../../session-cookie'
import { browserOf, mustBeLocal, mustBePerson, signedIn } from './signed-in'
import { endpoint } from './wing'

const tag = 'people'
const nothing = z.strictObject({}).nullish()

const begin = endpoint(
  {
    operationId: 'signIn',
    method: 'POST',
    path: '/v1/sessions',
    tag,
    scopes: [],
    summary: 'Sign in: login, password and, once there is an authenticator, its code',
    description: `The session is a cookie. It ends after 15 minutes without a request (one with the header lijian-background does not count) and after eight hours.
Ten wrong tries lock a login for 30 minutes; from the fourth on each makes the next one wait.`,
    body: example(signInRequest, 'sign-in-request'),
    status: 201,
    answer: meAnswer,
  },
  async (wing, request, reply) => {
    mustBeLocal(wing)
    mustBeOwnPage('POST', request.headers, { bare: true })
    return signedIn(wing, await wing.accounts.signIn(request.body, browserOf(request)), reply)
  },
)

const enrol = endpoint(
  {
    operationId: 'enrol',
    method: 'POST',
    path: '/v1/enrolments',
    tag,
    scopes: [],
    summary: 'Use a one-time code of ./lijian keys enrol: the first administrators of an installation',
    body: example(enrolmentRequest, 'enrolment-request'),
    status: 201,
    answer: meAnswer,
  },
  async (wing, request, reply) => {
    mustBeLocal(wing)
    mustBeOwnPage('POST', request.headers, { bare: true })
    return signedIn(wing, await wing.accounts.enrol(request.body, browserOf(request)), reply)
  },
)

const list = endpoint(
  {
    operationId: 'listSessions',
    method: 'GET',
    path: '/v1/sessions',
    tag,
    scopes: [],
    signedIn: true,
    summary: 'Your own sessions',
    answer: sessionList,
  },
  ({ sessions }, { principal }) => {
    const { person } = principal
    return person?.session === undefined ? { sessions: [] } : sessions.list(person.id, person.session)
  },
)

const end = endpoint(
  {
    operationId: 'endSession',
    method: 'POST',
    path: '/v1/sessions/:id/end',
    tag,
    scopes: [],
    signedIn: true,
    summary: 'Sign out: the session "current", or another one of yours',
    params: idParams,
    body: nothing,
    answer: sessionList,
  },
  async ({ sessions, cookie }, { principal, params }, reply) => {
    const person = mustBePerson(principal)
    const isCurrent = params.id === 'current' || params.id === person.session
    await sessions.end(person.id, isCurrent ? person.session : params.id)
    if (isCurrent) void reply.header('set-cookie', cookie.gone)
    return sessions.list(person.id, person.session)
  },
)

const stepUp = endpoint(
  {
    operationId: 'stepUp',
    method: 'POST',
    path: '/v1/sessions/current/step-up',
    tag,
    scopes: [],
    signedIn: true,
    summary: 'Show your second factor again: approvals of money and rights ask for it',
    body: example(codeRequest, 'code-request'),
    answer: meAnswer,
  },
  async (wing, request, reply) => {
    const person = mustBePerson(request.principal)
    return signedIn(wing, await wing.accounts.stepUp(person, request.body.code, browserOf(request)), reply)
  },
)

export const sessionEndpoints = [begin, enrol, list, end, stepUp]
