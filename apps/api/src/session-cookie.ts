import { LijianError } from '@lijian/contracts/system'
import type { IncomingHttpHeaders } from 'node:http'

/** A request that a page sends by itself, such as a look at numbers that change: it keeps no session alive. */
const BACKGROUND_HEADER = 'lijian-background'
const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * The cookie of a session. Behind TLS its name binds it to this host and to no other (RFC 6265bis §4.1.3.2); a browser takes such a name over
 * plain http only from itself on loopback, so that development has a plain one.
 */
export class SessionCookie {
  private readonly name: string
  private readonly rest: string

  /** `of`: what else than a session it holds. */
  constructor(isSecure: boolean, of = '') {
    this.name = `${isSecure ? '__Host-lijian' : 'lijian'}${of}`
    // Lax: with Strict the way back from an identity provider would arrive without it.
    this.rest = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
  }

  /** What it holds; undefined: there is none. */
  read({ cookie }: IncomingHttpHeaders): string | undefined {
    if (cookie === undefined || cookie.length > 4096) return undefined
    for (const part of cookie.split(';')) {
      const at = part.indexOf('=')
      if (at > 0 && part.slice(0, at).trim() === this.name) return part.slice(at + 1).trim()
    }
    return undefined
  }

  of(token: string): string {
    return `${this.name}=${token}; ${this.rest}`
  }

  get gone(): string {
    return `${this.name}=; Max-Age=0; ${this.rest}`
  }
}

export const isBackground = (headers: IncomingHttpHeaders): boolean => headers[BACKGROUND_HEADER] !== undefined

/**
 * A browser sends the cookie whoever made the page: what changes something comes from our own (Fetch Metadata, OWASP CSRF Prevention).
 * Throws LijianError foreign_page. `bare`: neither header is fine, for nothing is sent that the browser adds by itself.
 */
export function mustBeOwnPage(method: string, headers: IncomingHttpHeaders, { bare = false } = {}): void {
  if (READS.has(method)) return
  const site = headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  const origin = headers.origin
  if (site === undefined && origin !== undefined && hostOf(origin) === headers.host) return
  if (bare && site === undefined && origin === undefined) return
  throw new LijianError('foreign_page')
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host
  } catch {
    return undefined
  }
}
