import { randomBytes } from 'node:crypto'
import type { PoolClient } from 'pg'
import { Statement, strangersFor } from './tokens'

export type Payment = readonly [client: string, serial: string]
export interface Found {
  rows: number
  payments: Payment[]
  /** Payments that are not over: nothing was changed. */
  open: number
}

/**
 * Counters, payments, refunds, routes and uses of cards, in one state of the database: the sums of counters are those of what is charged, before
 * and after. Money, serials and dates stay; each token becomes a stranger's, the same in every row, so limits of running periods go on. The
 * version of a row grows, so that no process repeats an answer from its memory. In a transaction of REPEATABLE READ: what changes meanwhile
 * makes it fail, and it is tried again.
 */
export async function eraseBooks(db: PoolClient, tokens: readonly string[]): Promise<Found> {
  const ask = async <Row extends object>(textOf: (said: Statement) => string) => {
    const said = new Statement(tokens)
    const text = textOf(said)
    return db.query<Row>(text, said.values)
  }
  // In the order in which `apply` locks: counters, transactions, routes.
  await ask((said) => `SELECT FROM counter WHERE ${said.holds('key')} ORDER BY key FOR UPDATE`)
  const { rows: payments } = await ask<Standing>(
    (said) => `SELECT client, serial, state = 'held' OR record -> 'refunds' @@ '$[*].state != "done"' AS open
     FROM marketing_transaction WHERE ${said.holds('charges::text')} OR ${said.holds('record::text')} ORDER BY client, serial FOR UPDATE`,
  )
  const { rows: routes } = await ask<Standing>(
    (said) => `SELECT client, serial, state = 'reserved' AS open FROM route
     WHERE ${said.holds('attempts::text')} OR ${said.holds('record::text')} ORDER BY client, serial FOR UPDATE`,
  )
  const open = [...payments, ...routes].filter((row) => row.open === true).length
  if (open > 0) return { rows: 0, payments: [], open }
  const strangers = strangersFor(tokens)
  const stranger = (said: Statement, column: string) => `${said.swapped(`${column}::text`, strangers)}::jsonb`
  // What the body said cannot be told from its hash any more, with whatever key.
  const random = randomBytes(32).toString('hex')
  const hash = (said: Statement) => `left(body_hash, 1) || ${said.value(random)}`
  const changes: ((said: Statement) => string)[] = [
    (said) => `UPDATE counter SET key = ${said.swapped('key', strangers)} WHERE ${said.holds('key')}`,
    (
      said,
    ) => `UPDATE marketing_transaction SET version = version + 1, charges = ${stranger(said, 'charges')}, body_hash = ${hash(said)},
       record = ${stranger(said, 'record')} #- '{facts,last4}' #- '{askedFacts,last4}'
     WHERE ${said.holds('charges::text')} OR ${said.holds('record::text')}`,
    (said) => `UPDATE reverse_transaction SET answer = ${stranger(said, 'answer')} WHERE ${said.holds('answer::text')}`,
    (
      said,
    ) => `UPDATE route SET version = version + 1, attempts = ${stranger(said, 'attempts')}, record = ${stranger(said, 'record')},
       body_hash = ${hash(said)} WHERE ${said.holds('attempts::text')} OR ${said.holds('record::text')}`,
    ...['card_usage', 'card_over'].map(
      (table) => (said: Statement) =>
        `UPDATE ${table} SET card_token = ${said.swapped('card_token', strangers)} WHERE card_token = ANY (${said.value(tokens)})`,
    ),
  ]
  let rows = 0
  for (const change of changes) rows += (await ask(change)).rowCount ?? 0
  const all = new Map(
    [...payments, ...routes].map(({ client, serial }) => [`${client}/${serial}`, [client, serial] as const]),
  )
  return { rows, payments: [...all.values()], open: 0 }
}

interface Standing {
  client: string
  serial: string
  open: boolean | null
}
