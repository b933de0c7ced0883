import createClient from 'openapi-fetch'
import type { components, paths } from './schema'

export type Schemas = components['schemas']
export type Problem = Schemas['Problem']
export type Paths = paths

/** The API's refusal, as it told it. Thrown by `answerOf`. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail)
  }
}

/** The only way to the API: same origin, the session is a cookie. */
export const api = createClient<paths>({ baseUrl: location.origin })

const AWAY: Problem = {
  type: 'about:blank',
  title: 'No answer',
  status: 0,
  code: 'unavailable',
  detail: 'The API did not answer',
  do: 'Try again in a moment; what you entered is still here',
  retryable: true,
  instance: '-',
}

interface Answered<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** The data of an answer, as JSON. Throws ApiProblem, also where nothing answered. */
export async function answerOf<Data>(asked: Promise<Answered<Data>>): Promise<Exclude<NonNullable<Data>, string>> {
  let answered: Answered<Data>
  try {
    answered = await asked
  } catch {
    throw new ApiProblem(AWAY)
  }
  if (answered.error !== undefined || answered.data === undefined || answered.data === null)
    throw new ApiProblem(isProblem(answered.error) ? answered.error : { ...AWAY, status: answered.response.status })
  return answered.data as Exclude<NonNullable<Data>, string>
}

const isProblem = (error: unknown): error is Problem =>
  typeof error === 'object' && error !== null && 'code' in error && 'do' in error

/** What a page asks by itself keeps no session alive. */
export const BACKGROUND = { 'lijian-background': '1' }
