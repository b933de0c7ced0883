import { LijianError } from '@lijian/contracts/system'
import { isDoorCall, readDoorToken, type DoorCall } from '@lijian/privacy'
import type { Pool } from 'pg'

/** How far the clocks may differ, and how long a call may be on its way. */
const FRESH_MS = 5 * 60_000

interface Asked {
  token: unknown
  /** When Temporal was told to do it; a retry may come long after. */
  askedAtMs: number
}

/** Throws LijianError unauthenticated or forbidden, unless a key of exactly this client has signed exactly this call. */
export async function mustBeCaller(
  db: Pick<Pool, 'query'>,
  call: DoorCall,
  { token, askedAtMs }: Asked,
): Promise<void> {
  const read = readDoorToken(token)
  if (read === undefined)
    throw new LijianError(
      'unauthenticated',
      'A call over the Temporal door is signed: give LijianClient.temporal `apiKey`',
    )
  const { rows } = await db.query<{ client: string; hash: string; may: boolean }>({
    name: 'door-caller',
    text: `SELECT client, hash, 'transactions' = ANY (scopes) AS may FROM api_key WHERE id = $1 AND client IS NOT NULL AND revoked_at IS NULL`,
    values: [read.keyId],
  })
  const key = rows[0]
  if (key === undefined || !isDoorCall(key.hash, call, read))
    throw new LijianError('unauthenticated', 'No valid API key has signed this call')
  if (Math.abs(askedAtMs - read.atMs) > FRESH_MS)
    throw new LijianError('unauthenticated', 'The call was signed too long ago: compare the clocks, and send it again')
  if (key.client !== call.client)
    throw new LijianError(
      'forbidden',
      `The key is not one of client ${call.client}: the client in the workflow id is the key's`,
    )
  if (!key.may) throw new LijianError('forbidden', 'This needs a key with the scope transactions')
}
