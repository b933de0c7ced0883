import { auditPage, auditQuery } from '@lijian/contracts/people'
import { example } from '../../examples'
import { cutTo } from '../../own-branch'
import { endpoint } from './wing'

const list = endpoint(
  {
    operationId: 'listAuditEvents',
    method: 'GET',
    path: '/v1/audit',
    tag: 'audit',
    scopes: ['admin', 'read.audit'],
    summary: 'Who did what, when, from where, to what, and what changed; newest first',
    description: `Changes stand here from the moment they are committed, refusals within seconds. "sealed": the event is part of the hash chain that
./lijian verify checks. What is sensitive is "***" in "diff". People of a branch see what those of it and below did.`,
    query: auditQuery,
    answer: example(auditPage, 'audit-page'),
  },
  async ({ auditLog, pool }, { query, principal }) => auditLog.list(query, await cutTo({ pool }, principal)),
)

export const auditEndpoints = [list]
