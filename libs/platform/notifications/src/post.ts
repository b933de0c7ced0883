import { signStandardWebhook, signWebhook, SIGNATURE_HEADER } from '@lijian/privacy'
import { NotOutside, postOutside } from './outside'

export interface PostOptions {
  timeoutMs: number
  /** Development: plain http, and servers of one's own machine. */
  inside: boolean
  now?: () => number
  headers?: Record<string, string>
}

/** What is posted, and whom and what it is about: the signature holds for both. */
export interface Message {
  /** The same at each attempt, and of no other message. */
  id: readonly (string | number)[]
  body: string
}

/** `before`: the secret that another has followed; both sign as long as both are in force. Posts JSON with our signature, and with the headers of Standard Webhooks beside it. What went wrong in a sentence, or nothing. */
export async function postSigned(
  to: { url: string; secret: string; before?: string },
  { id: parts, body }: Message,
  { timeoutMs, inside, now = Date.now, headers = {} }: PostOptions,
): Promise<string | undefined> {
  const atSeconds = Math.floor(now() / 1000)
  const secrets = to.before === undefined ? [to.secret] : [to.secret, to.before]
  const id = parts.map((part) => encodeURIComponent(part)).join('/')
  const signed = {
    'content-type': 'application/json',
    [SIGNATURE_HEADER]: signWebhook(secrets, body, atSeconds),
    'webhook-id': id,
    'webhook-timestamp': String(atSeconds),
    'webhook-signature': signStandardWebhook(secrets, { id, atSeconds, body }),
  }
  try {
    const status = await postOutside(to.url, { headers: { ...signed, ...headers }, body, timeoutMs, inside })
    return status >= 200 && status < 300 ? undefined : `the receiver answered ${status}`
  } catch (error) {
    if (error instanceof NotOutside) return `not sent: ${error.message}`
    const { name, code } = error as { name?: string; code?: string }
    if (name === 'TimeoutError' || name === 'AbortError') return `no answer within ${timeoutMs} ms`
    return code ? `not reached: ${code}` : 'not reached'
  }
}
