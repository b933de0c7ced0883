import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problems'

/** An address that no route has is 404; one that other methods have is 405 and says which. */
export function notFound(app: FastifyInstance): void {
  const routes: { pattern: RegExp; method: string }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = new RegExp(`^${url.replace(/:[A-Za-z]+/g, '[^/]+').replace(/\*/g, '.*')}$`)
    for (const one of [method].flat()) routes.push({ pattern, method: one })
  })
  const answer = (request: FastifyRequest, reply: FastifyReply) => {
    const [path = ''] = request.url.split('?')
    const methods = new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))
    // A folder of files matches its own address, whether the file is there or not.
    if (methods.size === 0 || methods.has(request.method))
      return sendProblem(
        reply,
        { code: 'not_found', detail: 'There is no such address: /docs on the internal listener lists them all' },
        request.id,
      )
    void reply.header('allow', [...methods].join(', '))
    sendProblem(reply, { code: 'method_not_allowed' }, request.id)
  }
  // Before the body, which anybody may send to an address that does not exist.
  app.addHook('preParsing', (request, reply, payload, done) => {
    if (request.is404) answer(request, reply)
    else done(null, payload)
  })
  app.setNotFoundHandler(answer)
}
