import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { LijianError } from '@lijian/contracts/system'
import type { FastifyInstance, FastifyReply } from 'fastify'

const BUILT = join(dirname(require.resolve('@lijian/console/package.json')), 'dist', 'app')
const UNCHANGING = 'public, max-age=31536000, immutable'

/** Scripts and styles of the console alone; a style of antd carries the nonce of this answer. */
const policyOf = (nonce: string) =>
  [
    `default-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')

/**
 * The console (apps/console) under /console: its assets, whose names change with their bytes, and for every other address below its one page, in
 * which each answer has a nonce of its own. `temporalUi`: where its namespace is in the Temporal UI.
 * `built`: the folder that `vite build` has written.
 */
export function serveConsole(app: FastifyInstance, temporalUi = '', built = BUILT): void {
  let page: string | undefined
  const read = () => {
    const file = join(built, 'index.html')
    if (!existsSync(file))
      throw new LijianError('not_found', 'The console is not built: npx nx run @lijian/console:build')
    // In an attribute: an address has neither quotes nor brackets then.
    return readFileSync(file, 'utf8').replaceAll('__TEMPORAL_UI__', () =>
      encodeURI(decodeURI(temporalUi)).replaceAll('&', '&amp;'),
    )
  }
  const answer = (reply: FastifyReply) => {
    page ??= read()
    const nonce = randomBytes(16).toString('base64url')
    return reply
      .header('content-security-policy', policyOf(nonce))
      .header('cross-origin-opener-policy', 'same-origin')
      .type('text/html; charset=utf-8')
      .send(page.replaceAll('__NONCE__', nonce))
  }
  if (existsSync(join(built, 'assets')))
    void app.register(fastifyStatic, {
      root: join(built, 'assets'),
      prefix: '/console/assets/',
      preCompressed: true,
      index: false,
      decorateReply: false,
      // With its own it would send the same for everything.
      cacheControl: false,
      setHeaders: (response) => void response.setHeader('cache-control', UNCHANGING),
    })
  app.get('/console', { schema: { hide: true } as never }, (_request, reply) => reply.redirect('/console/', 308))
  app.get('/console/*', { schema: { hide: true } as never }, (_request, reply) => answer(reply))
}
