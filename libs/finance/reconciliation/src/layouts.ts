import { BILL_LAYOUTS } from '@lijian/bill-files'
import { LijianError } from '@lijian/contracts/system'
import type { BillLayout } from '@lijian/contracts/finance'
import type { Pool } from 'pg'

/** Layouts of bills: those that come with Lijian, and what finance has added for its banks. */
export class BillLayouts {
  constructor(private readonly pool: Pool) {}

  async put(layout: BillLayout, actor: string): Promise<BillLayout> {
    if (BILL_LAYOUTS.has(layout.code))
      throw new LijianError('state_conflict', `${layout.code} comes with Lijian: give yours a code of its own`)
    await this.pool.query(
      `INSERT INTO bill_layout (code, document, updated_by) VALUES ($1, $2, $3)
       ON CONFLICT (code) DO UPDATE SET document = $2, updated_by = $3, updated_at = now()`,
      [layout.code, JSON.stringify(layout), actor],
    )
    return layout
  }

  async read(code: string): Promise<BillLayout> {
    const known = BILL_LAYOUTS.get(code)
    if (known) return known
    const { rows } = await this.pool.query<{ document: BillLayout }>(
      'SELECT document FROM bill_layout WHERE code = $1',
      [code],
    )
    if (!rows[0])
      throw new LijianError(
        'not_found',
        `There is no layout ${code}; with Lijian come ${[...BILL_LAYOUTS.keys()].join(', ')}`,
      )
    return rows[0].document
  }
}
