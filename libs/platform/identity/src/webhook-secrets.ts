import { randomBytes } from 'node:crypto'
import { LijianError } from '@lijian/contracts/system'
import type { ClientEntity } from '@lijian/database'
import type { Sealer } from '@lijian/privacy'

/** What a client's row says of the secrets that sign its notifications. */
export type WebhookColumns = Pick<
  ClientEntity,
  'webhookSecret' | 'webhookSealed' | 'webhookSince' | 'webhookSealedBefore' | 'webhookBeforeUntil' | 'webhookRotations'
>

export const NO_WEBHOOK: WebhookColumns = {
  webhookSecret: null,
  webhookSealed: null,
  webhookSince: null,
  webhookSealedBefore: null,
  webhookBeforeUntil: null,
  webhookRotations: [],
}

const HOUR_MS = 3_600_000
/** As long as an answer that got lost may be asked for again. */
const ROTATIONS_KEPT = 20
/** A secret that was given by hand: no rotation before it is answered any more. */
const BY_HAND = ''

/** Both secrets of a client are bound to it: sealed for one they open for no other. */
export const webhookPlace = (client: string): string => `client/${client}/webhook`

/** As Standard Webhooks has it. */
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** The secrets of one client, under its row's lock. */
export class WebhookSecrets {
  constructor(
    private readonly client: string,
    private readonly sealer: Sealer | undefined,
    private readonly nowMs: number,
  ) {}

  current(row: WebhookColumns): string | undefined {
    return row.webhookSealed ? this.sealing.open(row.webhookSealed, webhookPlace(this.client)) : (row.webhookSecret ?? undefined) // prettier-ignore
  }

  /** `isNewAddress`: who knows the secret of the address before shall sign nothing for this one. */
  put(row: WebhookColumns, given: string | undefined, isNewAddress: boolean): { row: WebhookColumns; made?: string } {
    const kept = this.current(row)
    if (isNewAddress) {
      if (given !== undefined && given === kept) throw sameSecret()
      const made = given === undefined ? newSecret() : undefined
      const next = this.renewed({ ...row, webhookSealed: null, webhookSecret: null }, given ?? made!, BY_HAND, 0)
      return made === undefined ? { row: next } : { row: next, made }
    }
    if (kept === undefined) {
      const made = given ?? newSecret()
      return { row: this.renewed(row, made, BY_HAND, 0), ...(given === undefined && { made }) }
    }
    if (given !== undefined && given !== kept) return { row: this.renewed(row, given, BY_HAND, 24) }
    return { row: row.webhookSecret === null ? row : this.sealed(row, kept) }
  }

  /** Undefined: this rotation is the last one, and nothing changes. */
  rotate(row: WebhookColumns, serial: string, overlapHours: number): WebhookColumns | undefined {
    if (row.webhookRotations.at(-1) === serial) return undefined
    if (row.webhookRotations.includes(serial))
      throw new LijianError(
        'serial_reused',
        `Rotation ${serial} was followed by another secret: rotate under a new serial`,
      )
    return this.renewed(row, newSecret(), serial, overlapHours)
  }

  private renewed(row: WebhookColumns, secret: string, serial: string, overlapHours: number): WebhookColumns {
    const before = this.current(row)
    const overlaps = before !== undefined && overlapHours > 0
    return {
      webhookSecret: null,
      webhookSealed: this.seal(secret),
      webhookSince: new Date(this.nowMs),
      webhookSealedBefore: overlaps ? this.seal(before) : null,
      webhookBeforeUntil: overlaps ? new Date(this.nowMs + overlapHours * HOUR_MS) : null,
      webhookRotations: [...row.webhookRotations, serial].slice(-ROTATIONS_KEPT),
    }
  }

  private sealed(row: WebhookColumns, secret: string): WebhookColumns {
    return { ...row, webhookSecret: null, webhookSealed: this.seal(secret) }
  }

  private seal(secret: string): Buffer {
    return this.sealing.seal(secret, webhookPlace(this.client))
  }

  private get sealing(): Sealer {
    if (this.sealer === undefined) throw new TypeError('secrets of webhooks need the account keys')
    return this.sealer
  }
}

function sameSecret(): LijianError {
  const message = 'expected another secret: a new address gets a new one; leave it out and one is made'
  return new LijianError('invalid_request', 'The receiver before knows this secret', {
    errors: [{ path: 'webhookSecret', message }],
  })
}
