import { createHmac, timingSafeEqual } from 'node:crypto'

/** Header of every notification: `t=<unix seconds>,v1=<hex HMAC-SHA-256 over "t.body">`, with one `v1` for each secret that is in force. */
export const SIGNATURE_HEADER = 'lijian-signature'

const mac = (secret: string, atSeconds: number, body: string): Buffer =>
  createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest()

/** Secrets of one receiver: one, or two while one follows the other. */
export type Secrets = string | readonly string[]
const each = (secrets: Secrets): readonly string[] => (typeof secrets === 'string' ? [secrets] : secrets)

export const signWebhook = (secrets: Secrets, body: string, atSeconds: number): string =>
  [`t=${atSeconds}`, ...each(secrets).map((one) => `v1=${mac(one, atSeconds, body).toString('hex')}`)].join(',')

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
  const match = /^t=(\d{1,12})((?:,v1=[0-9a-f]{64}){1,8})$/.exec(header)
  if (!match) return false
  const atSeconds = Number(match[1])
  if (Math.abs(clock.nowSeconds - atSeconds) > (clock.toleranceSeconds ?? 300)) return false
  const expected = mac(secret, atSeconds, body)
  const given = match[2]!.split(',v1=').slice(1)
  return given.map((one) => timingSafeEqual(Buffer.from(one, 'hex'), expected)).includes(true)
}

/** What a signature of Standard Webhooks holds for: the id names client and event. */
export interface StandardMessage {
  id: string
  atSeconds: number
  body: string
}

/** As standardwebhooks.com has it: a secret `whsec_…` is base64, any other is its own bytes. */
const standardMac = (secret: string, { id, atSeconds, body }: StandardMessage): Buffer => {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8')
  return createHmac('sha256', key).update(`${id}.${atSeconds}.${body}`).digest()
}

/** Header `webhook-signature`. */
export const signStandardWebhook = (secrets: Secrets, message: StandardMessage): string =>
  each(secrets)
    .map((one) => `v1,${standardMac(one, message).toString('base64')}`)
    .join(' ')

/** For the receiver: the headers `webhook-id`, `webhook-timestamp` and `webhook-signature` over the body as it came. */
export function verifyStandardWebhook(
  secret: string,
  headers: Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>>,
  body: string,
  clock: { nowSeconds: number; toleranceSeconds?: number },
): boolean {
  if (!/^\d{1,12}$/.test(headers['webhook-timestamp'])) return false
  const atSeconds = Number(headers['webhook-timestamp'])
  if (Math.abs(clock.nowSeconds - atSeconds) > (clock.toleranceSeconds ?? 300)) return false
  const expected = standardMac(secret, { id: headers['webhook-id'], atSeconds, body })
  return headers['webhook-signature'].split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64')
    return one.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected)
  })
}
