import { LijianError, type WordQuery } from '@lijian/contracts/system'
import type {
  ClientAnswer,
  ClientPage,
  ClientRequest,
  WebhookRotationAnswer,
  WebhookRotationRequest,
} from '@lijian/contracts/people'
import { ClientEntity, pageOf } from '@lijian/database'
import type { Sealer } from '@lijian/privacy'
import { In, type DataSource, type EntityManager } from 'typeorm'
import { recordChange } from '@lijian/live-config'
import { NO_WEBHOOK, WebhookSecrets } from './webhook-secrets'

export interface ClientsOptions {
  /** Absent: no client gets a webhook here. */
  sealer?: Sealer
  now?: () => number
}

/** Transaction systems, and the people behind a console: whose serials are one namespace. */
export class Clients {
  constructor(
    private readonly source: DataSource,
    private readonly options: ClientsOptions = {},
  ) {}

  /** A webhook's secret is shown when it is made; a PUT without one keeps the stored one as long as the address stays. */
  put(code: string, request: ClientRequest): Promise<ClientAnswer> {
    return this.source.transaction(async (manager) => {
      const {
        name,
        webhookUrl,
        ratePerSecond,
        deadlineMs,
        mayOmitPaid = false,
        serialsMayLookLikeCards = false,
      } = request
      // Of two that come at once the second waits for the first, and finds what it has made.
      // Bounds come with a new one; those of one that stands are for two people.
      await manager.query(
        `INSERT INTO client (code, name, merchants, merchant_groups, open_holds_max) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (code) DO NOTHING`,
        [code, name, ...boundColumns(request)],
      )
      const stored = await this.locked(manager, code)
      const secrets = this.secretsOf(code)
      const isNewAddress = webhookUrl !== undefined && stored.webhookUrl !== null && webhookUrl !== stored.webhookUrl
      const { row, made } = webhookUrl
        ? secrets.put(stored, request.webhookSecret, isNewAddress)
        : { row: NO_WEBHOOK, made: undefined }
      await manager.update(
        ClientEntity,
        { code },
        {
          name,
          webhookUrl: webhookUrl ?? null,
          ratePerSecond: ratePerSecond ?? null,
          deadlineMs: deadlineMs ?? null,
          mayOmitPaid,
          serialsMayLookLikeCards,
          ...pick(row),
        },
      )
      await recordChange(manager, 'client', code)
      const answer = await this.answer(manager, code)
      return made === undefined ? answer : { ...answer, webhookSecret: made }
    })
  }

  /** Sent again, also at once, it is answered with the same secret. */
  rotateWebhookSecret(code: string, request: WebhookRotationRequest): Promise<WebhookRotationAnswer> {
    const { serial, overlapHours = 24 } = request
    return this.source.transaction(async (manager) => {
      const stored = await this.locked(manager, code)
      if (stored.webhookUrl === null)
        throw new LijianError('state_conflict', `Client ${code} has no webhook: PUT /v1/clients/${code} gives it one`)
      const secrets = this.secretsOf(code)
      const next = secrets.rotate(stored, serial, overlapHours)
      if (next !== undefined) {
        await manager.update(ClientEntity, { code }, pick(next))
        await recordChange(manager, 'client', code)
      }
      const { webhookSince, webhookBeforeUntil } = next ?? stored
      return {
        serial,
        secret: secrets.current(next ?? stored)!,
        since: webhookSince!.toISOString(),
        ...(webhookBeforeUntil && { beforeUntil: webhookBeforeUntil.toISOString() }),
      }
    })
  }

  exists(code: string): Promise<boolean> {
    return this.source.manager.existsBy(ClientEntity, { code })
  }

