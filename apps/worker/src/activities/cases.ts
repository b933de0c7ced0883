import type { OpenCaseInput } from '@lijian/workflow-transaction'
import type { RefundCaseInput } from '@lijian/workflow-refund'
import type { Pool } from 'pg'

/** A case per kind and transaction, once: opened again by a retry or a redelivery it stays as it is, whoever owns it by then. */
export async function openCase(pool: Pool, input: OpenCaseInput | RefundCaseInput): Promise<{ opened: boolean }> {
  const { kind, client, serial, merchant, amountFen, discountFen, paidFen } = input
  const { rowCount } = await pool.query({
    name: 'open-case',
    text: `INSERT INTO reconciliation_case (kind, client, serial, merchant, amount_fen, discount_fen, paid_fen)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (kind, client, serial) DO NOTHING`,
    values: [kind, client, serial, merchant, amountFen, discountFen, paidFen],
  })
  return { opened: rowCount === 1 }
}
