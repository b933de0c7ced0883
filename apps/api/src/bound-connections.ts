import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { PROBLEM_TYPE, problemOf } from './problems'

/** So many more are told why; above them a connection is closed without a word, so that a wave costs no memory. */
const TOLD_MAX = 256
/** Time to read the sentence; a socket that goes on sending would lose it with the reset. */
const READ_WITHIN_MS = 1000

interface Bounds {
  connectionsMax: number
  /** Most that those may have together of whom nothing is known. */
  strangersMax?: number
  isKnown?: (socket: Socket) => boolean
  onRefused?: () => void
}

/** A client that is told at once tries elsewhere, or again; one that is kept waiting costs memory and gets its answer too late. */
export function boundConnections({ server }: FastifyInstance, bounds: Bounds): void {
  const { connectionsMax, strangersMax = connectionsMax, isKnown, onRefused } = bounds
  const sentence = full()
  let open = 0
  server.maxConnections = connectionsMax + TOLD_MAX
  server.on('drop', () => onRefused?.())
  // Before Node's own listener, which would read a request.
  server.prependListener('connection', (socket: Socket) => {
    socket.once('close', () => open--)
    open++
    if (open <= strangersMax || (open <= connectionsMax && isKnown?.(socket))) return
    onRefused?.()
    socket.end(sentence)
    setTimeout(() => socket.destroy(), READ_WITHIN_MS).unref()
  })
}

function full(): string {
  const body = JSON.stringify(
    problemOf(
      {
        code: 'unavailable',
        detail: 'This process has as many connections as it keeps: use one that is open, or another process',
      },
      'connection',
    ),
  )
  return [
    'HTTP/1.1 503 Service Unavailable',
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'retry-after: 1',
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
