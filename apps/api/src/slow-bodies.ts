import type { IncomingMessage } from 'node:http'
import { PassThrough, type Readable } from 'node:stream'
import { LijianError } from '@lijian/contracts/system'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasBody } from './closing'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body is a file: it may take long, as long as it comes. */
    isFile?: boolean
  }
}

const LOOK_EVERY_MS = 1000
/** After its answer a request that still sends is let pass so long: a reset at once would lose the answer on its way. */
const LINGER_MS = 2000
/** So much of a file is taken ahead of whoever reads it. What has come whole is done although its sender leaves: a page that is loaded again, say. */
const AHEAD_BYTES = 16 * 1024 * 1024

export interface SlowLimits {
  /** For a whole body. */
  withinMs: number
  /** A file brings at least so many bytes in each such window. */
  windowMs: number
  bytesPerWindow: number
}

/** A payment is a kilobyte. A file of a line that carries less than 1 KiB/s would take a connection of PostgreSQL for hours. */
export const SLOW_LIMITS: SlowLimits = { withinMs: 30_000, windowMs: 30_000, bytesPerWindow: 30 * 1024 }

interface Body {
  reply: FastifyReply
  sinceMs: number
  file?: { through: PassThrough; bytes: number; windowMs: number }
}

/** Ends bodies that come too slowly, each with an answer; Node's own limit is one for all requests and cannot tell a file from a payment. */
export function endSlowBodies(app: FastifyInstance, limits: SlowLimits): void {
  const bodies = new Map<FastifyRequest, Body>()
  app.addHook('preParsing', (request, reply, payload, done) => {
    if (!hasBody(request.headers)) return done(null, payload)
    const nowMs = performance.now()
    const body: Body = { reply, sinceMs: nowMs }
    bodies.set(request, body)
    if (request.routeOptions.config.isFile !== true) return done(null, payload)
    // Ended by us it is not the request that breaks: its answer travels on the same socket.
    const through = throughOf(payload as Readable)
    body.file = { through, bytes: 0, windowMs: nowMs }
    payload.on('data', (chunk: Buffer) => (body.file!.bytes += chunk.length))
    payload.once('end', () => bodies.delete(request))
    done(null, through)
  })
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.routeOptions.config.isFile !== true) bodies.delete(request)
    done()
  })
  app.addHook('onResponse', (request, _reply, done) => {
    const { raw } = request
    bodies.get(request)?.file?.through.destroy()
    bodies.delete(request)
    if (!raw.complete && hasBody(raw.headers)) linger(raw)
    done()
  })
  app.addHook('onRequestAbort', (request, done) => {
    bodies.delete(request)
    done()
  })
  const look = () => {
    for (const [request, body] of bodies) if (isTooSlow(body, limits)) end(request, body)
  }
  const end = (request: FastifyRequest, { reply, file }: Body) => {
    bodies.delete(request)
    const error = new LijianError('request_timeout')
    if (file) file.through.destroy(error)
    else if (!reply.sent) reply.send(error)
  }
  const timer = setInterval(look, Math.min(LOOK_EVERY_MS, limits.withinMs / 4)).unref()
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer)
    done()
  })
}

function isTooSlow({ sinceMs, file }: Body, { withinMs, windowMs, bytesPerWindow }: SlowLimits): boolean {
  const nowMs = performance.now()
  if (file === undefined) return nowMs - sinceMs > withinMs
  // What waits for us is not late.
  const isOurs = file.through.readableLength > 0
  if (!isOurs && nowMs - file.windowMs < windowMs) return false
  const isSlow = !isOurs && file.bytes < bytesPerWindow
  file.windowMs = nowMs
  file.bytes = 0
  return isSlow
}

function linger(raw: IncomingMessage): void {
  raw.unpipe()
  raw.resume()
  setTimeout(() => {
    if (!raw.complete) raw.socket.destroy()
  }, LINGER_MS).unref()
}

function throughOf(payload: Readable): PassThrough {
  const through = new PassThrough({ readableHighWaterMark: AHEAD_BYTES })
  // Whoever reads it hears of it; before and after, nobody does.
  through.on('error', () => undefined)
  payload.on('error', (error) => through.destroy(error))
  payload.once('close', () => {
    if (!payload.readableEnded) through.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
  })
  return payload.pipe(through)
}
