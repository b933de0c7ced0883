import type { FastifyInstance, RouteOptions } from 'fastify'
import type { Authenticate } from './authenticate'
import { ReadElsewhere } from './bodies/read-elsewhere'
import { schemaOf, type BodyReading, type Endpoint } from './endpoint'
import { bodyCompilerOf, textFaultOf } from './validation'

/** A table with the wing that its handlers work on. */
export interface Bound {
  endpoints: readonly Endpoint<never>[]
  wing: unknown
}

export const bind = <Wing>(wing: Wing, endpoints: readonly Endpoint<Wing>[]): Bound => ({ endpoints, wing })

/** The one place where entries of the table become addresses that answer. */
export function register(
  app: FastifyInstance,
  tables: readonly Bound[],
  { authenticate, bodyLimitBytes }: { authenticate: Authenticate; bodyLimitBytes: number },
): void {
  for (const { endpoints, wing } of tables)
    for (const one of endpoints) {
      const reads = one.reads ?? 'request'
      const route: RouteOptions = {
        method: one.method,
        url: one.path,
        schema: schemaOf(one),
        handler: handlerOf(one, wing as never),
        exposeHeadRoute: one.method === 'GET' && one.once !== true,
        ...(one.scopes.length > 0 || one.signedIn === true ? { onRequest: authenticate(one.scopes, costOf(one)) } : {}),
        bodyLimit: one.bodyLimitBytes ?? (isPayment(one) ? Math.min(PAYMENT_BYTES, bodyLimitBytes) : bodyLimitBytes),
        ...validatorOf(reads),
        config: {
          textFault: textFaultOf(reads),
          ...(isPayment(one) || !isJson(reads) ? {} : { readElsewhere: one.operationId }),
          ...(typeof reads === 'object' ? { isFile: true } : {}),
          ...(typeof reads === 'object' && reads.anyCharset ? { anyCharset: true } : {}),
        },
      }
      const takes = typeof reads === 'object' || reads === 'bytes' ? parsersOf(reads) : undefined
      if (takes === undefined) app.route(route)
      else
        void app.register((apart, _options, done) => {
          takes(apart)
          apart.route(route)
          done()
        })
    }
}

const costOf = (one: Endpoint<never>) => ({
  isPayment: isPayment(one),
  isSignedIn: one.signedIn === true,
  isStrong: one.strong === true,
})

/** What a transaction system asks about one payment; its lists are work like that of people. */
const isPayment = ({ scopes, method, path }: Endpoint<never>) =>
  scopes.includes('transactions') && (method !== 'GET' || path.includes(':'))

/** The longest payment with every character escaped fits. What is longer is refused unread: it would be read between payments. */
const PAYMENT_BYTES = 32 * 1024

function handlerOf(one: Endpoint<never>, wing: never): RouteOptions['handler'] {
  const { handle, status, digest } = one
  return (request, reply) => {
    if (status !== undefined) void reply.code(status)
    if (request.body instanceof ReadElsewhere) request.body = request.body.value
    else if (digest) request.body = digest(request.body)
    return handle(wing, request, reply)
  }
}

function validatorOf(reads: BodyReading): Pick<RouteOptions, 'validatorCompiler'> {
  return typeof reads === 'object' ? {} : { validatorCompiler: bodyCompilerOf(reads) }
}

const isJson = (reads: BodyReading): boolean => typeof reads !== 'object' && reads !== 'bytes'

/** Only at its own address a body is no JSON, or is JSON that nobody has parsed yet. */
function parsersOf(reads: Exclude<BodyReading, 'request' | 'document' | 'unchecked'>) {
  return (app: FastifyInstance) => {
    app.removeAllContentTypeParsers()
    if (reads === 'bytes')
      app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, parsed) =>
        parsed(null, body),
      )
    else
      for (const type of reads.accepts) app.addContentTypeParser(type, (_request, body, parsed) => parsed(null, body))
  }
}
