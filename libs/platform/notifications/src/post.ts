import { signWebhook, SIGNATURE_HEADER } from '@lijian/privacy'

export interface PostOptions {
  timeoutMs: number
  fetch?: typeof fetch
  now?: () => number
  headers?: Record<string, string>
}

/** Posts JSON with our signature. What went wrong in a sentence, or nothing. */
export async function postSigned(
  to: { url: string; secret: string },
  body: string,
  { timeoutMs, fetch: send = fetch, now = Date.now, headers = {} }: PostOptions,
): Promise<string | undefined> {
  const atSeconds = Math.floor(now() / 1000)
  try {
    const response = await send(to.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [SIGNATURE_HEADER]: signWebhook(to.secret, body, atSeconds),
        ...headers,
      },
      body,
      // A redirect could carry the notification to another host.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
    return response.ok ? undefined : `the receiver answered ${response.status}`
  } catch (error) {
    const { name, cause } = error as { name?: string; cause?: { code?: string } }
    if (name === 'TimeoutError') return `no answer within ${timeoutMs} ms`
    return cause?.code ? `not reached: ${cause.code}` : 'not reached'
  }
}
