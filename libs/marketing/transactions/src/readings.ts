import { isSameBody } from '@lijian/admission'
import { LijianError } from '@lijian/contracts/system'
import type { RefundAnswer, TransactionAnswer } from '@lijian/contracts/marketing'
import { isDatabaseAway, loadReversesOf, loadTransactions, type TransactionRow } from '@lijian/database'
import type { Pool } from 'pg'
import { answerOf } from './answer'
import { refundAnswerOf } from './refund-answer'

/** Transactions as they stand. Throws LijianError unavailable. */
export class Readings {
  constructor(private readonly pool: Pool) {}

  async read(client: string, serial: string): Promise<TransactionAnswer | undefined> {
    const row = await this.load(client, serial)
    return row && answerOf(row)
  }

  /** Whether a query with this body was given something to hold. */
  async isKnown(client: string, serial: string, bodyHash: string): Promise<boolean> {
    const row = await this.load(client, serial)
    return row !== undefined && isSameBody(row.bodyHash, bodyHash)
  }

  /** In the order in which they came. Throws LijianError not_found. */
  async refunds(client: string, originalSerial: string): Promise<RefundAnswer[]> {
    if (!(await this.load(client, originalSerial)))
      throw new LijianError('not_found', `Nothing is stored under ${originalSerial}`)
    const rows = await loadReversesOf(this.pool, { client, serial: originalSerial })
    return rows.filter(({ kind }) => kind === 'refund').map((row) => refundAnswerOf(row, null))
  }

  private async load(client: string, serial: string): Promise<TransactionRow | undefined> {
    try {
      const [row] = await loadTransactions(this.pool, [{ client, serial }])
      return row?.record.emptyBecause === 'unknown_original' ? undefined : row
    } catch (error) {
      if (isDatabaseAway(error)) throw new LijianError('unavailable', 'PostgreSQL is away')
      throw error
    }
  }
}
