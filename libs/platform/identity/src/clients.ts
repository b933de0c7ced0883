import { LijianError } from '@lijian/contracts/system'
import type {
  ClientAnswer,
  ClientRequest,
  WebhookRotationAnswer,
  WebhookRotationRequest,
} from '@lijian/contracts/people'
import { ClientEntity } from '@lijian/database'
import type { Sealer } from '@lijian/privacy'
import type { DataSource, EntityManager } from 'typeorm'
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
      await manager.query('INSERT INTO client (code, name) VALUES ($1, $2) ON CONFLICT (code) DO NOTHING', [code, name])
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
    const { webhookSince, webhookBeforeUntil: until } = row
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
    }
  }
}

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
