import { fieldErrors, LijianError, type ErrorCode, type FieldError } from '@lijian/contracts/system'
import type { z } from 'zod'
import { ReadElsewhere } from './bodies/read-elsewhere'
import type { BodyReading } from './endpoint'

// Fastify's own type for this wants the type of the schema of each single route; here every schema is zod's.
type Compiler = (route: { schema: unknown; httpPart?: string }) => (data: unknown) => { value?: unknown; error?: Error }

/** Parses a part of a request; what it says of a fault never repeats a value, for a request may carry a card number or a name. */
function compilerFor(bodyFault: ErrorCode): Compiler {
  return ({ schema, httpPart }) =>
    (data: unknown) => {
      if (data instanceof ReadElsewhere) return resultOf(data)
      const parsed = (schema as z.ZodType).safeParse(data)
      if (parsed.success) return { value: parsed.data }
      const code = httpPart === 'body' ? bodyFault : 'invalid_request'
      const where =
        httpPart === 'body' ? undefined : `In the ${httpPart === 'params' ? 'address' : (httpPart ?? 'request')}`
      const errors = fieldErrors(parsed.error.issues, data, { showFound: false }).map(withoutStrangeKeys)
      return { error: new LijianError(code, where, { errors }) }
    }
}

/** A key is repeated only if it looks like one: in the wrong place it may be a card number or a name. */
function withoutStrangeKeys(error: FieldError): FieldError {
  // A card number in groups: 6222.0299.0007.0016
  if (/[0-9]{7}/.test(error.path.replace(/[._]/g, ''))) return { path: '?', message: 'unknown or misplaced key' }
  const steps = error.path.split('.')
  const shown = steps.map((step) => (isStrange(step) ? '?' : step))
  if (shown.every((step, i) => step === steps[i])) return error
  return { path: shown.join('.'), message: 'unknown or misplaced key' }
}

/** What is longer is the sender's own text. Longer patterns over it, that begin anywhere, take the square of its length. */
const STEP_LENGTH = 64
const isStrange = (step: string): boolean => step.length > STEP_LENGTH || !/^[A-Za-z0-9_[\]]*$/.test(step)

export const requestCompiler = compilerFor('invalid_request')

/** For documents that are stored as a whole: 422 with every error at once. */
export const documentCompiler = compilerFor('invalid_document')

/** For a body that the operation's digest or its use case parses: the schema is only shown in the documentation. */
export const uncheckedBody: Compiler = (route) =>
  route.httpPart === 'body' ? (data: unknown) => ({ value: data }) : requestCompiler(route)

/** It stays as it is until its handler asks. */
function resultOf(read: ReadElsewhere): { value?: unknown; error?: Error } {
  const error = read.errorAt('schema')
  return error ? { error } : { value: read }
}

export function bodyCompilerOf(reads: BodyReading | undefined): Compiler {
  if (reads === 'document') return documentCompiler
  return reads === 'unchecked' || reads === 'bytes' ? uncheckedBody : requestCompiler
}

/** What a body is refused with when a text in it is none (a byte that is no UTF-8 is always 400). */
export const textFaultOf = (reads: BodyReading | undefined): ErrorCode =>
  reads === 'document' || reads === 'unchecked' ? 'invalid_document' : 'invalid_request'

/** A document names itself; the address must name the same. */
export function sameCode(path: string, inUrl: string, inBody: string): void {
  if (inUrl === inBody) return
  throw new LijianError('invalid_document', 'The address and the document name different things', {
    errors: [{ path, message: `expected "${inUrl}" as in the address` }],
  })
}
