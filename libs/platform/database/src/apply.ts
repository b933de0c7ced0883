import type { ClientBase } from 'pg'
import type {
  Applied,
  Batch,
  CounterWrite,
  EventWrite,
  JournalWrite,
  ReverseWrite,
  RouteWrite,
  RowGuard,
  TransactionWrite,
  UsageWrite,
} from './batch'
import type { Key } from './load'
import { routeRow } from './route-rows'
import { counterRow, transactionRow } from './rows'

export const OUTBOX_LANES = 64
/** FNV-1a over client and original serial: all events of one transaction travel in one lane, in order. */
export function outboxLane(client: string, serial: string): number {
  let hash = 0x811c9dc5
  for (const text of [client, '/', serial])
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % OUTBOX_LANES
}

const BIGINT_MAX = '9223372036854775807'
const BIGINT_MIN = '-9223372036854775808'
// Array literals written by hand: pg's own serialiser costs several times the JSON of the same data on this path.
const numbers = (values: (number | null)[]) => `{${values.map((v) => (v === null ? 'NULL' : String(v))).join(',')}}`
const bounds = (values: number[]) =>
  `{${values.map((v) => (v === Infinity ? BIGINT_MAX : v === -Infinity ? BIGINT_MIN : String(v))).join(',')}}`
