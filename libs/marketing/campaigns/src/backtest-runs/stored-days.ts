import type { PaymentLine, StoredFacts } from '@lijian/contracts/marketing'
import type { StoredRefund } from '@lijian/database'
import type { PoolClient } from 'pg'
import type { StoredLine } from './lines'

const PAGE_ROWS = 500

interface Row {
  client: string
  serial: string
  merchant: string
  amount_fen: number
  outcome: 'success' | 'failure'
  facts: StoredFacts
  refunds: StoredRefund[] | null
  reversals: { kind: 'reversal' | 'void'; serial: string; at: string }[] | null
}

/** Payments of dates: those that got an offer, and the last answer of those without one, as far as the decision log has it. */
const PAYMENTS = `
  FROM (
    SELECT t.client, t.serial, t.merchant, t.amount_fen, t.created_at AS at, t.record -> 'facts' AS facts, t.record -> 'refunds' AS refunds,
      CASE WHEN t.state IN ('cancelled', 'expired') THEN 'failure' ELSE 'success' END AS outcome,
      (SELECT json_agg(json_build_object('kind', r.kind, 'serial', r.serial, 'at', r.created_at)) FROM reverse_transaction r
       WHERE t.state IN ('voided', 'reversed') AND r.client = t.client AND r.original_serial = t.serial) AS reversals
    FROM marketing_transaction t
    WHERE t.created_at >= $1::date::timestamp AT TIME ZONE $3 AND t.created_at < ($2::date + 1)::timestamp AT TIME ZONE $3 AND t.record ->> 'facts' IS NOT NULL
    UNION ALL
    SELECT * FROM (
      SELECT DISTINCT ON (l.client, l.serial) l.client, l.serial, l.merchant, (l.decision ->> 'amountFen')::bigint, l.answered_at,
        (l.decision -> 'facts')::jsonb, NULL::jsonb, 'success', NULL::json
      FROM decision_log l
      WHERE l.answered_at >= $1::date::timestamp AT TIME ZONE $3 AND l.answered_at < ($2::date + 1)::timestamp AT TIME ZONE $3
        AND NOT EXISTS (SELECT FROM marketing_transaction t WHERE t.client = l.client AND t.serial = l.serial)
      ORDER BY l.client, l.serial, l.answered_at DESC) logged
  ) payment`

export interface Days {
  from: string
  to: string
  timeZone: string
}
const valuesOf = ({ from, to, timeZone }: Days) => [from, to, timeZone]

/** How many there are, and at which merchants. */
export async function aboutDays(db: PoolClient, days: Days): Promise<{ lines: number; merchants: string[] }> {
  const { rows } = await db.query<{ merchant: string; lines: number }>(
    `SELECT merchant, count(*)::int AS lines ${PAYMENTS} GROUP BY 1`,
    valuesOf(days),
  )
  return { lines: rows.reduce((sum, { lines }) => sum + lines, 0), merchants: rows.map(({ merchant }) => merchant) }
}

/** In order of time, page by page, within the transaction of `db`. What took a payment back comes when it came. */
export async function* linesOfDays(db: PoolClient, days: Days): AsyncGenerator<StoredLine[]> {
  await db.query(
    `DECLARE payments NO SCROLL CURSOR FOR SELECT client, serial, merchant, amount_fen, outcome, facts, refunds, reversals ${PAYMENTS} ORDER BY at, client, serial`,
    valuesOf(days),
  )
  const waiting: { atMs: number; line: StoredLine }[] = []
  for (;;) {
    const { rows } = await db.query<Row>(`FETCH ${PAGE_ROWS} FROM payments`)
    if (rows.length === 0) break
    const lines: StoredLine[] = []
    for (const row of rows) {
      const atMs = Date.parse(row.facts.at)
      while (waiting.length > 0 && waiting[0]!.atMs <= atMs) lines.push(waiting.shift()!.line)
      lines.push(paymentOf(row))
      for (const later of eventsOf(row)) insert(waiting, later)
    }
    yield lines
  }
  await db.query('CLOSE payments')
  if (waiting.length > 0) yield waiting.map(({ line }) => line)
}

/** Serials are names within a client. */
const nameOf = (client: string, serial: string): string => `${client}/${serial}`

function paymentOf({ client, serial, merchant, amount_fen, outcome, facts }: Row): PaymentLine {
  const { cardToken, bin, last4, customerToken, eligibleFen } = facts
  const {
    merchantMcc: _mcc,
    merchantRegion: _region,
    merchantCountry: _country,
    memberOf: _groups,
    earlier: _earlier,
    ...told
  } = facts
  const { cardToken: _card, bin: _bin, last4: _last4, customerToken: _customer, eligibleFen: _eligible, ...rest } = told
  return {
    ...rest,
    serial: nameOf(client, serial),
    merchant,
    amount: amount_fen,
    ...(eligibleFen === undefined ? {} : { eligibleAmount: eligibleFen }),
    ...(cardToken === undefined
      ? {}
      : {
          card: { token: cardToken, ...(bin === undefined ? {} : { bin }), ...(last4 === undefined ? {} : { last4 }) },
        }),
    ...(customerToken === undefined ? {} : { customer: customerToken }),
    outcome,
  } as PaymentLine
}

function* eventsOf({ client, serial, refunds, reversals }: Row): Generator<{ atMs: number; line: StoredLine }> {
  const originalSerial = nameOf(client, serial)
  for (const refund of refunds ?? [])
    if (refund.state === 'done')
      yield {
        atMs: Date.parse(refund.at),
        line: {
          event: 'refund',
          serial: nameOf(client, refund.serial),
          originalSerial,
          amount: refund.amountFen,
          at: refund.at,
          ...(refund.eligibleFen === null ? {} : { eligibleAmount: refund.eligibleFen }),
        },
      }
  for (const { kind, serial: own, at } of (reversals ?? []).slice(0, 1))
    yield {
      atMs: Date.parse(at),
      line: { event: kind, serial: nameOf(client, own), originalSerial, at: new Date(at).toISOString() },
    }
}

/** Most come soon after the last. */
function insert(waiting: { atMs: number; line: StoredLine }[], one: { atMs: number; line: StoredLine }): void {
  let at = waiting.length
  while (at > 0 && waiting[at - 1]!.atMs > one.atMs) at--
  waiting.splice(at, 0, one)
}
