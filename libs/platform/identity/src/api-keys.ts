import { createHash, randomBytes, randomInt } from 'node:crypto'
import { LijianError, type PageQuery } from '@lijian/contracts/system'
import type { ApiKeyAnswer, ApiKeyMade, ApiKeyPage, ApiKeyRequest, Scope } from '@lijian/contracts/people'
import { ApiKeyEntity, ClientEntity, pageOf } from '@lijian/database'
import { ArrayContains, IsNull, MoreThan, type DataSource, type EntityManager } from 'typeorm'
import { recordChange } from '@lijian/live-config'

/** What is stored of a key: 32 random bytes need no salt and no slow hash: they cannot be tried out. */
export const apiKeyHash = (key: string): string => createHash('sha256').update(key).digest('hex')

const ID_LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const newId = () => Array.from({ length: 12 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('')

export class ApiKeys {
  constructor(private readonly source: DataSource) {}

  /** The only time that the key is seen. */
  make(request: ApiKeyRequest): Promise<ApiKeyMade> {
    return this.source.transaction((manager) => insertKey(manager, request))
  }

  /** The key with which an installation makes all others, and its client; refused while a key with the scope admin is in force. */
  makeFirstAdmin(request: ApiKeyRequest): Promise<ApiKeyMade> {
    return this.source.transaction(async (manager) => {
      // Of two at once the second waits here and finds the key of the first.
      await manager.query('LOCK TABLE api_key IN SHARE ROW EXCLUSIVE MODE')
      const there = await manager.findOneBy(ApiKeyEntity, { scopes: ArrayContains(['admin']), revokedAt: IsNull() })
      if (there)
        throw new LijianError(
          'invalid_request',
          `An administrator's key is in force (${there.id} of ${there.client}): it makes others with POST /v1/api-keys`,
        )
      const { client: code } = request
      await manager.createQueryBuilder().insert().into(ClientEntity).values({ code, name: code }).orIgnore().execute()
      return insertKey(manager, request)
    })
  }

  /** Revoking twice changes nothing. */
  revoke(id: string): Promise<ApiKeyAnswer> {
    return this.source.transaction(async (manager) => {
      const row = await manager.findOne(ApiKeyEntity, { where: { id }, lock: { mode: 'pessimistic_write' } })
      if (!row) throw new LijianError('not_found', `There is no API key ${id}`)
      if (row.revokedAt === null) {
        await manager.update(ApiKeyEntity, { id }, { revokedAt: () => 'now()' })
        await recordChange(manager, 'client', row.client)
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
  const id = newId()
  const key = `lj_${id}_${randomBytes(32).toString('base64url')}`
  const unique = [...new Set(scopes)]
  await manager.insert(ApiKeyEntity, { id, client, name, hash: apiKeyHash(key), scopes: unique })
  await recordChange(manager, 'client', client)
  return { ...answerOf(await manager.findOneByOrFail(ApiKeyEntity, { id })), key }
}

const answerOf = ({ id, client, name, scopes, createdAt, revokedAt }: ApiKeyEntity): ApiKeyAnswer => ({
  id,
  client,
  name,
  scopes: scopes as Scope[],
  createdAt: createdAt.toISOString(),
  revokedAt: revokedAt?.toISOString(),
})
