import { lockSubject, type Proposal, type ProposalKind, type Proposals, whoIs } from '@lijian/approvals'
import type { ClientRequest, WebhookRotationRequest } from '@lijian/contracts/people'
import { canonicalJson, LijianError } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import { boundColumns, boundsOf, NO_WEBHOOK, webhookPlace, WebhookSecrets, type WebhookColumns } from '@lijian/identity'
import { recordChange } from '@lijian/live-config'
import type { Sealer } from '@lijian/privacy'
import { isDeepStrictEqual } from 'node:util'
import type { Pool, PoolClient } from 'pg'

const KIND = 'client'
const HOUR_MS = 3_600_000
/** As many as a repeated request may come after. */
const ROTATIONS_KEPT = 20
/** How long the secret before signs too, where a secret was given for the same address. */
const OVERLAP_HOURS = 24

export interface Facts extends Omit<ClientRequest, 'webhookSecret'> {
  /** Of what stands: since when. Of what waits: new, and shown to its maker; or given, and known to its maker. */
  webhookSecret?: string
}
export interface Body extends Facts {
  /** A rotation's own serial. */
  rotation?: string
  overlapHours?: number
}

/**
 * Where notifications go, and what signs them: whoever changes either alone reads payments, or forges them. And at which merchants its payments are, with how
 * many offers it holds. The secret waits beside the proposal, sealed for its place, in no answer but the maker's.
 */
export const clientKind: ProposalKind<Body> = {
  replaces: true,
  before: async (db, code) => {
    const row = await rowOf(db, code, 'FOR UPDATE')
    return row && factsOf(row)
  },
  async apply(db, { subject: code, body }) {
    const { rows } = await db.query<{ sealed: Buffer }>('DELETE FROM waiting_secret WHERE id = $1 RETURNING sealed', [
      placeOf(code),
    ])
    await db.query('INSERT INTO client (code, name) VALUES ($1, $2) ON CONFLICT (code) DO NOTHING', [code, body.name])
    const stored = (await rowOf(db, code, 'FOR UPDATE'))!
    const webhook = webhookAfter(stored, body, rows[0]?.sealed)
    await db.query(
      `UPDATE client SET name = $2, webhook_url = $3, rate_per_second = $4, deadline_ms = $5, may_omit_paid = $6, serials_may_look_like_cards = $7,
         webhook_secret = NULL, webhook_sealed = $8, webhook_since = $9, webhook_sealed_before = $10, webhook_before_until = $11, webhook_rotations = $12,
         merchants = $13, merchant_groups = $14, open_holds_max = $15
       WHERE code = $1`,
      [
        ...[code, body.name, body.webhookUrl ?? null, body.ratePerSecond ?? null, body.deadlineMs ?? null],
        ...[body.mayOmitPaid ?? false, body.serialsMayLookLikeCards ?? false],
        ...[webhook.webhookSealed, webhook.webhookSince, webhook.webhookSealedBefore, webhook.webhookBeforeUntil],
        webhook.webhookRotations,
        ...boundColumns(body),
      ],
    )
    await recordChange(db, 'client', code)
  },
  drop: async (db, { subject }) => {
    await db.query('DELETE FROM waiting_secret WHERE id = $1', [placeOf(subject)])
  },
}

export interface WaitingClient {
  proposal: Proposal
  /** Made for it, and shown to its maker alone. */
  secret: string | undefined
}

/** Changes of a client that wait for another person. What they do not touch is the clients' own (`Clients`). */
export class ClientChanges {
  constructor(
    private readonly pool: Pool,
    private readonly proposals: Proposals,
    private readonly sealer: Sealer,
  ) {}

