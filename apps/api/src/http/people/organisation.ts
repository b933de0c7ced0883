import {
  approvalPolicyPage,
  approvalPolicyRequest,
  branchPage,
  branchRequest,
  policyParams,
  proposalAnswer,
  rolePage,
  roleRequest,
  SCOPES,
} from '@lijian/contracts/people'
import { pageQuery } from '@lijian/contracts/system'
import { example } from '../../examples'
import { codeParams } from '../../params'
import { askingOf, endpoint, WAITS } from './wing'

const tag = 'persons'
const scopes = ['admin'] as const
/** Forms of every topic name branches and roles. */
const people = SCOPES.filter((scope) => scope !== 'transactions')

const lists = [
  endpoint(
    {
      operationId: 'listBranches',
      method: 'GET',
      path: '/v1/branches',
      tag,
      scopes: people,
      summary: 'Branches: a tree under head-office',
      query: pageQuery,
      answer: branchPage,
    },
    ({ directory }, { query }) => directory.branches(query),
  ),
  endpoint(
    {
      operationId: 'listRoles',
      method: 'GET',
      path: '/v1/roles',
      tag,
      scopes: people,
      summary: 'Roles, with their rights and the roles that nobody holds beside them',
      query: pageQuery,
      answer: rolePage,
    },
    ({ directory }, { query }) => directory.roles(query),
  ),
  endpoint(
    {
      operationId: 'listApprovalPolicies',
      method: 'GET',
      path: '/v1/approval-policies',
      tag,
      scopes: people,
      summary: 'Who approves which kind, from which amount on',
      description: 'A kind without rows is decided as "any".',
      query: pageQuery,
      answer: approvalPolicyPage,
    },
    ({ directory }, { query }) => directory.policies(query),
  ),
]

const changes = [
  endpoint(
    {
      operationId: 'putBranch',
      method: 'PUT',
      path: '/v1/branches/:code',
      strong: true,
      tag,
      scopes,
      summary: 'Propose a branch, or another name or place of it',
      description: WAITS,
      params: codeParams,
      body: example(branchRequest, 'branch-request'),
      status: 202,
      answer: proposalAnswer,
    },
    ({ directory }, { params, body, principal }) => directory.proposeBranch(params.code, body, askingOf(principal)),
  ),
  endpoint(
    {
      operationId: 'putRole',
      method: 'PUT',
      path: '/v1/roles/:code',
      strong: true,
      tag,
      scopes,
      summary: 'Propose a role, or other rights of it',
      description: `${WAITS} Whoever holds the role neither proposes nor approves other rights of it.`,
      params: codeParams,
      body: example(roleRequest, 'role-request'),
      status: 202,
      answer: proposalAnswer,
    },
    ({ directory }, { params, body, principal }) => directory.proposeRole(params.code, body, askingOf(principal)),
  ),
  endpoint(
    {
      operationId: 'putApprovalPolicy',
      method: 'PUT',
      path: '/v1/approval-policies/:kind',
      strong: true,
      tag,
      scopes,
      summary: 'Propose who approves a kind',
      description: `${WAITS} A rule that fewer people can meet than it needs is refused.`,
      params: policyParams,
      body: example(approvalPolicyRequest, 'approval-policy-request'),
      status: 202,
      answer: proposalAnswer,
    },
    ({ directory }, { params, body, principal }) => directory.proposePolicy(params.kind, body, askingOf(principal)),
  ),
]

export const organisationEndpoints = [...lists, ...changes]
