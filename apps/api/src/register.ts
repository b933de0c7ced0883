import type { FastifyInstance, RouteOptions } from 'fastify'
import type { Authenticate } from './authenticate'
import { bodyText } from './borders'
import { schemaOf, type BodyReading, type Endpoint } from './endpoint'
import { documentCompiler, uncheckedBody } from './validation'

/** A table with the wing that its handlers work on. */
export interface Bound {
  endpoints: readonly Endpoint<never>[]
  wing: unknown
}

export const bind = <Wing>(wing: Wing, endpoints: readonly Endpoint<Wing>[]): Bound => ({ endpoints, wing })

/** The one place where entries of the table become addresses that answer. */
export function register(app: FastifyInstance, tables: readonly Bound[], authenticate: Authenticate): void {
  for (const { endpoints, wing } of tables)
    for (const one of endpoints) {
      const reads = one.reads ?? 'request'
      const route: RouteOptions = {
        method: one.method,
        url: one.path,
        schema: schemaOf(one),
        handler: handlerOf(one, wing as never),
        exposeHeadRoute: one.method === 'GET' && one.once !== true,
        ...(one.scopes.length > 0 ? { onRequest: authenticate(one.scopes, { isPayment: isPayment(one) }) } : {}),
        ...(one.bodyLimitBytes === undefined ? {} : { bodyLimit: one.bodyLimitBytes }),
        ...validatorOf(reads),
        config: {
          ...(reads === 'document' || reads === 'unchecked' ? { bodyFault: 'invalid_document' as const } : {}),
          ...(typeof reads === 'object' ? { isFile: true } : {}),
          ...(typeof reads === 'object' && reads.anyCharset ? { anyCharset: true } : {}),
        },
      }
      const takes = typeof reads === 'object' || reads === 'text' ? parsersOf(reads) : undefined
      if (takes === undefined) app.route(route)
      else
        void app.register((apart, _options, done) => {
          takes(apart)
          apart.route(route)
          done()
        })
    }
}

/** What a transaction system asks about one payment; its lists are work like that of people. */
const isPayment = ({ scopes, method, path }: Endpoint<never>) =>
  scopes.includes('transactions') && (method !== 'GET' || path.includes(':'))

function handlerOf(one: Endpoint<never>, wing: never): RouteOptions['handler'] {
  const { handle, status } = one
  if (status === undefined) return (request, reply) => handle(wing, request, reply)
  return (request, reply) => {
    void reply.code(status)
    return handle(wing, request, reply)
  }
}

function validatorOf(reads: BodyReading): Pick<RouteOptions, 'validatorCompiler'> {
  if (reads === 'document') return { validatorCompiler: documentCompiler }
  if (reads === 'unchecked' || reads === 'text') return { validatorCompiler: uncheckedBody }
  return {}
}

/** Only at its own address a body is no JSON, or is JSON that nobody has parsed yet. */
function parsersOf(reads: Exclude<BodyReading, 'request' | 'document' | 'unchecked'>) {
  return (app: FastifyInstance) => {
    app.removeAllContentTypeParsers()
    if (reads === 'text')
      app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body: Buffer, parsed) => {
        try {
          parsed(null, bodyText(body))
        } catch (error) {
          parsed(error as Error)
        }
      })
    else
      for (const type of reads.accepts) app.addContentTypeParser(type, (_request, body, parsed) => parsed(null, body))
  }
}
