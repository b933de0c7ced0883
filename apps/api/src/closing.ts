import type { FastifyReply } from 'fastify'

const CLOSING = new Set([401, 408, 413, 429])

/** Whoever guesses keys or trickles a body keeps nothing open. Node closes at once; where more of a body comes, `endSlowBodies` lets it pass first. */
export function closeAfter(reply: FastifyReply, status: number): void {
  if (!CLOSING.has(status)) return
  const { raw, principal } = reply.request
  // A rate limit tells an honest client to come again, on the connection that it has.
  if (status === 429 && principal !== null) return
  if (raw.complete || !hasBody(raw.headers)) return void reply.header('connection', 'close')
  reply.removeHeader('connection')
}

export const hasBody = (headers: Readonly<Record<string, unknown>>): boolean =>
  headers['transfer-encoding'] !== undefined ||
  (headers['content-length'] !== undefined && headers['content-length'] !== '0')
