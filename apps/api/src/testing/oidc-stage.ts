import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { keepInstallationSettings } from '@lijian/database'
import { freePort } from '@lijian/testing'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import type { ApiConfig } from '../api-config'
import { testApi, type TestApi } from './test-api'

export const PUBLIC = 'http://localhost:9'
export const START = '/v1/sessions/oidc'
export const SECRET = 'a secret of the test'
const newKey = async () => exportJWK((await generateKeyPair('RS256', { extractable: true })).privateKey)

interface Next {
  groups?: string[]
  sub?: string
  claims?: object
  [key: string]: unknown
}

/** An API, and a real identity provider (oidc-provider) in a process of its own. */
export class OidcStage {
  private provider: ChildProcess | undefined
  private people = 0

  private constructor(
    readonly api: TestApi,
    readonly issuer: string,
    readonly jwk: JWK,
    readonly foreignKey: JWK,
  ) {}

  /** The provider starts when somebody is to sign in. */
  static async open(changed: Partial<ApiConfig> = {}): Promise<OidcStage> {
    const issuer = `http://127.0.0.1:${await freePort()}`
    const api = await testApi({
      publicUrl: PUBLIC,
      oidcIssuer: issuer,
      oidcClientId: 'lijian',
      oidcClientSecret: SECRET,
      oidcRoles: [
        { group: 'ops', role: 'operator' },
        { group: 'checks', role: 'reviewer' },
        { group: 'risk', role: 'risk' },
      ],
      oidcBranchClaim: 'branch',
      oidcStrongAcr: ['mfa'],
      oidcStrongAmr: ['otp'],
      ...changed,
    })
    const providedRoles = (api.config.oidcRoles ?? []).map(({ role }) => role)
    const settings = { auditDays: 2190, decisionLogDays: 400, timeZone: 'Asia/Shanghai', cutOff: '24:00' }
    await keepInstallationSettings(api.url, { ...settings, providedRoles })
    return new OidcStage(api, issuer, await newKey(), await newKey())
  }

  async close(): Promise<void> {
    this.provider?.kill()
    await this.api.stop()
  }

  browser(): Browser {
    return new Browser(this.api.base)
  }

  /** Who signs in next, by `sub`. */
  async next({ groups = ['ops'], sub = `sub-${++this.people}`, claims = {}, ...more }: Next = {}): Promise<string> {
    if (this.provider === undefined) await this.startProvider()
    const told = { preferred_username: `Staff.${sub}`, name: '李娜', branch: 'head-office', groups, ...claims }
    await fetch(`${this.issuer}/control`, { method: 'POST', body: JSON.stringify({ sub, claims: told, ...more }) })
    return sub
  }

  private async startProvider(): Promise<void> {
    const program = join(__dirname, 'identity-provider.mjs')
    const jwks = { keys: [{ ...this.jwk, kid: 'k1', use: 'sig', alg: 'RS256' }] }
    const words = [new URL(this.issuer).port, `${this.api.base}${START}/back-channel-logout`, JSON.stringify(jwks)]
    this.provider = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(this.provider.stdout!, 'data')
  }
}

interface Visited {
  status: number
  url: string
  text: string
  location: string | null
}

/** A browser that keeps cookies by host and follows redirects; our public address is the API of the test. */
export class Browser {
  readonly jar = new Map<string, Map<string, string>>()

  constructor(private readonly base: string) {}

  async get(url: string, init: RequestInit = {}): Promise<Visited> {
    const at = new URL(url.replace(PUBLIC, this.base))
    const cookies = this.jar.get(at.origin) ?? new Map<string, string>()
    this.jar.set(at.origin, cookies)
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const reply = await fetch(at, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } })
    for (const line of reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name!)
      else cookies.set(name!, value!)
    }
    const location = reply.headers.get('location')
    return { status: reply.status, url, text: await reply.text(), location: location && new URL(location, url).href }
  }

  /** Until somebody sends it nowhere else; `stopAt`: before that is asked. */
  async follow(url: string, stopAt = '/nowhere'): Promise<Visited> {
    let seen = await this.get(url)
    while (seen.location !== null && !new URL(seen.location).pathname.startsWith(stopAt)) {
      // The page of ours that it ends at is the console's.
      if (new URL(seen.location).origin === PUBLIC && !new URL(seen.location).pathname.startsWith('/v1/')) return seen
      seen = await this.get(seen.location)
    }
    return seen
  }

  signIn(back?: string): Promise<Visited> {
    return this.follow(`${PUBLIC}${START}${back === undefined ? '' : `?back=${encodeURIComponent(back)}`}`)
  }

  async me(): Promise<{ status: number; body: Record<string, unknown> }> {
    const { status, text } = await this.get(`${PUBLIC}/v1/me`)
    return { status, body: JSON.parse(text) as Record<string, unknown> }
  }

  get session(): string | undefined {
    return this.jar.get(new URL(this.base).origin)?.get('lijian')
  }
}
