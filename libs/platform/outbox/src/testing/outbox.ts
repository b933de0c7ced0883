import type { FlowEvents } from '@lijian/contracts/system'
import { outboxLane } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import { Client } from 'pg'

/** A flow that nobody has written: no worker answers, a test reads what its history was told. */
export const FLOW = 'oneOfATest'
export const flowId = (client: string, serial: string) => `test/${client}/${serial}`

/** What rows of the flow hold, as rows of transactions hold a snapshot. */
export interface Told {
  client: string
  serial: string
  version: number
  merchant: string
  keep: boolean
}
export const told = (differs: Partial<Told>): Told => ({
  client: 'till',
  serial: 'S1',
  version: 1,
  merchant: 'M0001',
  keep: false,
  ...differs,
})

export const flows: FlowEvents = {
  [FLOW]: ({ client, serial, version, merchant, keep }: Told) => ({
    version,
    start: [{ client, serial }],
    summary: `${serial} of ${merchant}`,
    attributes: [{ name: 'LijianMerchant', type: 'KEYWORD', value: merchant }],
    body: { client, serial, version },
    signal: 'body',
    keep,
  }),
}

export interface Row {
  /** A snapshot of the flow above, or whatever `workflowType` keeps. */
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
        workflow_id: flowId(client, serial),
        workflow_type: FLOW,
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