const flags = (values: boolean[]) => `{${values.map((v) => (v ? 't' : 'f')).join(',')}}`
const NEEDS_ESCAPE = /["\\]/
const quoted = (text: string) => (NEEDS_ESCAPE.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`)
const texts = (values: string[]) => `{${values.map(quoted).join(',')}}`

const ARGUMENTS = 31
const TEXT = `SELECT apply(${Array.from({ length: ARGUMENTS }, (_, i) => `$${i + 1}`).join(', ')}) AS reply`

/** Those written and those only looked at, in key order: the order in which they are locked. */
function guardArguments(writes: { row: Key; expected: number }[], guards: RowGuard[]): string[] {
  const seen = [
    ...writes.map(({ row, expected }) => ({ client: row.client, serial: row.serial, expected })),
    ...guards,
  ].sort((a, b) => byBytes(a.client, b.client) || byBytes(a.serial, b.serial))
  return [
    texts(seen.map(({ client }) => client)),
    texts(seen.map(({ serial }) => serial)),
    numbers(seen.map(({ expected }) => expected)),
  ]
}

function routeArguments(writes: RouteWrite[], guards: RowGuard[]): string[] {
  return [
    ...guardArguments(writes, guards),
    JSON.stringify(
      writes.map(({ row, expected }) => ({
        client: row.client,
        serial: row.serial,
        expected,
        version: row.version,
        state: row.state,
        merchant: row.merchant,
        body_hash: row.bodyHash,
        amount_fen: row.amountFen,
        attempts: row.attempts,
        record: row.record,
        expires_at: row.expiresAt,
      })),
    ),
  ]
}

function transactionArguments(writes: TransactionWrite[], guards: RowGuard[]): string[] {
  return [
    ...guardArguments(writes, guards),
    JSON.stringify(
      writes.map(({ row, expected, dated }) => ({
        client: row.client,
        serial: row.serial,
        expected,
        version: row.version,
        marketing_serial: row.marketingSerial,
        state: row.state,
        merchant: row.merchant,
        body_hash: row.bodyHash,
        amount_fen: row.amountFen,
        payable_fen: row.payableFen,
        charges_are: row.chargesAre,
        charges: row.charges,
        record: row.record,
        hold_expires_at: row.holdExpiresAt,
        dated,
      })),
    ),
  ]
}

const reverseRows = (writes: ReverseWrite[]) =>
  JSON.stringify(
    writes.map(({ client, serial, originalSerial, kind, state, bodyHash, answer, expected, dated }) => ({
      client,
      serial,
      expected,
      original_serial: originalSerial,
      kind,
      state,
      body_hash: bodyHash,
      answer,
      dated,
    })),
  )

const journalRows = (writes: JournalWrite[]) =>
  JSON.stringify(
    writes.map(({ event, client, serial, originalSerial, merchant, clearingSystem, detail, accounts, amountsFen }) => ({
      event,
      client,
      serial,
      original_serial: originalSerial,
      merchant,
      clearing_system: clearingSystem,
      detail,
      accounts,
      amounts_fen: amountsFen,
    })),
  )

const eventRows = (writes: EventWrite[]) =>
  JSON.stringify(
    writes.map(({ client, serial, workflowId, workflowType, snapshot, delayMs, dated }) => ({
      lane: outboxLane(client, serial),
      client,
      serial,
      workflow_id: workflowId,
      workflow_type: workflowType,
      snapshot,
      delay_ms: delayMs,
      dated,
    })),
  )

const usageRows = (writes: UsageWrite[]) =>
  JSON.stringify(
    writes.map(({ kind, holder, period, cardToken, add, over }) => ({
      kind,
      holder,
      period,
      card: cardToken,
      add,
      over,
    })),
  )

function counterArguments(writes: CounterWrite[]): string[] {
  return [
    texts(writes.map((c) => c.key)),
    numbers(writes.map((c) => c.limitFen)),
    numbers(writes.map((c) => c.limitCount)),
    numbers(writes.map((c) => c.version)),
    numbers(writes.map((c) => c.heldFen)),
    numbers(writes.map((c) => c.heldCount)),
    numbers(writes.map((c) => c.usedFen)),
    numbers(writes.map((c) => c.usedCount)),
    numbers(writes.map((c) => c.overFen)),
    numbers(writes.map((c) => c.overCount)),
    bounds(writes.map((c) => c.loFen)),
    bounds(writes.map((c) => c.hiFen)),
    bounds(writes.map((c) => c.loCount)),
    bounds(writes.map((c) => c.hiCount)),
    flags(writes.map((c) => c.want)),
  ]
}

// Byte order, as COLLATE "C" has it: the one fixed order in which every process locks.
const byBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Applies a batch of decisions if each still holds (sql/apply.sql), in one round trip. Runs in the caller's database
 * transaction if one is open. Throws only for the far side's faults; see `retryableSqlState`.
 */
export async function applyBatch(
  client: ClientBase,
  batch: Batch,
  day: { timeZone: string; cutOff: string },
): Promise<Applied> {
  const transactions = [...batch.transactions].sort(
    (a, b) => byBytes(a.row.client, b.row.client) || byBytes(a.row.serial, b.row.serial),
  )
  const routes = [...batch.routes].sort(
    (a, b) => byBytes(a.row.client, b.row.client) || byBytes(a.row.serial, b.row.serial),
  )
  const counters = [...batch.counters].sort((a, b) => byBytes(a.key, b.key))
  const values = [
    ...transactionArguments(transactions, batch.guards),
    ...routeArguments(routes, batch.routeGuards),
    ...counterArguments(counters),
    texts(batch.refs),
    reverseRows(batch.reverses),
    journalRows(batch.journal),
    eventRows(batch.events),
    JSON.stringify(batch.outcomes),
    usageRows(batch.usages),
    day.timeZone,
    day.cutOff,
  ]
  const { rows } = await client.query<{ reply: Record<string, unknown> }>({ name: 'apply', text: TEXT, values })
  return parseReply(rows[0]!.reply)
}

function parseReply(reply: Record<string, unknown>): Applied {
  const counters = (reply['counters'] as Record<string, unknown>[]).map(counterRow)
  const nowMs = reply['nowMs'] as number
  if (reply['stale'] === false)
    return {
      stale: false,
      nowMs,
      businessDate: reply['businessDate'] as string,
      counters,
      usages: reply['usages'] as number[],
    }
  return {
    stale: true,
    nowMs,
    transactions: (reply['transactions'] as Record<string, unknown>[]).map(transactionRow),
    routes: (reply['routes'] as Record<string, unknown>[]).map(routeRow),
    counters,
    suspended: reply['suspended'] as string[],
  }
}
