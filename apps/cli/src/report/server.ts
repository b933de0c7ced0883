import type { Problem } from '@lijian/contracts/system'
import { BadInput } from '../fail'

/** The server had trouble of its own, or did not answer: the same may work later. */
export class ServerTrouble extends Error {}

/** The API as one key asks it. */
export class Server {
  constructor(
    private readonly base: string,
    private readonly key: string,
  ) {}

  async ask<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
    const response = await this.answer(method, path, body)
    return (await response.json()) as Answer
  }

  /** Its body is not read yet. */
  async answer(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response> {
    const response = await fetch(new URL(path, this.base), {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: Error & { cause?: { code?: string } }) => {
      const why = error.cause?.code ?? error.message
      throw new ServerTrouble(`${this.base} does not answer (${why}): is it running? ./lijian up, or --url`)
    })
    if (response.ok) return response
    const said = refusal(response.status, await response.text())
    throw response.status < 500 ? new BadInput(said) : new ServerTrouble(said)
  }
}

/** What the server has to say, in one line. */
function refusal(status: number, text: string): string {
  let problem: Partial<Problem>
  try {
    problem = JSON.parse(text) as Partial<Problem>
  } catch {
    return `the server answers ${status}`
  }
  const errors = (problem.errors ?? []).map(({ path, message }) => `${path}: ${message}`)
  if (errors.length > 0) return errors.join('; ')
  return `${problem.detail ?? problem.title ?? status}${problem.do === undefined ? '' : `. ${problem.do}`}`
}
