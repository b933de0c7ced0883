import { answerOf, api } from '../api/client'
import { OPERATIONS } from '../api/operations'
import type { Me } from '../shell/session'
import type { ActionDefinition, Subject, Typed } from './define-action'
import { requestOf } from './typed-body'

/** Asks the API for it. Throws ApiProblem. */
export async function perform(
  action: ActionDefinition,
  subject: Subject,
  typed: Typed,
  me: Me,
): Promise<Record<string, unknown>> {
  const { method, path: address } = OPERATIONS[action.operation]
  const { path, query, body } = requestOf(action, subject, typed, me)
  const file = action.file === undefined ? {} : await fileOf(typed['file'] as File, action.file)
  const asked = api.request(method as never, address as never, { params: { path, query }, body, ...file } as never)
  return answerOf<Record<string, unknown>>(asked as never)
}

/** Sent as it is. What is packed has left the browser within moments: whoever reloads the page then stops nothing. */
async function fileOf(file: File, { type, isPacked }: NonNullable<ActionDefinition['file']>) {
  const gzip = () => new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).blob()
  return {
    body: isPacked ? await gzip() : file,
    bodySerializer: (sent: Blob) => sent,
    headers: { 'content-type': type },
  }
}
