import { LijianError, wrongWithLine, type ErrorCode, type TextEncoding } from '@lijian/contracts/system'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { jsonBody } from './bodies/json-body'
import { hasManyValues, VALUES_FEW } from './bodies/many-values'
import type { ElsewhereReader } from './bodies/read-elsewhere'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a body of this address is refused with when a text in it is none (a byte that is no UTF-8 is always 400). */
    textFault?: ErrorCode
    /** Its files say themselves how they are encoded; the use case compares. */
    anyCharset?: boolean
  }
}

/**
 * The one place where bytes of a request become text (decision 0054). Whatever is no well-formed text is refused with its place: half of it replaced
 * or cut off, three customers would be one.
 */
export function borders(app: FastifyInstance, large: ElsewhereReader): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    try {
      addressText(request)
      const charset = charsetOf(request.headers['content-type'])
      if (charset !== undefined && !isUtf8(charset) && request.routeOptions.config.anyCharset !== true)
        throw foreignCharset(charset)
      done(null, payload)
    } catch (error) {
      done(error as Error)
    }
  })
  large.refuseEarly(app)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (large.takes(request, body)) return void large.read(request, body).then((read) => done(null, read), done)
    try {
      // A route has three hundred at most.
      if (hasManyValues(body)) throw new LijianError('invalid_request', `The body has more than ${VALUES_FEW} values`)
      done(null, jsonBody(body, request.routeOptions.config.textFault ?? 'invalid_request'))
    } catch (error) {
      done(error as Error)
    }
  })
}

/** Path and query: percent-encoded UTF-8 without control characters. Most addresses have nothing to decode. */
function addressText({ raw: { url = '' } }: FastifyRequest): void {
  if (/^[!-$&-~]*$/.test(url)) return
  let text: string | undefined
  try {
    if (/^[!-~]*$/.test(url)) text = decodeURIComponent(url)
  } catch {
    // Told below.
  }
  if (text === undefined || wrongWithLine(text) !== undefined)
    throw new LijianError(
      'invalid_request',
      'In the address: expected percent-encoded UTF-8 without control characters',
    )
}

const CHARSET = /;\s*charset\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/gi

/** Of a Content-Type; undefined: it names none. Two that differ are both told. */
export function charsetOf(contentType: string | undefined): string | undefined {
  if (contentType === undefined || !contentType.includes(';')) return undefined
  const named = [...contentType.matchAll(CHARSET)].map(([, quoted, plain = '']) => (quoted ?? plain).trim())
  return named.find((name) => !isUtf8(name)) ?? named[0]
}

/** GB18030 contains GBK and GB2312. */
const NAMES = { 'utf-8': /^utf-?8$/i, gb18030: /^(?:gb18030|gbk|gb2312)$/i }
export const isCharsetOf = (charset: string, encoding: TextEncoding): boolean => NAMES[encoding].test(charset)
const isUtf8 = (charset: string) => isCharsetOf(charset, 'utf-8')

export const foreignCharset = (charset: string, expected = 'UTF-8'): LijianError =>
  new LijianError(
    'unsupported_media_type',
    // A name of a character set only: what else stands there is not repeated.
    `The body is sent as charset ${/^[A-Za-z0-9._:-]{1,40}$/.test(charset) ? charset : '?'}; expected ${expected}`,
  )
