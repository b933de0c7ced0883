import type { MeAnswer, SignInRequest, TokenMade, TokenRequest } from '@lijian/contracts/people'
import type { Problem } from '@lijian/contracts/system'
import { BadInput } from '../fail'

/** What a server has refused. */
export class Refusal extends BadInput {
  constructor(
    readonly code: string | undefined,
    message: string,
  ) {
    super(message)
  }
}

/** A session that lasts as long as the making of a token. */
export class ShortSession {
  private cookie = ''

  constructor(private readonly base: string) {}

  signIn(request: SignInRequest): Promise<MeAnswer> {
    return this.post('/v1/sessions', request)
  }

  makeToken(request: TokenRequest): Promise<TokenMade> {
    return this.post('/v1/me/tokens', request)
  }

  async end(): Promise<void> {
    await this.post('/v1/sessions/current/end', {})
  }

  private async post<Answer>(path: string, body: unknown): Promise<Answer> {
    const url = new URL(path, this.base)
    const response = await fetch(url, {
      method: 'POST',
      // The origin says that no page of another site has sent this.
      headers: {
        'content-type': 'application/json',
        origin: url.origin,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    }).catch((error: Error & { cause?: { code?: string } }) => {
      throw new BadInput(`${url.origin} does not answer (${error.cause?.code ?? error.message}): is it running?`)
    })
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
    if (cookie !== undefined) this.cookie = cookie
    const text = await response.text()
    if (response.ok) return JSON.parse(text) as Answer
    throw refusalOf(response.status, text)
  }
}

function refusalOf(status: number, text: string): Refusal {
  let problem: Partial<Problem> = {}
  try {
    problem = JSON.parse(text) as Partial<Problem>
  } catch {
    // The status says it.
  }
  const errors = (problem.errors ?? []).map(({ path, message }) => `; ${path}: ${message}`).join('')
  return new Refusal(problem.code, `${problem.detail ?? problem.title ?? `the server answers ${status}`}${errors}`)
}
