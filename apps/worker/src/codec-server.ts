import type { Payload, PayloadCodec } from '@temporalio/common'
import fastify, { type FastifyInstance } from 'fastify'

/** The JSON form of payloads, as Temporal's UI and CLI send them: bytes in base64. */
interface WirePayloads {
  payloads?: { metadata?: Record<string, string>; data?: string }[]
}

const fromWire = ({ payloads = [] }: WirePayloads): Payload[] =>
  payloads.map(({ metadata = {}, data }) => ({
    metadata: Object.fromEntries(Object.entries(metadata).map(([k, v]) => [k, Buffer.from(v, 'base64')])),
    ...(data === undefined ? {} : { data: Buffer.from(data, 'base64') }),
  }))

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const toWire = (payloads: Payload[]): WirePayloads => ({
  payloads: payloads.map(({ metadata, data }) => ({
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([k, v]) => [k, base64(v)])),
    ...(data ? { data: base64(data) } : {}),
  })),
})

/**
 * Lets the Temporal UI (and CLI) of those who may see payloads read encrypted ones. The browser calls it, from the UI's
 * origin, with the namespace in the query string; only that origin is let in.
 */
export function codecServer(codec: PayloadCodec, allowedOrigins: readonly string[]): FastifyInstance {
  const server = fastify({ bodyLimit: 16 * 1024 * 1024 })
  server.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    if (origin !== undefined && allowedOrigins.includes(origin)) {
      void reply.header('access-control-allow-origin', origin).header('vary', 'origin')
      void reply.header('access-control-allow-methods', 'POST, OPTIONS')
      void reply.header('access-control-allow-headers', 'content-type, x-namespace, authorization')
    }
    // The preflight asks before it knows any route.
    if (request.method === 'OPTIONS') await reply.code(204).send()
  })
  server.options('/*', (_request, reply) => reply.code(204).send())
  server.post<{ Body: WirePayloads }>('/encode', async ({ body }) => toWire(await codec.encode(fromWire(body))))
  server.post<{ Body: WirePayloads }>('/decode', async ({ body }, reply) => {
    try {
      return toWire(await codec.decode(fromWire(body)))
    } catch {
      return reply.code(400).send({ message: 'a payload cannot be decrypted with the configured keys' })
    }
  })
  return server
}