  /** Undefined: neither address nor secret change, nor the bounds of one that stands. Throws LijianError invalid_request for the secret of another address. */
  put(
    code: string,
    { webhookSecret: given, ...asked }: ClientRequest,
    actor: string,
  ): Promise<WaitingClient | undefined> {
    const [merchants, merchantGroups, openHoldsMax] = boundColumns(asked)
    const request = {
      ...asked,
      ...boundsOf({ merchants: [...merchants], merchantGroups: [...merchantGroups], openHoldsMax }),
    }
    return this.locked(code, async (db, row) => {
      const { webhookUrl } = request
      const stored = row ?? { ...NO_WEBHOOK, webhookUrl: null }
      const secrets = this.secretsOf(code)
      const isSameSecret = given === undefined || given === secrets.current(stored)
      if (stored.webhookUrl === (webhookUrl ?? null) && (isSameSecret || webhookUrl === undefined)) {
        if (row === undefined || hasBounds(row, request)) return undefined
        const { webhookSecret } = factsOf(row)
        return this.waiting(db, code, { ...request, ...(webhookSecret && { webhookSecret }) }, undefined, actor)
      }
      if (webhookUrl === undefined) return this.waiting(db, code, request, undefined, actor)
      const isNew = stored.webhookUrl !== null && stored.webhookUrl !== webhookUrl
      const { row: next, made } = secrets.put(stored, given, isNew)
      const body = { ...request, webhookSecret: made === undefined ? 'given' : 'new' }
      return this.waiting(db, code, body, { sealed: next.webhookSealed!, given }, actor)
    })
  }

  /** Undefined: the rotation was approved before, or there is none to be made: the clients answer. */
  rotate(
    code: string,
    { serial, overlapHours = OVERLAP_HOURS }: WebhookRotationRequest,
    actor: string,
  ): Promise<WaitingClient | undefined> {
    return this.locked(code, async (db, row) => {
      if (row === undefined || row.webhookUrl === null) return undefined
      if (row.webhookRotations.includes(serial)) return mustBeMaker(db, code, serial, actor)
      const { webhookSealed: sealed } = this.secretsOf(code).rotate(row, serial, overlapHours)!
      const body: Body = { ...factsOf(row), webhookSecret: 'new', rotation: serial, overlapHours }
      return this.waiting(db, code, body, { sealed: sealed!, given: undefined }, actor)
    })
  }

  /** The same again by the same person is what waits, with the same secret. */
  private async waiting(
    db: PoolClient,
    code: string,
    body: Body,
    secret: { sealed: Buffer; given: string | undefined } | undefined,
    actor: string,
  ): Promise<WaitingClient> {
    const open = await this.proposals.openOf(KIND, code, db)
    const { person } = await whoIs(db, actor)
    if (open !== undefined && open.makerPerson === person && canonicalJson(open.body) === canonicalJson(body)) {
      const { rows } = await db.query<{ sealed: Buffer }>('SELECT sealed FROM waiting_secret WHERE id = $1', [
        placeOf(code),
      ])
      const kept = rows[0] && this.sealer.open(rows[0].sealed, webhookPlace(code))
      if (secret === undefined || secret.given === undefined) return { proposal: open, secret: kept }
      if (secret.given === kept) return { proposal: open, secret: undefined }
    }
    // What waits until here takes its secret with it.
    const proposal = await this.proposals.proposeIn(db, { kind: KIND, subject: code, request: body, actor })
    if (secret === undefined) return { proposal, secret: undefined }
    await db.query(
      'INSERT INTO waiting_secret (id, sealed) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET sealed = $2, made_at = now()',
      [placeOf(code), secret.sealed],
    )
    const shown = secret.given === undefined ? this.sealer.open(secret.sealed, webhookPlace(code)) : undefined
    return { proposal, secret: shown }
  }

  private locked<Result>(
    code: string,
    work: (db: PoolClient, row: Row | undefined) => Promise<Result>,
  ): Promise<Result> {
    return inTransaction(this.pool, async (db) => {
      await lockSubject(db, KIND, code)
      const row = await rowOf(db, code)
      return work(db, row && (await this.inNoClear(db, code, row)))
    })
  }

  /** A release before has stored secrets in clear. */
  private async inNoClear(db: PoolClient, code: string, row: Row): Promise<Row> {
    if (row.webhookSecret === null) return row
    const sealed = this.sealer.seal(row.webhookSecret, webhookPlace(code))
    await db.query('UPDATE client SET webhook_secret = NULL, webhook_sealed = $2 WHERE code = $1', [code, sealed])
    return { ...row, webhookSecret: null, webhookSealed: sealed }
  }

