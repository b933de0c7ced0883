import { proposeDocument, type Proposal, type ProposalKind, type Proposals } from '@lijian/approvals'
import { BILL_LAYOUTS } from '@lijian/bill-files'
import { LijianError } from '@lijian/contracts/system'
import type { BillLayout } from '@lijian/contracts/finance'
import type { Pool, PoolClient } from 'pg'

const KIND = 'bill_layout'

/** How the files of a source are written: read wrongly, a bill hides what differs, so two people decide. */
export const billLayoutKinds = {
  [KIND]: {
    replaces: true,
    before: (db, code) => standing(db, code, 'FOR UPDATE'),
    apply: (db, { body, maker }) => putBillLayout(db, body, maker),
  } satisfies ProposalKind<BillLayout>,
}

/** Bills that are imported from now on are read so. */
export async function putBillLayout(db: Pool | PoolClient, layout: BillLayout, actor: string): Promise<void> {
  await db.query(
    `INSERT INTO bill_layout (code, document, updated_by) VALUES ($1, $2, $3)
     ON CONFLICT (code) DO UPDATE SET document = $2, updated_by = $3, updated_at = now()`,
    [layout.code, JSON.stringify(layout), actor],
  )
}

async function standing(db: Pool | PoolClient, code: string, lock = ''): Promise<BillLayout | null> {
  const { rows } = await db.query<{ document: BillLayout }>(
    `SELECT document FROM bill_layout WHERE code = $1 ${lock}`,
    [code],
  )
  return rows[0]?.document ?? null
}

/** Layouts of bills: those that come with Lijian, and what finance has added for its banks. */
export class BillLayouts {
  constructor(private readonly pool: Pool) {}

  /** Proposes it; undefined: it stands so already. Throws LijianError state_conflict for what comes with Lijian. */
  async propose(proposals: Proposals, layout: BillLayout, actor: string): Promise<Proposal | undefined> {
    const { code } = layout
    if (BILL_LAYOUTS.has(code))
      throw new LijianError('state_conflict', `${code} comes with Lijian: give yours a code of its own`)
    return proposeDocument(this.pool, proposals, {
      ...{ kind: KIND, subject: code, body: layout, actor },
      standing: (db) => standing(db, code),
    })
  }

  async read(code: string): Promise<BillLayout> {
    const known = BILL_LAYOUTS.get(code)
    if (known) return known
    const own = await standing(this.pool, code)
    if (!own)
      throw new LijianError(
        'not_found',
        `There is no layout ${code}; with Lijian come ${[...BILL_LAYOUTS.keys()].join(', ')}`,
      )
    return own
  }
}
