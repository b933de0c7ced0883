import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'

/** Answers of what is polled: 304 while nothing but the moment has changed. The name (ETag) is of what the answer says without its moments. */
export function polled<Answer extends { asOf: string }>(
  { 'if-none-match': known }: Record<string, string | string[] | undefined>,
  reply: FastifyReply,
  answer: Answer,
): Answer | FastifyReply {
  const said = JSON.stringify(answer, (key, value: unknown) => (key === 'asOf' ? undefined : value))
  const etag = `"${createHash('sha256').update(said).digest('base64url').slice(0, 22)}"`
  // It is kept by whoever asked, and shown again only after asking.
  void reply.header('etag', etag).header('cache-control', 'private, no-cache')
  return String(known ?? '').includes(etag) ? reply.code(304).send() : answer
}
