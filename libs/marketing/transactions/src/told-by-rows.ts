import { loadReverses, loadTransactions, type ReverseRow, type TransactionRow } from '@lijian/database'
import type { FinalState, OpenCaseInput, TransactionKey } from '@lijian/workflow-transaction'
import type { RefundCaseInput, RefundFinalState } from '@lijian/workflow-refund'
import type { ReverseFinalState } from '@lijian/workflow-reversal'
import type { Pool } from 'pg'
import { snapshotOf } from './events'

type Told = FinalState | RefundFinalState | ReverseFinalState
/** What a flow asks to have told. Its amounts and states come from a signal, which anybody who reaches Temporal can send: they are not read. */
export type AskedToTell = Pick<Told, 'about' | 'client' | 'serial' | 'version'>
type Asked = AskedToTell

/**
 * The final state as PostgreSQL has it; null: there is nothing of that kind and serial, it has not ended, or nobody asked to be told of it. What was
 * recorded since is told instead of what the flow knows.
 */
export async function readFinalState(pool: Pool, asked: Asked): Promise<Told | null> {
  if (asked.about !== 'transaction') return finalReverse(pool, asked)
  const row = await transactionOf(pool, asked)
  if (row === undefined || row.state === 'held' || !row.record.notify) return null
  const { client, serial, version, state, merchant, amountFen, discountFen, payableFen, feeFinalFen, offers } =
    snapshotOf(row)
  const money = { amountFen, discountFen, payableFen, feeFinalFen }
  const { businessDate } = row
  return { about: 'transaction', client, serial, version, state, merchant, ...money, offers, businessDate }
}

async function finalReverse(pool: Pool, asked: Asked): Promise<ReverseFinalState | RefundFinalState | null> {
  const row = await reverseOf(pool, asked)
  if (row === undefined || row.kind !== asked.about) return null
  const original = await transactionOf(pool, { client: row.client, serial: row.originalSerial })
  if (original === undefined || !original.record.notify) return null
  const { client, serial, originalSerial, kind, businessDate } = row
  const { merchant, offers } = snapshotOf(original)
  const answer = row.answer as { amount: number; originalState: RefundFinalState['state'] } & Partial<
    Record<'payer' | 'payable' | 'discount', number>
  >
  const { amount: amountFen, discount: discountFen = 0 } = answer
  if (kind === 'refund') {
    if (row.state === 'waiting' || row.state === 'refund_held') return null
    const state = row.state === 'done' ? answer.originalState : row.state
    // A row of a refund has no version of its own: the flow's, which its original cannot be behind.
    const version = Math.min(asked.version, original.version)
    const money = { amountFen, discountFen, payableFen: answer.payer ?? 0 }
    return { about: kind, client, serial, originalSerial, version, state, merchant, ...money, offers, businessDate: null } // prettier-ignore
  }
  const state = kind === 'void' ? 'voided' : 'reversed'
  const money = { amountFen, discountFen, payableFen: answer.payable! }
  return { about: kind, client, serial, originalSerial, version: 1, state, merchant, ...money, offers, businessDate: businessDate! } // prettier-ignore
}

/** What a case is opened with, as PostgreSQL has it; null: there is nothing that could have gone wrong. */
export async function readCaseFound(
  pool: Pool,
  asked: OpenCaseInput | RefundCaseInput,
): Promise<OpenCaseInput | RefundCaseInput | null> {
  const { client, serial } = asked
  if (asked.kind === 'refund_open') {
    const refund = await reverseOf(pool, asked)
    if (refund?.kind !== 'refund') return null
    const original = await transactionOf(pool, { client, serial: refund.originalSerial })
    if (original === undefined) return null
    const {
      amount,
      discount = 0,
      payer = null,
    } = refund.answer as { amount: number; discount?: number; payer?: number }
    const { merchant } = original
    return { kind: asked.kind, client, serial, merchant, amountFen: amount, discountFen: discount, paidFen: payer }
  }
  const row = await transactionOf(pool, asked)
  if (row === undefined) return null
  const { merchant, amountFen, record } = row
  const paidFen = record.result?.paidFen ?? null
  return { kind: asked.kind, client, serial, merchant, amountFen, discountFen: record.discountFen, paidFen }
}

const transactionOf = async (pool: Pool, { client, serial }: TransactionKey): Promise<TransactionRow | undefined> =>
  (await loadTransactions(pool, [{ client, serial }]))[0]

const reverseOf = async (pool: Pool, { client, serial }: TransactionKey): Promise<ReverseRow | undefined> =>
  (await loadReverses(pool, [{ client, serial }]))[0]
