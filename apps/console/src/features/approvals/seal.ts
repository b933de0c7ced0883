import { canonicalJson } from '@lijian/contracts/shown'

interface Sealed {
  kind: string
  subject: string
  before?: unknown
  body: unknown
}

/** SHA-256 (hex) of what is on the screen, as the server makes it: what one approves is what one has seen. */
export async function sealOf({ kind, subject, before, body }: Sealed): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson([kind, subject, before ?? null, body]))
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
