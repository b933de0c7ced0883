import type { Client } from 'pg'
import { SMALL_GRANTS } from './furnish'
import type { Load, Payment, Query } from './load'

export interface Stored {
  serial: string
  state: string
  payable_fen: number
  captures: number
}

type Db = Pick<Client, 'query'>

/** What was promised and is not so, in words; nothing when all was kept. */
export async function broken(db: Db, { name, payments }: Pick<Load, 'name' | 'payments'>): Promise<string[]> {
  const { rows } = await db.query<Stored>(
    `SELECT t.serial, t.state, t.payable_fen::int AS payable_fen,
       (SELECT count(*)::int FROM journal j WHERE j.client = t.client AND j.serial = t.serial AND j.event = 'capture') AS captures
     FROM marketing_transaction t WHERE starts_with(t.serial, $1)`,
    [`${name}-`],
  )
  const stored = new Map(rows.map((row) => [row.serial, row]))
  const cases = await db.query<{ serial: string }>(
    'SELECT serial FROM reconciliation_case WHERE starts_with(serial, $1)',
    [`${name}-`],
  )
  const withCase = new Set(cases.rows.map(({ serial }) => serial))
  return payments.flatMap((payment) => faultsOf(payment, stored.get(payment.serial), withCase))
}

function faultsOf(payment: Payment, row: Stored | undefined, withCase: ReadonlySet<string>): string[] {
  const { serial, told, outcome, paid, ended } = payment
  const wasHeld = told.some(({ state }) => state === 'held')
  const captures = row?.captures ?? 0
  const faults: string[] = []
  const say = (what: string) => faults.push(`${serial}: ${what}; told ${JSON.stringify(told)}, ended ${ended}`)
  if (outcome === 'success') {
    if (wasHeld && ended !== 'confirmed') say('told held, and not funded')
    if (!wasHeld && (ended === 'confirmed' || captures > 0)) say('told no offer, and captured')
    if (ended === 'confirmed' && captures !== 1) say(`confirmed, and captured ${captures} times`)
    if (ended === 'confirmed' && row?.payable_fen !== paid && !withCase.has(serial))
      say(`paid ${paid}, and ${row?.payable_fen} stands without a case`)
  } else if (captures > 0) say('captured without a success')
  if (outcome === undefined && wasHeld && row?.state !== 'held') say(`told held, and it is ${row?.state}`)
  return faults
}

/** Told of no offer by every answer, and held all the same: nobody will ever pay with it. */
export async function notUndone(db: Db, { payments }: Pick<Load, 'payments'>): Promise<string[]> {
  const told = payments.filter(
    (payment) => payment.told.length > 0 && payment.told.every(({ state }) => state === 'no_offer'),
  )
  const { rows } = await db.query<{ serial: string }>(
    `SELECT serial FROM marketing_transaction WHERE state = 'held' AND serial = ANY ($1::text[])`,
    [told.map(({ serial }) => serial)],
  )
  return rows.map(({ serial }) => `${serial}: told no offer, and still held`)
}

/** What the small budget of a merchant is at. */
export async function grantsOf(db: Db, merchant: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM marketing_transaction
     WHERE merchant = $1 AND state IN ('held', 'confirmed', 'partially_refunded', 'refunded')`,
    [merchant],
  )
  return rows[0]!.n
}

/** Both bounds. */
export const outOfBounds = (grants: number): string[] =>
  grants === SMALL_GRANTS ? [] : [`a budget of ${SMALL_GRANTS} is at ${grants}`]

export const isHeld = ({ said }: Query) => said === 'held'

/** The first payment that was asked after the fault's end and got its offer. */
export const firstGood = (queries: readonly Query[], small: string, endedMs: number): Query | undefined =>
  queries.find((query) => isHeld(query) && query.merchant !== small && query.atMs - query.tookMs > endedMs)

/** What those who asked met and must not meet. */
export function unanswered(queries: readonly Query[], small: string, endedMs: number): string[] {
  const silent = queries
    .filter(({ said }) => said === 'silent')
    .map(({ merchant }) => `a query of ${merchant} got no answer`)
  return firstGood(queries, small, endedMs) ? silent : [...silent, 'no payment was held again']
}
