import { makeEnrolment } from '@lijian/identity'
import { Secret, TOTP } from 'otpauth'
import { Pool } from 'pg'
import type { Answer, TestApi } from './test-api'

const SAME = { 'sec-fetch-site': 'same-origin' }
export const PASSWORD = 'correct horse 42'
const cookieOf = ({ headers }: Answer) => headers['set-cookie']!.split(';')[0]!

/** A browser that keeps its cookie. */
export class Page {
  cookie = ''
  secret = ''

  constructor(private readonly api: TestApi) {}

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = SAME): Promise<Answer> {
    const answer = await this.api.ask('nobody', method, path, body, {
      ...(this.cookie ? { cookie: this.cookie } : {}),
      ...headers,
    })
    if (answer.headers['set-cookie'] !== undefined) this.cookie = cookieOf(answer)
    return answer
  }

  code(atMs = Date.now()): string {
    return new TOTP({ secret: Secret.fromBase32(this.secret) }).generate({ timestamp: atMs })
  }

  /** With an authenticator, so that everything of the roles is open. */
  static async of(api: TestApi, login: string, roles: string[]): Promise<Page> {
    const page = new Page(api)
    const pool = new Pool({ connectionString: api.url, max: 1 })
    const { code } = await makeEnrolment(pool, roles)
    await pool.end()
    await page.ask('POST', '/v1/enrolments', { enrolment: code, login, name: 'Zhang San', password: PASSWORD })
    page.secret = ((await page.ask('POST', '/v1/me/totp')).body as { secret: string }).secret
    await page.ask('POST', '/v1/me/totp/confirm', { code: page.code() })
    return page
  }
}
