import { LijianError } from '@lijian/contracts/system'
import type { ClientAnswer, ClientRequest } from '@lijian/contracts/people'
import { ClientEntity } from '@lijian/database'
import type { DataSource, EntityManager } from 'typeorm'
import { recordChange } from '@lijian/live-config'

/** Transaction systems, and the people behind a console: whose serials are one namespace. */
export class Clients {
  constructor(private readonly source: DataSource) {}

  /** The webhook's secret is never shown, so a PUT without it keeps the stored one as long as there is a webhook. */
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
      const stored = await manager.findOne(ClientEntity, { where: { code }, lock: { mode: 'pessimistic_write' } })
      const webhookSecret = request.webhookSecret ?? stored?.webhookSecret ?? null
      if (webhookUrl && !webhookSecret)
        throw new LijianError('invalid_request', 'A notification is signed', {
          errors: [{ path: 'webhookSecret', message: 'expected a secret beside webhookUrl' }],
        })
      const row = {
        code,
        name,
        webhookUrl: webhookUrl ?? null,
        webhookSecret: webhookUrl ? webhookSecret : null,
        ratePerSecond: ratePerSecond ?? null,
        deadlineMs: deadlineMs ?? null,
        mayOmitPaid,
        serialsMayLookLikeCards,
      }
      await manager.upsert(ClientEntity, row, ['code'])
      await recordChange(manager, 'client', code)
      return readClient(manager, code)
    })
  }

  exists(code: string): Promise<boolean> {
    return this.source.manager.existsBy(ClientEntity, { code })
  }

  read(code: string): Promise<ClientAnswer> {
    return readClient(this.source.manager, code)
  }
}

async function readClient(manager: EntityManager, code: string): Promise<ClientAnswer> {
  const row = await manager.findOneBy(ClientEntity, { code })
  if (!row) throw new LijianError('not_found', `There is no client ${code}`)
  return {
    code,
    name: row.name,
    webhookUrl: row.webhookUrl ?? undefined,
    hasWebhookSecret: row.webhookSecret !== null,
    ratePerSecond: row.ratePerSecond ?? undefined,
    deadlineMs: row.deadlineMs ?? undefined,
    mayOmitPaid: row.mayOmitPaid,
    serialsMayLookLikeCards: row.serialsMayLookLikeCards,
  }
}
