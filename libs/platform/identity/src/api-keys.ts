import { LijianError, type PageQuery } from '@lijian/contracts/system'
import type { ApiKeyAnswer, ApiKeyMade, ApiKeyPage, ApiKeyRequest, Scope } from '@lijian/contracts/people'
import { ApiKeyEntity, ClientEntity, pageOf } from '@lijian/database'
import { MoreThan, type DataSource, type EntityManager } from 'typeorm'
import { recordChange } from '@lijian/live-config'
import { apiKeyHash, newKey } from './new-key'

export class ApiKeys {
  constructor(private readonly source: DataSource) {}

  /** The only time that the key is seen. */
  make(request: ApiKeyRequest): Promise<ApiKeyMade> {
    return this.source.transaction((manager) => insertKey(manager, request))
  }

  /** Revoking twice changes nothing. */
  revoke(id: string): Promise<ApiKeyAnswer> {
    return this.source.transaction(async (manager) => {
      const row = await manager.findOne(ApiKeyEntity, { where: { id }, lock: { mode: 'pessimistic_write' } })
      if (!row) throw new LijianError('not_found', `There is no API key ${id}`)
      if (row.revokedAt === null) {
        await manager.update(ApiKeyEntity, { id }, { revokedAt: () => 'now()' })
        // A token is read anew each second anyway.
        if (row.client !== null) await recordChange(manager, 'client', row.client)
      }
      return answerOf(await manager.findOneByOrFail(ApiKeyEntity, { id }))
    })
  }

  async list({ after = '', limit }: PageQuery): Promise<ApiKeyPage> {
    const found = await this.source.manager.find(ApiKeyEntity, {
      where: { id: MoreThan(after) },
      order: { id: 'ASC' },
      take: limit + 1,
    })
    const { rows, next } = pageOf(found, limit, ({ id }) => id)
    return { keys: rows.map(answerOf), next }
  }

  /** Whether a key is stored and not revoked. */
  isKnown(key: string, scopes: readonly Scope[] = []): Promise<boolean> {
    return this.source.manager
      .findOneBy(ApiKeyEntity, { hash: apiKeyHash(key) })
      .then((row) => row !== null && row.revokedAt === null && scopes.every((scope) => row.scopes.includes(scope)))
  }
}

async function insertKey(manager: EntityManager, { client, name, scopes }: ApiKeyRequest): Promise<ApiKeyMade> {
  if (!(await manager.existsBy(ClientEntity, { code: client })))
    throw new LijianError('not_found', `There is no client ${client}`)
  const { id, key, hash } = newKey()
  const unique = [...new Set(scopes)]
  await manager.insert(ApiKeyEntity, { id, client, name, hash, scopes: unique })
  await recordChange(manager, 'client', client)
  return { ...answerOf(await manager.findOneByOrFail(ApiKeyEntity, { id })), key }
}

const answerOf = (row: ApiKeyEntity): ApiKeyAnswer => ({
  id: row.id,
  client: row.client ?? undefined,
  person: row.person ?? undefined,
  name: row.name,
  scopes: row.scopes as Scope[],
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString(),
  revokedAt: row.revokedAt?.toISOString(),
})
