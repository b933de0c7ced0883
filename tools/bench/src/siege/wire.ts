import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What an attack knows of its victim. */
export interface Field {
  port: number
  /** Where readiness, metrics and documentation are. */
  internalPort: number
  /** Of a client of its own, by what the attack needs. */
  keys: { payments: string; people: string; slow: string }
  isOver: () => boolean
  /** Statuses that it was answered; `closed`: without an answer; `silent`: none came in time. */
  note: (what: string) => void
}

const SILENT_MS = 10_000

export interface Ask {
  method?: string
  path: string
  key?: string
  headers?: readonly string[]
  body?: string | Buffer
}

/** The bytes of one request. */
export function bytesOf({ method = 'GET', path, key, headers = [], body }: Ask): Buffer {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: lijian',
    ...(key === undefined ? [] : [`authorization: Bearer ${key}`]),
    ...(body === undefined || headers.some((one) => one.startsWith('content-type'))
      ? []
      : ['content-type: application/json']),
    ...(body === undefined ? [] : [`content-length: ${Buffer.byteLength(body)}`]),
    ...headers,
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body ?? '')])
}

/**
 * So many connections, each sending its next bytes as soon as they are answered; one that is closed is opened again.
 * `requests`: how many there are in those bytes.
 */
export async function storm(
  field: Field,
  connections: number,
  next: (i: number) => Buffer,
  requests = 1,
): Promise<void> {
  let sent = 0
  const lane = async () => {
    let wire: Wire | undefined
    while (!field.isOver()) {
      wire = wire?.isOpen === true ? wire : await Wire.open(field.port)
      if (wire === undefined) {
        field.note('refused')
        await sleep(20)
        continue
      }
      const status = await wire.ask(next(sent++), requests)
      field.note(String(status))
      // A real attacker has a machine of its own: ours must leave some of this one to what is measured.
      await sleep(1)
    }
    wire?.close()
  }
  await Promise.all(Array.from({ length: connections }, lane))
}

/** Connections that send a little now and then, from the first bytes on, until they are closed. */
export async function trickle(
  field: Field,
  connections: number,
  head: Buffer,
  bytes: string,
  everyMs: number,
): Promise<void> {
  const lane = async () => {
    while (!field.isOver()) {
      const wire = await Wire.open(field.port)
      if (wire === undefined) {
        field.note('refused')
        await sleep(50)
        continue
      }
      wire.write(head)
      while (!field.isOver() && wire.isOpen) {
        wire.write(Buffer.from(bytes))
        await sleep(everyMs)
      }
      field.note(wire.isOpen ? 'still open' : 'closed')
      wire.close()
    }
  }
  await Promise.all(Array.from({ length: connections }, lane))
}

export class Wire {
  private said = ''
  private heard: (() => void) | undefined
  isOpen = true

  private constructor(private readonly socket: Socket) {
    socket.on('error', () => undefined)
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      this.said += text
      this.heard?.()
    })
    socket.on('close', () => {
      this.isOpen = false
      this.heard?.()
    })
  }

  static open(port: number): Promise<Wire | undefined> {
    return new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      const wire = new Wire(socket)
      socket.once('connect', () => resolve(wire))
      socket.once('close', () => resolve(undefined))
    })
  }

  write(bytes: Buffer): void {
    if (this.isOpen) this.socket.write(bytes)
  }

  /** The status of its answer, or of the last answer if there are several requests in the bytes. */
  ask(bytes: Buffer, requests = 1): Promise<number | 'closed' | 'silent'> {
    const isHead = bytes.subarray(0, 5).toString('latin1') === 'HEAD '
    this.said = ''
    this.write(bytes)
    return new Promise((resolve) => {
      const end = (found: number | 'closed' | 'silent') => {
        clearTimeout(timer)
        this.heard = undefined
        if (found === 'silent') this.close()
        resolve(found)
      }
      const timer = setTimeout(() => end('silent'), SILENT_MS)
      this.heard = () => {
        const status = lastStatus(this.said, { requests, isHead, isOpen: this.isOpen })
        if (status !== undefined) end(status)
      }
      this.heard()
    })
  }

  close(): void {
    this.isOpen = false
    this.socket.destroy()
  }
}

interface Expected {
  requests: number
  isHead: boolean
  isOpen: boolean
}

/** Undefined: there is more to come. */
function lastStatus(said: string, { requests, isHead, isOpen }: Expected): number | 'closed' | undefined {
  let at = 0
  let status: number | 'closed' = 'closed'
  for (let n = 0; n < requests; n++) {
    const headEnd = said.indexOf('\r\n\r\n', at)
    if (headEnd < 0) return isOpen ? undefined : status
    status = Number(said.slice(at + 9, at + 12))
    const end = answerEnd(said, { at, headEnd, hasBody: !isHead && status !== 204 && status !== 304 })
    if (end === undefined || end > said.length) return isOpen ? undefined : status
    at = end
  }
  return status
}

/** Undefined: in chunks, of which the last is not there yet. */
function answerEnd(said: string, answer: { at: number; headEnd: number; hasBody: boolean }): number | undefined {
  const { at, headEnd, hasBody } = answer
  if (!hasBody) return headEnd + 4
  const length = /\r\ncontent-length: *(\d+)/i.exec(said.slice(at, headEnd))?.[1]
  if (length !== undefined) return headEnd + 4 + Number(length)
  const last = said.indexOf('0\r\n\r\n', headEnd + 4)
  return last < 0 ? undefined : last + 5
}
