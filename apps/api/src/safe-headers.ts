import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const EVERY = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}
const TLS = { 'strict-transport-security': 'max-age=31536000' }
/** Pages and documents that are the same for everybody. Their page needs scripts and styles of its own package. */
const SAME_FOR_ALL = /^\/(?:docs|schemas|openapi\.json)(?:[/.?]|$)/

/** Their names change with their bytes: they say themselves how long they are good. */
const UNCHANGING = /^\/console\/assets\//

/** Headers for whoever shows or keeps an answer: nobody frames it, guesses its type or keeps what is personal. */
export function safeHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    addSafeHeaders(request, reply)
    done()
  })
}

function addSafeHeaders({ url, headers }: FastifyRequest, reply: FastifyReply): void {
  void reply.headers(EVERY)
  // RFC 6797: not over plain HTTP. TLS ends before us.
  if (headers['x-forwarded-proto'] === 'https') void reply.headers(TLS)
  if (SAME_FOR_ALL.test(url)) void reply.header('content-security-policy', "frame-ancestors 'none'")
  else if (!UNCHANGING.test(url)) void reply.header('cache-control', 'no-store')
}
