import { outboxLane } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import { transactionWorkflowId, WORKFLOW_TYPE, type TransactionSnapshot } from '@lijian/workflow-transaction'
import { Client } from 'pg'

/** A transaction of 100.00 with 15.00 off, held; a test says what differs. */
export function snapshot(differs: Partial<TransactionSnapshot>): TransactionSnapshot {
  return {
    client: 'till',
    serial: 'S1',
    version: 1,
    state: 'held',
    merchant: 'M0001',
    campaigns: ['CCB-2026-Q4'],
    offers: ['CCB-2026-Q4-FOOD'],
    partners: ['CCB'],
    amountFen: 10000,
    discountFen: 1500,
    payableFen: 8500,
    feeFinalFen: 51,
    feeSavedFen: 0,
    holdExpiresAt: '2026-11-23T12:15:00.000Z',
    businessDate: null,
    case: null,
    notify: false,
    ...differs,
  }
}

export interface Row {
  snapshot: { client: string; serial: string }
  workflowId?: string
  workflowType?: string
  lane?: number
  delayMs?: number
}

/** A real database whose outbox a test fills. */
export class Outbox {
  private constructor(
    readonly url: string,
    readonly sql: Client,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<Outbox> {
    const { url, drop } = await testDatabase()
    const sql = new Client({ connectionString: url })
    await sql.connect()
    return new Outbox(url, sql, drop)
  }

  async put(...rows: Row[]): Promise<void> {
    const full = rows.map((row) => {
      const { client, serial } = row.snapshot
      return {
        client,
        serial,
        lane: outboxLane(client, serial),
        workflow_id: transactionWorkflowId(client, serial),
        workflow_type: WORKFLOW_TYPE,
        snapshot: row.snapshot,
        ...(row.lane === undefined ? {} : { lane: row.lane }),
        ...(row.workflowId === undefined ? {} : { workflow_id: row.workflowId }),
        ...(row.workflowType === undefined ? {} : { workflow_type: row.workflowType }),
        delay_ms: row.delayMs ?? 0,
      }
    })
    await this.sql.query(
      `INSERT INTO outbox (lane, client, serial, workflow_id, workflow_type, snapshot, ready_at)
       SELECT lane, client, serial, workflow_id, workflow_type, snapshot, now() + delay_ms * interval '1 millisecond'
       FROM jsonb_to_recordset($1) AS r (lane smallint, client text, serial text, workflow_id text, workflow_type text,
         snapshot jsonb, delay_ms integer)`,
      [JSON.stringify(full)],
    )
  }

  async serials(): Promise<string[]> {
    const { rows } = await this.sql.query<{ serial: string }>('SELECT serial FROM outbox ORDER BY id')
    return rows.map(({ serial }) => serial)
  }

  async close(): Promise<void> {
    await this.sql.end()
    await this.drop()
  }
}
