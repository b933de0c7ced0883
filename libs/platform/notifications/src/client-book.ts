import type { Pool } from 'pg'

export interface ClientSettings {
  deadlineMs: number | null
  mayOmitPaid: boolean
  serialsMayLookLikeCards: boolean
  webhook: { url: string; secret: string } | null
}

const FRESH_MS = 5000

/** Clients as the worker needs them, remembered for a few seconds. */
export class ClientBook {
  readonly #remembered = new Map<string, { at: number; settings: ClientSettings | undefined }>()

  constructor(
    readonly pool: Pool,
    readonly now: () => number = Date.now,
  ) {}

  async get(code: string): Promise<ClientSettings | undefined> {
    const remembered = this.#remembered.get(code)
    if (remembered && this.now() - remembered.at < FRESH_MS) return remembered.settings
    const { rows } = await this.pool.query<{
      url: string | null
      secret: string | null
      deadline: number | null
      omits: boolean
      looks: boolean
    }>({
      name: 'client-settings',
      text: 'SELECT webhook_url AS url, webhook_secret AS secret, deadline_ms AS deadline, may_omit_paid AS omits, serials_may_look_like_cards AS looks FROM client WHERE code = $1',
      values: [code],
    })
    const row = rows[0]
    const webhook = row?.url && row.secret ? { url: row.url, secret: row.secret } : null
    const settings = row && {
      deadlineMs: row.deadline,
      mayOmitPaid: row.omits,
      serialsMayLookLikeCards: row.looks,
      webhook,
    }
    this.#remembered.set(code, { at: this.now(), settings })
    return settings
  }
}
