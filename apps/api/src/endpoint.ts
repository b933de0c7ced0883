import type { Scope } from '@lijian/contracts/people'
import { problem } from '@lijian/contracts/system'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { listOf } from './csv-list'
import { ruleOf } from './whose'

/** An answer that is no JSON. */
export interface OtherAnswer {
  description: string
  content: Record<string, { schema: z.ZodType }>
}

/**
 * How a body is read. `request`: JSON, a fault in it is 400. `document`: JSON that is stored as a whole, a fault in it is 422.
 * `unchecked`: JSON of which the digest finds the faults. `bytes`: JSON that nobody has read yet. A file: a stream of any size.
 */
export type BodyReading = 'request' | 'document' | 'unchecked' | 'bytes' | FileReading
interface FileReading {
  accepts: string[]
  shows: string[]
  /** Its files may be in another encoding than UTF-8; the handler compares the charset. */
  anyCharset?: boolean
}

/** Everything about an operation that is data. */
export interface OperationSpec<Params, Query, Body, Answer, Digest> {
  operationId: string
  method: 'GET' | 'POST' | 'PUT'
  path: `/${string}`
  tag: string
  /** Any one of them is enough. None: open to anybody, or with `signedIn` to whoever has a key or a session. */
  scopes: readonly Scope[]
  signedIn?: true
  /** What moves money or rights: a person has shown a second factor within the last minutes. */
  strong?: true
  summary: string
  description?: string
  params?: Params
  query?: Query
  body?: Body
  reads?: BodyReading
  /** What the handler gets instead of the body. It depends on the body alone: a large one is read and digested on another thread. Throws LijianError. */
  digest?(body: Parsed<Body>): Digest
  /** Work of the handler that another thread does ahead where it reads the body; without it the handler does it. */
  ahead?(digest: Digest, query: Parsed<Query>): Digest
  /** It shows what not everybody may see: each answer is an event of the audit. The kind of its subject; its id is what the path names. */
  noted?: string
  /** A GET that works once: there is no HEAD beside it, which would use it up. */
  once?: true
  bodyLimitBytes?: number
  answer: Answer
  /** Of the answer; 200 unless it says otherwise. */
  status?: number
  /** Answers with other statuses that are no failures. */
  also?: Readonly<Record<number, z.ZodType>>
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

/** What a handler gets of a request: its parts as their schemas say, and the key that asks. */
export type Asked<Params, Query, Digest> = Pick<FastifyRequest, 'principal' | 'receivedAtMs' | 'headers' | 'ip'> & {
  params: Parsed<Params>
  query: Parsed<Query>
  body: Digest
}

type Answered<Answer> = Answer extends z.ZodType ? z.output<Answer> | FastifyReply : FastifyReply

type Part = z.ZodType | undefined

/** An entry of the table: what the operation is, and what its wing does for it. */
export interface Endpoint<Wing> extends OperationSpec<Part, Part, Part, z.ZodType | OtherAnswer, unknown> {
  handle(wing: Wing, request: FastifyRequest, reply: FastifyReply): unknown
}

/** The maker of entries for a wing: a handler gets that wing and nothing else. */
export const endpointOf =
  <Wing>() =>
  <
    Answer extends z.ZodType | OtherAnswer,
    Params extends Part = undefined,
    Query extends Part = undefined,
    Body extends Part = undefined,
    Digest = Parsed<Body>,
  >(
    spec: OperationSpec<Params, Query, Body, Answer, Digest>,
    handle: (
      wing: Wing,
      asked: Asked<Params, Query, Digest>,
      reply: FastifyReply,
    ) => Answered<Answer> | Promise<Answered<Answer>>,
  ): Endpoint<Wing> => ({
    ...spec,
    // The request has been parsed with the schemas of the entry before its handler runs.
    handle: (wing, request, reply) => handle(wing, request as unknown as Asked<Params, Query, Digest>, reply),
  })

/** The one shape of every failure, in the documentation of every operation. */
const problemAnswer: OtherAnswer = {
  description: 'Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps',
  content: { 'application/problem+json': { schema: problem } },
}

/** What the documentation shows of an entry, and what its request is parsed with. */
export function schemaOf(one: Endpoint<never>): Record<string, unknown> {
  const { operationId, tag, summary, description, scopes, params, body, reads, answer, also } = one
  const list = listOf(one)
  const isOpen = scopes.length === 0 && one.signedIn !== true
  const needs = scopes.length > 0 ? `Scope: ${scopes.join(' or ')}.` : isOpen ? '' : 'Any key or session.'
  const strong = one.strong === true ? 'A person shows a second factor for it (step_up).' : ''
  return present({
    operationId,
    tags: [tag],
    summary,
    description: [description, needs, strong].filter(Boolean).join('\n\n') || undefined,
    security: isOpen ? [] : [{ apiKey: [] }, { session: [] }],
    'x-scopes': scopes,
    'x-signed-in': one.signedIn,
    'x-strong': one.strong,
    // Beside the scope: people of a branch are refused.
    'x-head-office': one.signedIn !== true && ruleOf(one) === 'house' ? true : undefined,
    params,
    querystring: list?.query ?? one.query,
    body,
    consumes: typeof reads === 'object' ? reads.shows : undefined,
    response: {
      [one.status ?? 200]: list === undefined ? answer : alsoCsv(one.answer as z.ZodType),
      ...also,
      ...(one.path.startsWith('/v1/') ? { default: problemAnswer } : {}),
    },
  })
}

const alsoCsv = (answer: z.ZodType): OtherAnswer => ({
  description: 'Default Response',
  content: {
    'application/json': { schema: answer },
    'text/csv': {
      schema: z.string().describe('the whole list, at most 100,000 rows; a last line says when it is cut'),
    },
  },
})

const present = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
