import { createHash } from 'node:crypto'
import { LijianError, resultRequest, transactionRequest, type FieldError } from '@lijian/contracts'
import { loadTransactions, type TransactionRow } from '@lijian/persistence'
import { snapshotOf, type TransactionDoor } from '@lijian/transactions'
import type {
  CaseKind,
  MarketingTransactionActivities,
  TransactionKey,
  TransactionSnapshot,
} from '@lijian/workflow-marketing-transaction'
import { ApplicationFailure } from '@temporalio/common'
import type { Pool } from 'pg'
import type { ClientBook } from './client-book'

export interface DoorActivityDeps {
  door: TransactionDoor
  pool: Pool
  clients: ClientBook
  queryDeadlineMs: number
  holdSeconds: number
  holdSecondsByMethod?: Readonly<Record<string, number>>
  now?: () => number
}

/** What `paid` tells when it is neither the payable nor the gross amount; after such a result the payable is the gross amount. */
function caseOf(row: TransactionRow): CaseKind | null {
  if (row.state === 'unfunded') return 'unfunded'
  const paidFen = row.record.result?.paidFen ?? null
  return paidFen !== null && paidFen !== row.payableFen ? 'paid_mismatch' : null
}

/** Same serial + same body: the same answer. Key order of the sender does not make another body. */
function hashOf(body: Record<string, unknown>): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).filter(([, v]) => v !== undefined)
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]))
  }
  return createHash('sha256')
    .update(JSON.stringify(sorted(body)))
    .digest('hex')
}

const invalid = (issues: readonly { path: PropertyKey[]; message: string }[]): ApplicationFailure => {
  const errors: FieldError[] = issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const say = errors.map(({ path, message }) => `${path}: ${message}`).join('; ')
  return ApplicationFailure.create({ message: say, type: 'invalid_request', nonRetryable: true, details: [{ errors }] })
}

/** A refusal ends the update with its code; `unavailable` and everything unforeseen is tried again. */
async function mapped<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof LijianError) || error.code === 'unavailable' || error.code === 'internal') throw error
    throw ApplicationFailure.create({
      message: error.detail,
      type: error.code,
      nonRetryable: true,
      details: [{ ...error.extra }],
    })
  }
}

/** The Temporal door: parse, one call of the same door that HTTP uses, and the transaction as it stands afterwards. */
export function doorActivities(
  deps: DoorActivityDeps,
): Pick<MarketingTransactionActivities, 'query' | 'result' | 'expire' | 'read'> {
  const now = deps.now ?? Date.now
  const read = async ({ client, serial }: TransactionKey): Promise<TransactionSnapshot | null> => {
    const [row] = await loadTransactions(deps.pool, [{ client, serial }])
    return row ? snapshotOf(row, caseOf(row)) : null
  }
  return {
    async query({ client, serial, payment }) {
      const { customerToken, card, ...rest } = payment
      const parsed = transactionRequest.safeParse({ ...rest, serial, ...(card ? { card } : {}) })
      if (!parsed.success) throw invalid(parsed.error.issues)
      const { card: _, identities: __, customer: ___, ...request } = parsed.data
      const settings = await deps.clients.get(client)
      if (!settings) throw ApplicationFailure.nonRetryable(`no client ${client}`, 'forbidden')
      const holdSeconds = request.holdSeconds ?? deps.holdSecondsByMethod?.[request.paymentMethod] ?? deps.holdSeconds
      const answer = await mapped(() =>
        deps.door.query({
          client,
          request: { ...request, ...(card ? { card } : {}), ...(customerToken ? { customerToken } : {}) },
          bodyHash: hashOf({ ...request, card, customerToken }),
          door: 'temporal',
          receivedAtMs: now(),
          deadlineMs: request.deadlineMs ?? settings.deadlineMs ?? deps.queryDeadlineMs,
          holdMs: holdSeconds * 1000,
          notify: settings.webhook !== null,
        }),
      )
      return { answer, snapshot: answer.state === 'no_offer' ? null : await read({ client, serial }) }
    },
    async result({ client, serial, result }) {
      const parsed = resultRequest.safeParse(result)
      if (!parsed.success) throw invalid(parsed.error.issues)
      const { card: _, ...request } = parsed.data
      const ask = { ...request, ...(result.card ? { card: result.card } : {}) }
      const answer = await mapped(() =>
        deps.door.result({ client, serial, request: ask, bodyHash: hashOf(ask), door: 'temporal' }),
      )
      return { answer, snapshot: await read({ client, serial }) }
    },
    async expire({ client, serial }) {
      try {
        await deps.door.expire(client, serial)
      } catch (error) {
        if (!(error instanceof LijianError) || error.code !== 'not_found') throw error
      }
      return read({ client, serial })
    },
    read,
  }
}
