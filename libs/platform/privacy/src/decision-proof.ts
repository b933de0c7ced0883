import { createHmac, hash, hkdfSync, timingSafeEqual } from 'node:crypto'

/** What a person decides by an update of a flow. */
export interface Decision {
  /** Flow and update, such as `partner-funding.decide`. */
  update: string
  /** Which proposal, statement, case or file. */
  subject: number
  /** Of the update, without its proof. */
  argument: object
}

/** A decision that the API has signed for one person: its id is spent once. */
export interface DecisionProof {
  id: string
  /** API key of the person. */
  by: string
  expiresAtMs: number
}

const VERSION = 'dp1'

/** The key of proofs. Only API and worker hold the account key; transaction systems hold the token key and payload keys. */
export const decisionProofKey = (accountKey: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', accountKey, '', 'lijian decision proof', 32))

/** JSON with sorted keys: the API and the flow get the same argument from different writers. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`
}

const digest = (decision: Decision): string => hash('sha256', canonicalJson(decision), 'base64url')
const mac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

export function signDecision(key: Buffer, decision: Decision, proof: DecisionProof): string {
  const { id, by, expiresAtMs } = proof
  const body = Buffer.from(JSON.stringify([id, by, expiresAtMs, digest(decision)])).toString('base64url')
  const text = `${VERSION}.${body}`
  return `${text}.${mac(key, text).toString('base64url')}`
}

/** Undefined: none of the keys has signed this decision. The expiry is for the caller to compare. */
export function readDecisionProof(
  keys: readonly Buffer[],
  decision: Decision,
  token: unknown,
): DecisionProof | undefined {
  if (typeof token !== 'string' || token.length > 1000) return undefined
  const [version, body, signature, ...more] = token.split('.')
  if (version !== VERSION || body === undefined || signature === undefined || more.length > 0) return undefined
  const given = Buffer.from(signature, 'base64url')
  const signed = keys.some((key) => {
    const expected = mac(key, `${VERSION}.${body}`)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
  if (!signed) return undefined
  const [id, by, expiresAtMs, what] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [string, string, number, string] // prettier-ignore
  return what === digest(decision) ? { id, by, expiresAtMs } : undefined
}