  async list({ after = '', limit, q }: WordQuery): Promise<ClientPage> {
    const found = await this.source.query<{ code: string; keys: number }[]>(
      `SELECT c.code, (SELECT count(*)::int FROM api_key k WHERE k.client = c.code AND k.revoked_at IS NULL) AS keys FROM client c
       WHERE c.code > $1 AND ($3::text IS NULL OR strpos(lower(c.code), lower($3)) > 0 OR strpos(lower(c.name), lower($3)) > 0) ORDER BY c.code LIMIT $2`,
      [after, limit + 1, q ?? null],
    )
    const { rows, next } = pageOf(found, limit, ({ code }) => code)
    const stored = await this.source.manager.findBy(ClientEntity, { code: In(rows.map(({ code }) => code)) })
    const byCode = new Map(stored.map((row) => [row.code, row]))
    return { clients: rows.map(({ code, keys }) => ({ ...this.answerOf(byCode.get(code)!), keys })), next }
  }

  read(code: string): Promise<ClientAnswer> {
    return this.answer(this.source.manager, code)
  }

  private get nowMs(): number {
    return (this.options.now ?? Date.now)()
  }

  private secretsOf(code: string): WebhookSecrets {
    return new WebhookSecrets(code, this.options.sealer, this.nowMs)
  }

  private async locked(manager: EntityManager, code: string): Promise<ClientEntity> {
    const row = await manager.findOne(ClientEntity, { where: { code }, lock: { mode: 'pessimistic_write' } })
    if (!row) throw unknownClient(code)
    return row
  }

  private async answer(manager: EntityManager, code: string): Promise<ClientAnswer> {
    const row = await manager.findOneBy(ClientEntity, { code })
    if (!row) throw unknownClient(code)
    return this.answerOf(row)
  }

  private answerOf(row: ClientEntity): ClientAnswer {
    const { code, webhookSince, webhookBeforeUntil: until } = row
    return {
      code,
      name: row.name,
      webhookUrl: row.webhookUrl ?? undefined,
      hasWebhookSecret: row.webhookSecret !== null || row.webhookSealed !== null,
      webhookSecretSince: webhookSince?.toISOString(),
      webhookSecretBeforeUntil: until !== null && until.getTime() > this.nowMs ? until.toISOString() : undefined,
      ratePerSecond: row.ratePerSecond ?? undefined,
      deadlineMs: row.deadlineMs ?? undefined,
      mayOmitPaid: row.mayOmitPaid,
      serialsMayLookLikeCards: row.serialsMayLookLikeCards,
      ...boundsOf(row),
    }
  }
}

/** Each merchant once, in order: two lists that say the same are the same. */
const setOf = (list: readonly string[] = []): string[] => [...new Set(list)].sort()

type Bounds = Pick<ClientRequest, 'merchants' | 'merchantGroups' | 'openHoldsMax'>

/** As the columns merchants, merchant_groups and open_holds_max have it. */
export const boundColumns = ({ merchants, merchantGroups, openHoldsMax }: Bounds) =>
  [setOf(merchants), setOf(merchantGroups), openHoldsMax ?? null] as const

/** What a client's row says of where its payments are, and how many offers it may hold. */
export const boundsOf = (row: Pick<ClientEntity, 'merchants' | 'merchantGroups' | 'openHoldsMax'>): Bounds => ({
  ...(row.merchants.length === 0 ? {} : { merchants: row.merchants }),
  ...(row.merchantGroups.length === 0 ? {} : { merchantGroups: row.merchantGroups }),
  ...(row.openHoldsMax === null ? {} : { openHoldsMax: row.openHoldsMax }),
})

const unknownClient = (code: string) => new LijianError('not_found', `There is no client ${code}`)

/** Of a whole row only what webhooks are about. */
const pick = ({
  webhookSecret,
  webhookSealed,
  webhookSince,
  webhookSealedBefore,
  webhookBeforeUntil,
  webhookRotations,
}: typeof NO_WEBHOOK): typeof NO_WEBHOOK => ({
  webhookSecret,
  webhookSealed,
  webhookSince,
  webhookSealedBefore,
  webhookBeforeUntil,
  webhookRotations,
})
