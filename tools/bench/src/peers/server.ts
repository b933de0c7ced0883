import { hash } from 'node:crypto'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify'
import type { z } from 'zod'

/**
 * Fastify as bare as it comes, with what the api cannot do without: the same zod schemas on the way in, the key looked up by
 * its SHA-256 in memory, JSON.stringify on the way out.
 */
export function bareServer(key: string): {
  app: FastifyInstance
  onRequest: (request: FastifyRequest) => Promise<void>
} {
  const keys = new Map([[hash('sha256', key, 'hex'), { client: 'bench' }]])
  const app = Fastify({ logger: false as unknown as FastifyBaseLogger & false })
  app.setValidatorCompiler((({ schema }: { schema: z.ZodType }) =>
    (data: unknown) => {
      const parsed = schema.safeParse(data)
      return parsed.success ? { value: parsed.data } : { error: parsed.error }
    }) as never)
  app.setSerializerCompiler(() => JSON.stringify)
  const onRequest = async ({ headers: { authorization } }: FastifyRequest) => {
    const given = authorization?.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : ''
    if (!keys.has(hash('sha256', given, 'hex'))) throw Object.assign(new Error('unknown key'), { statusCode: 401 })
  }
  return { app, onRequest }
}

/** Listens on a free port, says which, and ends with the bench. */
export async function serve(app: FastifyInstance): Promise<void> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  process.send?.({ port: address.port })
  process.on('disconnect', () => process.exit(0))
}

/** What a peer reads; a bench's own variables, no setting of the product. */
export function given(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is missing`)
  return value
}
