import type { AuditNotes } from '@lijian/audit'
import { acting } from '@lijian/database'
import type { Pool } from 'pg'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { actingOf, readOf } from './audit'
import type { Authenticate } from './authenticate'
import { ReadElsewhere } from './bodies/read-elsewhere'
import { alsoAsCsv, listOf, wantsCsv } from './csv-list'
import { ofOwnBranch } from './own-branch'
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
  kit: HandlerKit & { authenticate: Authenticate; bodyLimitBytes: number },
): void {
  const { authenticate, bodyLimitBytes } = kit
  for (const { endpoints, wing } of tables)
    for (const one of endpoints) {
      const reads = one.reads ?? 'request'
      const route: RouteOptions = {
        method: one.method,
        url: one.path,
        schema: schemaOf(one),
        handler: handlerOf(one, wing as never, kit),
        exposeHeadRoute: one.method === 'GET' && one.once !== true,
        ...(one.scopes.length > 0 || one.signedIn === true ? { onRequest: authenticate(one.scopes, costOf(one)) } : {}),
        bodyLimit: one.bodyLimitBytes ?? (isPayment(one) ? Math.min(PAYMENT_BYTES, bodyLimitBytes) : bodyLimitBytes),
        ...validatorOf(reads),
        config: {
          operationId: one.operationId,
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
  isOfSystems: isOfSystems(one),
  isSignedIn: one.signedIn === true,
  isStrong: one.strong === true,
})

/** What a transaction system asks about one payment; its lists are work like that of people. */
const isPayment = ({ scopes, method, path }: Endpoint<never>) =>
  scopes.includes('transactions') && (method !== 'GET' || path.includes(':'))

/** The longest payment with every character escaped fits. What is longer is refused unread: it would be read between payments. */
const PAYMENT_BYTES = 32 * 1024

interface HandlerKit {
  audit: Pick<AuditNotes, 'write'>
  people: Pool
}

function handlerOf(one: Endpoint<never>, wing: never, { audit, people }: HandlerKit): RouteOptions['handler'] {
  const { status, digest } = one
  const work = mayChange(one) ? recorded(one, audit) : one.handle
  const isGuarded = one.scopes.length > 0 && !isOfSystems(one)
  const handle = isGuarded ? ofOwnBranch(one, people, work as typeof one.handle) : work
  const list = listOf(one)
  if (list !== undefined)
    return exported(
      audit,
      alsoAsCsv(list, one.operationId.replace(/^list/, '').toLowerCase(), (request, reply) =>
        handle(wing, request, reply),
      ),
    )
  return (request, reply) => {
    if (status !== undefined) void reply.code(status)
    if (request.body instanceof ReadElsewhere) request.body = request.body.value
    else if (digest) request.body = digest(request.body)
    return handle(wing, request, reply)
  }
}

/** Persons send no payments. */
const isOfSystems = ({ scopes }: Endpoint<never>) => scopes.length === 1 && scopes[0] === 'transactions'

/** Payments change nothing that is audited, and reads change nothing. */
const mayChange = (one: Endpoint<never>): boolean =>
  !isPayment(one) && (one.method !== 'GET' || one.once === true || one.noted !== undefined)

/** What the handler changes is recorded as done by who asks; what it shows is recorded before it is shown. */
function recorded({ handle, noted }: Endpoint<never>, audit: Pick<AuditNotes, 'write'>): Endpoint<never>['handle'] {
  return (wing, request, reply) =>
    acting(actingOf(request), async () => {
      if (noted !== undefined) await audit.write(readOf(request, noted))
      return handle(wing, request, reply)
    })
}

/** A list that leaves as a file is recorded before its first line. */
const exported =
  (audit: Pick<AuditNotes, 'write'>, answer: (request: FastifyRequest, reply: FastifyReply) => unknown) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (wantsCsv(request)) await audit.write(readOf(request, 'list', request.routeOptions.config.operationId))
    return answer(request, reply)
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
