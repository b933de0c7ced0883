import type { Payload, PayloadCodec } from '@temporalio/common'
import fastify, { type FastifyInstance } from 'fastify'
import type { WhoAsks } from './codec-bearers'

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

export interface CodecServerOptions {
  allowedOrigins: readonly string[]
  /** Absent: whoever reaches it may decode, which is for development over loopback. */
  whoAsks?: WhoAsks | undefined
  /** Who has decoded how many payloads, never what. */
  onDecoded: (who: string, payloads: number) => void
  onRefused: () => void
}

/**
 * Lets the Temporal UI (and CLI) of those who may see payloads read encrypted ones. The browser calls it, from the UI's origin and with the bearer of
 * the person; no other origin is let in. It never encrypts: whoever could have that done could write into histories.
 */
export function codecServer(codec: PayloadCodec, options: CodecServerOptions): FastifyInstance {
  const { allowedOrigins, whoAsks, onDecoded, onRefused } = options
  const server = fastify({ bodyLimit: 16 * 1024 * 1024 })
  const askers = new WeakMap<object, string>()
  server.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    const isKnown = origin !== undefined && allowedOrigins.includes(origin)
    if (isKnown) {
      void reply.header('access-control-allow-origin', origin).header('vary', 'origin')
      void reply.header('access-control-allow-methods', 'POST, OPTIONS')
      void reply.header('access-control-allow-headers', 'content-type, x-namespace, authorization')
      // The UI sends its cookies or the person's token only so.
      void reply.header('access-control-allow-credentials', 'true')
    }
    // The preflight asks before it knows any route, and without a bearer.
    if (request.method === 'OPTIONS') return reply.code(204).send()
    const who = origin !== undefined && !isKnown ? undefined : await asker(request.headers.authorization)
    if (who === undefined) {
      onRefused()
      const message = 'a bearer is needed: LIJIAN_CODEC_BEARERS or LIJIAN_CODEC_JWKS_URL of the worker say whose'
      return reply.code(401).header('connection', 'close').send({ message })
    }
    askers.set(request, who)
  })
  const asker = (authorization: string | undefined) =>
    whoAsks === undefined ? Promise.resolve('development') : whoAsks(authorization)
  server.options('/*', (_request, reply) => reply.code(204).send())
  server.post<{ Body: WirePayloads }>('/decode', async (request, reply) => {
    try {
      const payloads = await codec.decode(fromWire(request.body))
      onDecoded(askers.get(request)!, payloads.length)
      return await reply.header('cache-control', 'no-store').send(toWire(payloads))
    } catch {
      return reply.code(400).send({ message: 'a payload cannot be decrypted with the configured keys' })
    }
  })
  return server
}
