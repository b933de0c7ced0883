import { setImmediate } from 'node:timers/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { StoredLine } from '@lijian/campaigns'
import { eventLine, paymentLine, type PaymentLine } from '@lijian/contracts/marketing'
import { decodeText, fieldErrors, LijianError, withoutByteOrderMark } from '@lijian/contracts/system'
import type { Edge } from '@lijian/privacy'

/** So few are read between two payments. */
const LINES_AT_ONCE = 20
const LINE_BYTES_MAX = 16 * 1024
const NEWLINE = 10
/** Of a card's digits no more is kept. */
const BIN_DIGITS = 8

/** Payments of a file as back-tests keep them. Throws LijianError with the number of the first wrong line. */
export async function* paymentsOf(
  file: Readable,
  edge: Edge,
  { isPacked, linesMax }: { isPacked: boolean; linesMax: number },
): AsyncGenerator<StoredLine[]> {
  let number = 0
  let some: StoredLine[] = []
  for await (const line of linesOf(isPacked ? file.pipe(createGunzip()) : file)) {
    number += 1
    const text = decodeText(line, 'utf-8', number)
    const stored = storedLineOf(number === 1 ? withoutByteOrderMark(text) : text, number, edge)
    if (stored !== undefined) some.push(stored)
    if (number > linesMax)
      throw new LijianError('invalid_request', `The file has more than ${linesMax} lines: send it in parts`)
    if (some.length < LINES_AT_ONCE) continue
    yield some
    some = []
    await setImmediate()
  }
  if (some.length > 0) yield some
}

async function* linesOf(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of unpackable(file)) {
    const chunk = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    let from = 0
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      yield chunk.subarray(from, to)
      from = to + 1
    }
    rest = chunk.subarray(from)
    if (rest.length > LINE_BYTES_MAX)
      throw new LijianError('invalid_request', `A line has more than ${LINE_BYTES_MAX} bytes: one payment a line`)
  }
  if (rest.length > 0) yield rest
}

async function* unpackable(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* file
  } catch (error) {
    if (String((error as { code?: string }).code).startsWith('Z_'))
      throw new LijianError('invalid_request', 'The file is not a whole gzip file')
    throw error
  }
}

function storedLineOf(text: string, number: number, edge: Edge): StoredLine | undefined {
  if (text.trim() === '') return undefined
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw wrongLine(number, [{ path: '', message: 'expected a JSON object on each line' }])
  }
  const isEvent = typeof json === 'object' && json !== null && 'event' in json
  const parsed = (isEvent ? eventLine : paymentLine).safeParse(json)
  // The digits of a card are not repeated.
  if (!parsed.success) throw wrongLine(number, fieldErrors(parsed.error.issues, json, { showFound: false }))
  return 'event' in parsed.data ? parsed.data : withTokens(parsed.data, edge)
}

function wrongLine(number: number, errors: { path: string; message: string }[]): LijianError {
  return new LijianError('invalid_request', undefined, {
    errors: errors.map(({ path, message }) => ({
      path: path === '' ? `line ${number}` : `line ${number}: ${path}`,
      message,
    })),
  })
}

/** Tokens in place of card, customer and identities: nothing personal is kept. */
function withTokens({ at, outcome, ...body }: PaymentLine, edge: Edge): PaymentLine {
  const { card, customerToken, earlier: _earlier, ...request } = edge.query(body).request
  const bin = card?.bin?.slice(0, BIN_DIGITS)
  return {
    ...request,
    at,
    ...(outcome === undefined ? {} : { outcome }),
    ...(card === undefined ? {} : { card: { token: card.token, ...(bin === undefined ? {} : { bin }) } }),
    ...(customerToken === undefined ? {} : { customer: customerToken }),
  } as PaymentLine
}
