import { createHmac, timingSafeEqual } from 'node:crypto'

/** Header of every notification: `t=<unix seconds>,v1=<hex HMAC-SHA-256 over "t.body">`. */
export const SIGNATURE_HEADER = 'lijian-signature'

const mac = (secret: string, atSeconds: number, body: string): Buffer =>
  createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest()

export const signWebhook = (secret: string, body: string, atSeconds: number): string =>
  `t=${atSeconds},v1=${mac(secret, atSeconds, body).toString('hex')}`

/**
 * For the receiver: whether a notification is ours and not older than `toleranceSeconds`. `body` is the body as it came,
 * before any parsing.
 */
export function verifyWebhook(
  secret: string,
  header: string,
  body: string,
  clock: { nowSeconds: number; toleranceSeconds?: number },
): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header)
  if (!match) return false
  const atSeconds = Number(match[1])
  if (Math.abs(clock.nowSeconds - atSeconds) > (clock.toleranceSeconds ?? 300)) return false
  return timingSafeEqual(Buffer.from(match[2]!, 'hex'), mac(secret, atSeconds, body))
}
