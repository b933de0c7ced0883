import { hash } from 'node:crypto'
import type { Scope } from '@lijian/contracts/people'
import { ApiKeyEntity, ClientEntity, ConfigChangeEntity } from '@lijian/database'
import { IsNull, type DataSource } from 'typeorm'
import { TokenBucket } from './token-bucket'

/** Who asks: an API key, the client it belongs to, and what it may do. */
export interface Principal {
  keyId: string
  client: string
  scopes: ReadonlySet<Scope>
  deadlineMs: number | undefined
  /** The client has a webhook that waits for final states. */
  notify: boolean
  bucket: TokenBucket
}

const POLL_MS = 1000

/** Every valid key in memory by its SHA-256, so that checking one costs no disk. A revoked key is refused everywhere within a second. */
export class KeyRing {
  private principals = new Map<string, Principal>()
  private readonly buckets = new Map<string, TokenBucket>()
  private lastChange = -1
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly source: DataSource,
    private readonly options: { ratePerSecond: number; onError: (error: unknown) => void },
  ) {}

  async start(): Promise<void> {
    await this.refresh()
    this.timer = setInterval(() => void this.refresh().catch(this.options.onError), POLL_MS)
    this.timer.unref()
  }

  stop(): void {
    clearInterval(this.timer)
  }

  find(key: string): Principal | undefined {
    return this.principals.get(hash('sha256', key, 'hex'))
  }

  /** Reads clients and keys again if any of them has changed. */
  async refresh(): Promise<void> {
    const newest = (await this.source.manager.maximum(ConfigChangeEntity, 'id', { kind: 'client' })) ?? 0
    if (Number(newest) === this.lastChange) return
    const clients = new Map((await this.source.manager.find(ClientEntity)).map((client) => [client.code, client]))
    const keys = await this.source.manager.findBy(ApiKeyEntity, { revokedAt: IsNull() })
    this.principals = new Map(keys.map((key) => [key.hash, this.principal(key, clients.get(key.client)!)]))
    this.lastChange = Number(newest)
  }

  private principal(key: ApiKeyEntity, client: ClientEntity): Principal {
    return {
      keyId: key.id,
      client: client.code,
      scopes: new Set(key.scopes as Scope[]),
      deadlineMs: client.deadlineMs ?? undefined,
      notify: client.webhookUrl !== null,
      bucket: this.bucket(client.code, client.ratePerSecond ?? this.options.ratePerSecond),
    }
  }

  /** One bucket per client, kept over a reload, or a change of keys would fill it. */
  private bucket(client: string, ratePerSecond: number): TokenBucket {
    const kept = this.buckets.get(client)
    if (kept?.ratePerSecond === ratePerSecond) return kept
    const bucket = new TokenBucket(ratePerSecond)
    this.buckets.set(client, bucket)
    return bucket
  }
}
