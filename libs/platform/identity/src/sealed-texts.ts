import { sealedWith, type Sealer, UnknownKey } from '@lijian/privacy'
import type { Pool } from 'pg'
import { totpPlace } from './persons/totp'
import { webhookPlace } from './webhook-secrets'

/** Where sealed texts stand. Each of its rows has a key, in the order of which they are read, and the text. */
interface SealedPlace {
  name: string
  /** Columns key, sealed. */
  rows: string
  /** Writes $3 at $1, if $2 stands there still. */
  write: string
  placeOf: (key: string) => string
  /** As a release before has stored it. */
  isClear?: true
}

/** Where partners stand, and where changes of them wait. */
type PartnerTable = 'partner' | 'partner_draft'
const OF = { partner: 'partners', partner_draft: 'partners that wait' } as const

const contacts = (table: PartnerTable): SealedPlace => ({
  name: `contacts of ${OF[table]}`,
  rows: `SELECT code AS key, contacts AS sealed FROM ${table} WHERE contacts IS NOT NULL`,
  write: `UPDATE ${table} SET contacts = $3 WHERE code = $1 AND contacts = $2`,
  placeOf: (code) => `partner/${code}/contacts`,
})

const account = (which: 'deposit' | 'payout', table: PartnerTable): SealedPlace => ({
  name: `${which} accounts of ${OF[table]}`,
  rows: `SELECT code AS key, decode(${which}_account ->> 'sealed', 'base64') AS sealed FROM ${table} WHERE ${which}_account IS NOT NULL`,
  write: `UPDATE ${table} SET ${which}_account = jsonb_set(${which}_account, '{sealed}', to_jsonb(translate(encode($3, 'base64'), E'\\n', '')))
    WHERE code = $1 AND decode(${which}_account ->> 'sealed', 'base64') = $2`,
  placeOf: (code) => `partner/${code}/${which}`,
})

/** Every sealed text of the database: whoever seals something new adds it here. */
const PLACES: readonly SealedPlace[] = [
  ...(['partner', 'partner_draft'] as const).flatMap((table) => [
    contacts(table),
    account('deposit', table),
    account('payout', table),
  ]),
  {
    name: 'secrets of webhooks in clear',
    rows: `SELECT code AS key, convert_to(webhook_secret, 'UTF8') AS sealed FROM client WHERE webhook_secret IS NOT NULL`,
    write: `UPDATE client SET webhook_sealed = $3, webhook_secret = NULL WHERE code = $1 AND convert_to(webhook_secret, 'UTF8') = $2`,
    placeOf: webhookPlace,
    isClear: true,
  },
  {
    name: 'secrets of webhooks',
    rows: 'SELECT code AS key, webhook_sealed AS sealed FROM client WHERE webhook_sealed IS NOT NULL',
    write: 'UPDATE client SET webhook_sealed = $3 WHERE code = $1 AND webhook_sealed = $2',
    placeOf: webhookPlace,
  },
  {
    name: 'secrets of webhooks that wait',
    rows: `SELECT substr(id, 8) AS key, sealed FROM waiting_secret WHERE id LIKE 'client/%' AND sealed IS NOT NULL`,
    write: `UPDATE waiting_secret SET sealed = $3 WHERE id = 'client/' || $1 AND sealed = $2`,
    placeOf: webhookPlace,
  },
  {
    name: 'earlier secrets of webhooks',
    rows: 'SELECT code AS key, webhook_sealed_before AS sealed FROM client WHERE webhook_sealed_before IS NOT NULL',
    write: 'UPDATE client SET webhook_sealed_before = $3 WHERE code = $1 AND webhook_sealed_before = $2',
    placeOf: webhookPlace,
  },
  {
    name: 'secrets of authenticators',
    rows: 'SELECT person AS key, secret AS sealed FROM person_totp',
    write: 'UPDATE person_totp SET secret = $3 WHERE person = $1 AND secret = $2',
    placeOf: totpPlace,
  },
]

