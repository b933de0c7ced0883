import { Secret, TOTP } from 'otpauth'

export const PASSWORD = 'correct horse 42'

export interface Answer {
  status: number
  body: Record<string, unknown>
}

/** One person's browser: it keeps the cookie, and has the authenticator beside it. */
export class Browser {
  #cookie = ''
  #secret = ''

  constructor(
    private readonly base: string,
    readonly login: string,
  ) {}

  async ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const reply = await fetch(this.base + path, {
      method,
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    this.#cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? this.#cookie
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> }
  }

  /** From a code of enrolment to a session with two factors. `name`: of whom nobody has proposed. */
  async enrol(enrolment: string, name?: string): Promise<void> {
    const { login } = this
    await this.#must('POST', '/v1/enrolments', { enrolment, login, password: PASSWORD, ...(name && { name }) })
    this.#secret = (await this.#must('POST', '/v1/me/totp')).secret as string
    const code = new TOTP({ secret: Secret.fromBase32(this.#secret) }).generate()
    await this.#must('POST', '/v1/me/totp/confirm', { code })
  }

  async #must(method: string, path: string, body?: unknown): Promise<Answer['body']> {
    const answer = await this.ask(method, path, body)
    if (answer.status >= 300) throw new Error(`${this.login}: ${method} ${path}: ${JSON.stringify(answer)}`)
    return answer.body
  }
}
