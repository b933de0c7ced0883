import {
  ERRORS,
  inBothLanguages,
  LijianError,
  type ErrorCode,
  type FieldError,
  type Problem,
} from '@lijian/contracts/system'
import { isDatabaseAway } from '@lijian/database'
import type { DifferingRepeats } from '@lijian/identity'
import type { Logger } from '@lijian/telemetry'
import { closeAfter } from './closing'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** Where each error is explained: the API's own documentation page. */
const typeOf = (code: ErrorCode) => `urn:lijian:problem:${code}`

interface Fault {
  code: ErrorCode
  detail?: string
  errors?: FieldError[]
  state?: string
  leftFen?: number
}

/** What Fastify refuses before a route sees it. Its own words are never passed on: some repeat a piece of the body. */
const FRAMEWORK_FAULTS: Readonly<Record<string, Fault>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'unsupported_media_type' },
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'payload_too_large' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'invalid_request', detail: 'Content-Length does not fit the body' },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'invalid_request', detail: 'The body is not valid JSON' },
  FST_ERR_BAD_URL: { code: 'invalid_request', detail: 'The address is not a valid URL path' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'not_found', detail: 'The code or serial in the address is too long' },
}

export function problemOf(fault: Fault, instance: string): Problem {
  const spec = ERRORS[fault.code]
  return {
    type: typeOf(fault.code),
    title: spec.say,
    status: spec.status,
    code: fault.code,
    detail: fault.detail ?? spec.say,
    do: spec.do,
    retryable: spec.retryable,
    instance,
    state: fault.state,
    left: fault.leftFen,
    errors: fault.errors && inBothLanguages(fault.errors),
  }
}

/** The one place where anything thrown becomes an answer; only what we did not expect is logged, without the body that led there. */
export function errorHandler(log: Logger, differing?: DifferingRepeats) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void => {
    const isDiffering = error instanceof LijianError && error.code === 'serial_reused'
    const client = isDiffering ? request.principal?.client : undefined
    const fault = faultOf(client === undefined ? error : (differing?.refusal(client, error as LijianError) ?? error))
    if (fault.code === 'internal' || fault.code === 'unavailable')
      log.error(
        { err: error, request: request.id, method: request.method, route: request.routeOptions.url },
        'request failed',
      )
    request.problemCode = fault.code
    sendProblem(reply, fault, request.id)
  }
}

export function sendProblem(reply: FastifyReply, fault: Fault, instance: string): void {
  const problem = problemOf(fault, instance)
  if (problem.retryable) void reply.header('retry-after', '1')
  closeAfter(reply, problem.status)
  void reply.code(problem.status).header('content-type', PROBLEM_TYPE).serializer(JSON.stringify).send(problem)
}

function faultOf(error: Error): Fault {
  if (error instanceof LijianError) return { code: error.code, detail: error.detail, ...error.extra }
  const known = 'code' in error && typeof error.code === 'string' ? FRAMEWORK_FAULTS[error.code] : undefined
  if (known) return known
  if (isDatabaseAway(error)) return { code: 'unavailable', detail: 'The database does not answer' }
  if ('statusCode' in error && error.statusCode === 400)
    return { code: 'invalid_request', detail: 'The request could not be read' }
  return { code: 'internal' }
}
