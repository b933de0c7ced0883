import { fieldErrors, LijianError, type ErrorCode, type FieldError } from '@lijian/contracts/system'
import type { z } from 'zod'

// Fastify's own type for this wants the type of the schema of each single route; here every schema is zod's.
type Compiler = (route: { schema: unknown; httpPart?: string }) => (data: unknown) => { value?: unknown; error?: Error }

/** Parses a part of a request; what it says of a fault never repeats a value, for a request may carry a card number or a name. */
function compilerFor(bodyFault: ErrorCode): Compiler {
  return ({ schema, httpPart }) =>
    (data: unknown) => {
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
  if (/^[A-Za-z0-9_.[\]]*$/.test(error.path) && !/[0-9]{7}/.test(error.path)) return error
  return {
    path: error.path.replace(/[^.[\]]*([0-9]{7}|[^A-Za-z0-9_.[\]])[^.[\]]*/g, '?'),
    message: 'unknown or misplaced key',
  }
}

export const requestCompiler = compilerFor('invalid_request')

/** For documents that are stored as a whole: 422 with every error at once. */
export const documentCompiler = compilerFor('invalid_document')

/** For a body that the use case parses itself: the schema is only shown in the documentation. */
export const uncheckedBody: Compiler = (route) =>
  route.httpPart === 'body' ? (data: unknown) => ({ value: data }) : requestCompiler(route)

/** A document names itself; the address must name the same. */
export function sameCode(path: string, inUrl: string, inBody: string): void {
  if (inUrl === inBody) return
  throw new LijianError('invalid_document', 'The address and the document name different things', {
    errors: [{ path, message: `expected "${inUrl}" as in the address` }],
  })
}