  private secretsOf(code: string): WebhookSecrets {
    return new WebhookSecrets(code, this.sealer, Date.now())
  }
}

interface Row extends WebhookColumns {
  name: string
  webhookUrl: string | null
  ratePerSecond: number | null
  deadlineMs: number | null
  mayOmitPaid: boolean
  serialsMayLookLikeCards: boolean
  merchants: string[]
  merchantGroups: string[]
  openHoldsMax: number | null
}

async function rowOf(db: PoolClient, code: string, lock = ''): Promise<Row | undefined> {
  const { rows } = await db.query<Row>(
    `SELECT name, webhook_url AS "webhookUrl", rate_per_second AS "ratePerSecond", deadline_ms AS "deadlineMs", may_omit_paid AS "mayOmitPaid",
       serials_may_look_like_cards AS "serialsMayLookLikeCards", webhook_secret AS "webhookSecret", webhook_sealed AS "webhookSealed",
       webhook_since AS "webhookSince", webhook_sealed_before AS "webhookSealedBefore", webhook_before_until AS "webhookBeforeUntil",
       webhook_rotations AS "webhookRotations", merchants, merchant_groups AS "merchantGroups", open_holds_max AS "openHoldsMax" FROM client WHERE code = $1 ${lock}`,
    [code],
  )
  return rows[0]
}

const factsOf = (row: Row): Facts => ({
  name: row.name,
  ...(row.webhookUrl === null ? {} : { webhookUrl: row.webhookUrl }),
  ...(row.webhookSince === null ? {} : { webhookSecret: `since ${row.webhookSince.toISOString()}` }),
  ...(row.ratePerSecond === null ? {} : { ratePerSecond: row.ratePerSecond }),
  ...(row.deadlineMs === null ? {} : { deadlineMs: row.deadlineMs }),
  mayOmitPaid: row.mayOmitPaid,
  serialsMayLookLikeCards: row.serialsMayLookLikeCards,
  ...boundsOf(row),
})

const hasBounds = (row: Row, request: ClientRequest): boolean =>
  isDeepStrictEqual(boundColumns(boundsOf(row)), boundColumns(request))

/** A proposal that leaves the webhook alone says since when its secret is: it changes nothing there. */
function webhookAfter(row: Row, body: Body, sealed: Buffer | undefined): WebhookColumns {
  if (body.webhookUrl === undefined) return NO_WEBHOOK
  const isKept = body.webhookUrl === row.webhookUrl && body.webhookSecret === factsOf(row).webhookSecret
  return isKept ? row : renewed(row, body, sealed)
}

/** Who knew the secret of another address signs nothing for this one. */
function renewed(row: Row, body: Body, sealed: Buffer | undefined): WebhookColumns {
  if (sealed === undefined) throw new LijianError('state_conflict', 'The secret waits no more: propose it anew')
  const { overlapHours = OVERLAP_HOURS, rotation = '' } = body
  const overlaps = row.webhookUrl === body.webhookUrl && row.webhookSealed !== null && overlapHours > 0
  return {
    webhookSecret: null,
    webhookSealed: sealed,
    webhookSince: new Date(),
    webhookSealedBefore: overlaps ? row.webhookSealed : null,
    webhookBeforeUntil: overlaps ? new Date(Date.now() + overlapHours * HOUR_MS) : null,
    webhookRotations: [...row.webhookRotations, rotation].slice(-ROTATIONS_KEPT),
  }
}

/** Nobody else is shown the secret that two people have agreed on. */
async function mustBeMaker(db: PoolClient, code: string, serial: string, actor: string): Promise<undefined> {
  const { rows } = await db.query<{ person: string }>(
    `SELECT maker_person AS person FROM proposal
     WHERE kind = $1 AND subject = $2 AND state = 'approved' AND body ->> 'rotation' = $3 ORDER BY id DESC LIMIT 1`,
    [KIND, code, serial],
  )
  if (rows[0] !== undefined && rows[0].person !== (await whoIs(db, actor)).person)
    throw new LijianError('forbidden', 'Who has proposed a rotation is shown its secret')
  return undefined
}

const placeOf = (code: string): string => `client/${code}`
