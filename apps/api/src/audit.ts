import { loginSubject, type AuditNote } from '@lijian/audit'
import type { Acting } from '@lijian/database'
import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    operationId?: string
  }
  interface FastifyRequest {
    /** Of the answer, when it is a failure. */
    problemCode: string | undefined
  }
}

/** Who asks. Ids and an address, nothing that was sent. */
export function actingOf({ principal, ip, id, routeOptions }: FastifyRequest): Acting {
  const person = principal?.person
  return {
    operation: routeOptions.config.operationId ?? 'none',
    actor: principal?.keyId ?? 'nobody',
    person: person?.id,
    branch: person?.branch,
    session: person?.session,
    address: ip,
    request: id,
  }
}

/** What proves who somebody is: PCI DSS 10.2.1.4 wants every try that fails. */
const PROOFS = new Set(['signIn', 'enrol', 'stepUp', 'changePassword', 'confirmTotp'])
const REFUSED = new Set([401, 403])

/** Undefined: not of the kind that is recorded. */
export function refusalOf(request: FastifyRequest, status: number): AuditNote | undefined {
  const who = actingOf(request)
  const about = { status, code: request.problemCode ?? 'none' }
  if (PROOFS.has(who.operation) && (REFUSED.has(status) || status === 429)) {
    const login = request.principal?.person?.login ?? loginOf(request.body)
    const subject = login === undefined ? '?' : loginSubject(login)
    return { act: 'sign_in', result: 'refused', who, subjectKind: 'login', subject, about, login }
  }
  if (!REFUSED.has(status)) return undefined
  return { act: 'refusal', result: 'refused', who, subjectKind: 'operation', subject: who.operation, about }
}

const loginOf = (body: unknown): string | undefined => {
  const login = (body as { login?: unknown } | null | undefined)?.login
  return typeof login === 'string' ? login : undefined
}

/** An answer with something that not everybody may see, before it is given. */
export function readOf(request: FastifyRequest, kind: string, subject?: string): AuditNote {
  const named = Object.values((request.params as Record<string, unknown> | undefined) ?? {}).map(String)
  const of = subject ?? (named.join('/') || '*')
  return { act: 'read', result: 'done', who: actingOf(request), subjectKind: kind, subject: of }
}
