import type { Sealer } from '@lijian/privacy'
import type { Pool } from 'pg'

export interface ClientSettings {
  deadlineMs: number | null
  mayOmitPaid: boolean
  serialsMayLookLikeCards: boolean
  webhook: { url: string; secrets: () => { secret: string; before?: string } } | null
}

const FRESH_MS = 5000

/** Clients as the worker needs them, remembered for a few seconds. */
export class ClientBook {
  readonly #remembered = new Map<string, { at: number; settings: ClientSettings | undefined }>()

  constructor(
    readonly pool: Pool,
    private readonly sealer: Sealer,
    readonly now: () => number = Date.now,
  ) {}

  async get(code: string): Promise<ClientSettings | undefined> {
    const remembered = this.#remembered.get(code)
    if (remembered && this.now() - remembered.at < FRESH_MS) return remembered.settings
    const { rows } = await this.pool.query<ClientRow>({
      name: 'client-settings',
      text: 'SELECT webhook_url AS url, webhook_secret AS secret, webhook_sealed AS sealed, webhook_sealed_before AS before, webhook_before_until AS until, deadline_ms AS deadline, may_omit_paid AS omits, serials_may_look_like_cards AS looks FROM client WHERE code = $1',
      values: [code],
    })
    const row = rows[0]
    const isSigned = row && (row.secret !== null || row.sealed !== null)
    // Opened where something is sent: a key that is missing stops notifications and no payment.
    const webhook = row?.url && isSigned ? { url: row.url, secrets: () => this.secretsOf(code, row) } : null
    const settings = row && {
      deadlineMs: row.deadline,
      mayOmitPaid: row.omits,
      serialsMayLookLikeCards: row.looks,
      webhook,
    }
    this.#remembered.set(code, { at: this.now(), settings })
    return settings
  }

  private secretsOf(code: string, { secret, sealed, before, until }: ClientRow): { secret: string; before?: string } {
    const open = (one: Buffer) => this.sealer.open(one, `client/${code}/webhook`)
    const current = sealed === null ? secret! : open(sealed)
    if (before === null || until === null || until.getTime() <= this.now()) return { secret: current }
    return { secret: current, before: open(before) }
  }
}

interface ClientRow {
  url: string | null
  secret: string | null
  sealed: Buffer | null
  before: Buffer | null
  until: Date | null
  deadline: number | null
  omits: boolean
  looks: boolean
}
