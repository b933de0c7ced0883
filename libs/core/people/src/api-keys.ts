import type { Proposals, ProposalKind } from '@lijian/approvals'
import { proposalAnswerOf, whoIs, type Asking } from '@lijian/approvals'
import { READ_AREAS, type ApiKeyRequest, type ApiKeyWaiting, type Scope } from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import { newKey } from '@lijian/identity'
import { recordChange } from '@lijian/live-config'
import type { PoolClient } from 'pg'
import { setOf } from './reading'

export interface WaitingKey {
  id: string
  client: string
  name: string
  scopes: Scope[]
}

/** What a system that sends payments needs. Everything else moves money or rights, or changes what others see. */
const WITHOUT_POWER: readonly Scope[] = ['transactions', 'read', ...READ_AREAS]
export const hasPower = ({ scopes }: Pick<ApiKeyRequest, 'scopes'>): boolean =>
  scopes.some((scope) => !WITHOUT_POWER.includes(scope))

/** A key with power. Its hash waits beside the proposal, in no answer; until the approval it is in no table that opens anything. */
export const apiKeyKind: ProposalKind<WaitingKey> = {
  check: (db, { body }) => mustHaveClient(db, body.client),
  apply: async (db, { body: { id, client, name, scopes } }) => {
    await mustHaveClient(db, client)
    const { rows } = await db.query<{ hash: string }>('DELETE FROM waiting_secret WHERE id = $1 RETURNING hash', [
      placeOf(id),
    ])
    if (rows[0] === undefined) throw new LijianError('state_conflict', `Key ${id} waits no more: make another`)
    await db.query('INSERT INTO api_key (id, client, name, hash, scopes) VALUES ($1, $2, $3, $4, $5)', [
      ...[id, client, name, rows[0].hash],
      scopes,
    ])
    await recordChange(db, 'client', client)
  },
  drop: async (db, { body: { id } }) => {
    await db.query('DELETE FROM waiting_secret WHERE id = $1', [placeOf(id)])
  },
}

/** The key is shown to its maker now, this once. */
export async function proposeKey(
  db: PoolClient,
  proposals: Proposals,
  { client, name, scopes }: ApiKeyRequest,
  { actor }: Asking,
): Promise<ApiKeyWaiting> {
  if ((await whoIs(db, actor)).isGone) throw new LijianError('forbidden', 'Who is revoked or disabled makes no keys')
  const { id, key, hash } = newKey()
  const body: WaitingKey = { id, client, name, scopes: setOf(scopes) }
  await db.query('INSERT INTO waiting_secret (id, hash) VALUES ($1, $2)', [placeOf(id), hash])
  const proposal = await proposals.proposeIn(db, { kind: 'api_key', subject: id, request: body, actor })
  return { ...body, key, proposal: proposalAnswerOf(proposal) }
}

const placeOf = (id: string) => `api_key/${id}`

async function mustHaveClient(db: PoolClient, code: string): Promise<void> {
  const { rowCount } = await db.query('SELECT FROM client WHERE code = $1', [code])
  if (rowCount === 0) throw new LijianError('not_found', `There is no client ${code}`)
}
