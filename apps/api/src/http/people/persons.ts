import {
  delegationPage,
  delegationRequest,
  enrolmentMade,
  personAnswer,
  personChange,
  personPage,
  personParams,
  personQuery,
  personRequest,
  proposalAnswer,
  recoveryRequest,
  SCOPES,
} from '@lijian/contracts/people'
import { pageQuery } from '@lijian/contracts/system'
import { z } from 'zod'
import { example } from '../../examples'
import { ownBranch } from '../../own-branch'
import { numberParams } from '../../params'
import { askingOf, endpoint, WAITS } from './wing'

const tag = 'persons'
const scopes = ['admin'] as const
const readers = ['admin', 'read.people'] as const
/** Whoever decides something may be absent. */
const people = SCOPES.filter((scope) => scope !== 'transactions')
const nothing = z.strictObject({}).nullish()
/** All that a list of absences needs of an entry. */
const delegation = delegationPage.shape.delegations.element

const persons = [
  endpoint(
    {
      operationId: 'listPersons',
      method: 'GET',
      path: '/v1/persons',
      tag,
      scopes: readers,
      summary: 'Persons by login, name, branch, role or status',
      query: personQuery,
      answer: personPage,
    },
    async ({ directory, pool }, { query, principal }) =>
      directory.persons({ ...query, branch: await ownBranch({ pool }, principal, query.branch) }),
  ),
  endpoint(
    {
      operationId: 'readPerson',
      method: 'GET',
      path: '/v1/persons/:id',
      tag,
      scopes: readers,
      summary: 'A person, with each right and the reason for it',
      params: personParams,
      answer: personAnswer,
    },
    ({ directory }, { params }) => directory.person(params.id),
  ),
  endpoint(
    {
      operationId: 'makePerson',
      method: 'POST',
      path: '/v1/persons',
      strong: true,
      tag,
      scopes,
      summary: 'Propose a new person',
      description: `${WAITS} Roles that nobody holds together are refused with their reason.`,
      body: example(personRequest, 'person-request'),
      status: 202,
      answer: proposalAnswer,
    },
    ({ directory }, { body, principal }) => directory.proposeNew(body, askingOf(principal)),
  ),
  endpoint(
    {
      operationId: 'putPerson',
      method: 'PUT',
      path: '/v1/persons/:id',
      strong: true,
      tag,
      scopes,
      summary: 'Propose another branch, other roles, status or name of a person',
      description: `${WAITS} Nobody proposes or approves a change of their own roles, branch or status. A person who is disabled is out at once.`,
      params: personParams,
      body: example(personChange, 'person-change'),
      status: 202,
      answer: proposalAnswer,
    },
    ({ directory }, { params, body, principal }) => directory.proposeChange(params.id, body, askingOf(principal)),
  ),
  endpoint(
    {
      operationId: 'disablePerson',
      method: 'POST',
      path: '/v1/persons/:id/disable',
      strong: true,
      tag,
      scopes,
      summary: 'Shut a person out, at once and by one administrator',
      description: 'Sessions and tokens end. Two administrators bring the person back, by PUT /v1/persons/{id}.',
      params: personParams,
      body: nothing,
      answer: personAnswer,
    },
    async ({ directory, keysChanged }, { params, principal }) => {
      const answer = await directory.disable(params.id, askingOf(principal))
      await keysChanged()
      return answer
    },
  ),
]

const accounts = [
  endpoint(
    {
      operationId: 'recoverPerson',
      method: 'POST',
      path: '/v1/persons/:id/recovery',
      strong: true,
      tag,
      scopes,
      summary: 'Propose that a person gets a new password and a new authenticator',
      description: `${WAITS} With the approval password, authenticator, sessions and tokens are void.`,
      params: personParams,
      body: example(recoveryRequest, 'recovery-request'),
      status: 202,
      answer: proposalAnswer,
    },
    ({ directory }, { params, body, principal }) => directory.proposeRecovery(params.id, body, askingOf(principal)),
  ),
  endpoint(
    {
      operationId: 'makePersonEnrolment',
      method: 'POST',
      path: '/v1/persons/:id/enrolment',
      strong: true,
      tag,
      scopes,
      summary: 'A code with which a new or recovered person sets a password: the only time that it is shown',
      description:
        'For whoever proposed the person, or the recovery, once it is approved. It is good for a day; another one makes it void.',
      params: personParams,
      body: nothing,
      status: 201,
      answer: enrolmentMade,
    },
    ({ directory }, { params, principal }, reply) => {
      void reply.header('cache-control', 'no-store')
      return directory.makeEnrolment(params.id, askingOf(principal))
    },
  ),
]

const absences = [
  endpoint(
    {
      operationId: 'listDelegations',
      method: 'GET',
      path: '/v1/delegations',
      tag,
      scopes: people,
      summary: 'Who stands in for whom, and when: your own, or all for an administrator',
      query: pageQuery,
      answer: delegationPage,
    },
    ({ directory }, { query, principal }) => directory.delegations(query, askingOf(principal)),
  ),
  endpoint(
    {
      operationId: 'makeDelegation',
      method: 'POST',
      path: '/v1/delegations',
      strong: true,
      tag,
      scopes: people,
      summary: 'Propose who decides with your right while you are absent',
      description: `${WAITS} Roles that nobody holds together are not joined by an absence either.`,
      body: example(delegationRequest, 'delegation-request'),
      status: 202,
      answer: proposalAnswer,
    },
    ({ directory }, { body, principal }) => directory.proposeDelegation(body, askingOf(principal)),
  ),
  endpoint(
    {
      operationId: 'endDelegation',
      method: 'POST',
      path: '/v1/delegations/:id/end',
      tag,
      scopes: people,
      summary: 'End it, at once: by either of the two, or by an administrator',
      params: numberParams,
      body: nothing,
      answer: delegation,
    },
    ({ directory }, { params, principal }) => directory.endDelegation(params.id, askingOf(principal)),
  ),
]

export const personEndpoints = [...persons, ...accounts, ...absences]