/** How many texts of one place are under one key. `key` is its id, or one of the two words below. */
export interface SealedCount {
  place: string
  key: string
  texts: number
  /** No key of the list opens them. */
  isUnreadable: boolean
}
export const IN_CLEAR = 'in clear'
export const NO_ID = 'without id'

export interface SealedTold {
  looked: number
  total: number
  /** Sealed again by this run. */
  sealed: number
}

export interface SealedReport extends SealedTold {
  /** Changed by others between look and write: another run, or a person. */
  changed: number
  /** As it was found; of what this run has sealed, as it is now. */
  counts: SealedCount[]
  /** Where it was, by place and row; at most twenty. */
  unreadable: { place: string; row: string; why: string }[]
}

const ROWS = 200
const TOLD_MAX = 20

/**
 * Looks at every sealed text and, with `write`, seals again what is not under the current key. Each text is written by itself and only if it is what was
 * read, so that a run may end at any moment, start again, and go on beside another one and beside people who change the same rows.
 */
export class SealedTexts {
  private readonly report: SealedReport = { looked: 0, total: 0, sealed: 0, changed: 0, counts: [], unreadable: [] }

  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly sealer: Sealer,
    private readonly onTold: (told: SealedTold) => void = () => undefined,
  ) {}

  async run({ write }: { write: boolean }): Promise<SealedReport> {
    for (const { rows } of PLACES) {
      const { rows: found } = await this.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM (${rows}) r`)
      this.report.total += found[0]!.count
    }
    for (const place of PLACES) await this.look(place, write)
    return this.report
  }

  private async look(place: SealedPlace, write: boolean): Promise<void> {
    const page = `SELECT key, sealed FROM (${place.rows}) r WHERE key COLLATE "C" > $1 ORDER BY key COLLATE "C" LIMIT ${ROWS}`
    for (let after = ''; ;) {
      const { rows } = await this.pool.query<{ key: string; sealed: Buffer }>(page, [after])
      for (const row of rows) await this.one(place, row, write)
      if (rows.length < ROWS) return
      after = rows.at(-1)!.key
    }
  }

  private async one(place: SealedPlace, row: { key: string; sealed: Buffer }, write: boolean): Promise<void> {
    this.report.looked += 1
    const text = this.textOf(place, row)
    if (text === undefined) this.count(place, idOf(place, row.sealed), true)
    else if (!write || (!place.isClear && this.sealer.isCurrent(row.sealed))) this.count(place, idOf(place, row.sealed))
    else await this.seal(place, row, text)
    this.onTold(this.report)
  }

  private async seal(
    place: SealedPlace,
    { key, sealed }: { key: string; sealed: Buffer },
    text: string,
  ): Promise<void> {
    const again = this.sealer.seal(text, place.placeOf(key))
    const { rowCount } = await this.pool.query(place.write, [key, sealed, again])
    if (rowCount === 1) {
      this.report.sealed += 1
      // What was in clear is met once more where it stands now.
      if (!place.isClear) this.count(place, this.sealer.keys.current.id)
    } else this.report.changed += 1
  }

  /** Undefined: nobody here can read it, and the report says why. */
  private textOf(place: SealedPlace, { key, sealed }: { key: string; sealed: Buffer }): string | undefined {
    if (place.isClear) return sealed.toString('utf8')
    try {
      return this.sealer.open(sealed, place.placeOf(key))
    } catch (error) {
      const why = error instanceof UnknownKey ? error.message : 'no sealed text, or changed'
      if (this.report.unreadable.length < TOLD_MAX) this.report.unreadable.push({ place: place.name, row: key, why })
      return undefined
    }
  }

  private count({ name }: SealedPlace, key: string, isUnreadable = false): void {
    const found = this.report.counts.find(
      (one) => one.place === name && one.key === key && one.isUnreadable === isUnreadable,
    )
    if (found) found.texts += 1
    else this.report.counts.push({ place: name, key, texts: 1, isUnreadable })
  }
}

function idOf(place: SealedPlace, sealed: Buffer): string {
  if (place.isClear) return IN_CLEAR
  try {
    return sealedWith(sealed) ?? NO_ID
  } catch {
    return NO_ID
  }
}
