import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A handler for a text that never changes while the process runs: made, compressed and named (ETag) once. */
export function prepared(type: string, text: string) {
  const plain = Buffer.from(text)
  const gzip = gzipSync(plain, { level: 9 })
  const name = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  return ({ headers }: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const zipped = takesGzip(headers['accept-encoding'])
    // A strong name is of these very bytes.
    const etag = `"${name}${zipped ? '-gzip' : ''}"`
    void reply.header('etag', etag).header('vary', 'accept-encoding').header('cache-control', 'no-cache')
    if (headers['if-none-match']?.includes(etag)) return reply.code(304).send()
    if (zipped) void reply.header('content-encoding', 'gzip')
    return reply.type(type).send(zipped ? gzip : plain)
  }
}

const takesGzip = (accepted: string | string[] | undefined): boolean =>
  /(^|[\s,])gzip\s*($|,|;\s*q=(?!0(\.0*)?\s*($|,)))/.test(String(accepted ?? ''))
